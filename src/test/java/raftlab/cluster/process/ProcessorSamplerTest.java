package raftlab.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import raftlab.cluster.ProcessorTimes;
import raftlab.wire.Id;

/** Measures the processor use of real processes through {@code /proc}. */
class ProcessorSamplerTest {
  private static final Id SPINS = Id.of(0);
  private static final Id WAITS = Id.of(1);
  private static final long BOUND_NANOS = 30_000_000_000L;

  private static Process start(String script) throws IOException {
    List<String> words = new ArrayList<>(ReplicaCommand.newSessionPrefix());
    words.addAll(List.of("sh", "-c", script));
    return new ProcessBuilder(words).start();
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Returns the first sample that meets the condition, or the last one at the timeout. */
  private static ProcessorTimes await(
      ReplicaProcessorMeter meter, Predicate<ProcessorTimes> condition)
      throws InterruptedException {
    long until = System.nanoTime() + BOUND_NANOS;
    synchronized (meter) {
      ProcessorTimes times = meter.latest();
      long leftMillis = BOUND_NANOS / 1_000_000;
      while (leftMillis > 0 && (times == null || !condition.test(times))) {
        meter.wait(leftMillis);
        times = meter.latest();
        leftMillis = (until - System.nanoTime()) / 1_000_000;
      }
      return times;
    }
  }

  @Test
  void a_child_that_spins_is_counted_and_a_process_that_waits_uses_nothing() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/stat")), "this system has no /proc");
    Process spins = start("sh -c 'while :; do :; done' & wait");
    Process waits = start("read -r line");
    try (ReplicaProcessorMeter meter = ProcessorSampler.open((id, group, micros, pages) -> {})) {
      meter.watch(SPINS, spins.pid());
      meter.watch(WAITS, waits.pid());
      ProcessorTimes times = await(meter, latest -> latest.replicaMicros().get(SPINS) >= 500_000);
      assertThat(times).isNotNull();
      assertThat(times.replicaMicros().get(SPINS)).isGreaterThanOrEqualTo(500_000);
      assertThat(times.replicaMicros().get(WAITS)).isLessThan(200_000);
      assertThat(times.busyMicros()).isGreaterThanOrEqualTo(500_000);
      assertThat(times.kitMicros()).isPositive();
    } finally {
      end(spins);
      end(waits);
    }
  }
}
