package raftlab.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.cluster.Cluster;
import raftlab.cluster.RecordingObserver;
import raftlab.cluster.process.HelperProcess.HelperCommand;
import raftlab.cluster.process.HelperProcess.HelperResult;
import raftlab.wire.Id;

/** The limits that the kit itself keeps, without help of the system. */
class UsageLimitsTest {
  private static final Id A = Id.of(0);
  private static final long MEBIBYTE = 1 << 20;
  private static final long BOUND_MICROS = 60_000_000;
  private static final String TAKES_MEMORY =
      "exec python3 -c 'import time; x = b\"x\" * (200 << 20); time.sleep(100)'";
  private static final String SPINS = "(while :; do :; done) & while :; do :; done";

  @TempDir private Path folder;
  private final List<String> exceeded = new ArrayList<>();

  @BeforeAll
  static void needProc() {
    assumeTrue(Files.isReadable(Path.of("/proc/stat")), "this system has no /proc");
  }

  /** Starts replicas with these limits. */
  private final class Limited implements ReplicaSandbox {
    private final UsageLimits limits;

    Limited(UsageLimits limits) {
      this.limits = limits;
    }

    @Override
    public List<String> command(ReplicaStart start, Map<String, String> environment) {
      return start.command();
    }

    @Override
    public UsageLimits limits() {
      return limits;
    }

    @Override
    public Optional<UsageLimit> enforced(Id replica, int exitCode, List<String> lastWords) {
      return exitCode == 152 ? Optional.of(UsageLimit.PROCESSOR) : Optional.empty();
    }

    @Override
    public void exceeded(Id replica, UsageLimit limit) {
      exceeded.add(replica + " " + limit);
    }
  }

  private String exitOf(String script, UsageLimits limits) {
    RecordingObserver observer = new RecordingObserver();
    ReplicaCommand command = new ReplicaCommand(List.of("sh", "-c", script), List.of("replica"));
    try (Cluster cluster =
        new ProcessWorld(command, new Limited(limits)).open(List.of(A), 1, false, observer)) {
      cluster.start(A);
      while (observer.lines().stream().noneMatch(line -> line.contains(" exited "))) {
        assertThat(cluster.nowMicros()).as("%s", observer.lines()).isLessThan(BOUND_MICROS);
        cluster.advance(cluster.nowMicros() + 100_000);
      }
    }
    return observer.lines().get(observer.lines().size() - 1);
  }

  private HelperResult run(String script, UsageLimits limits) throws InterruptedException {
    return HelperProcess.run(
        new HelperCommand(
            List.of("sh", "-c", script),
            folder,
            Set.of(),
            Map.of(),
            Duration.ofSeconds(60),
            limits,
            folder,
            line -> {},
            Optional::empty,
            ProcessOwner.SHARED,
            null,
            List.of()));
  }

  @Test
  void a_replica_that_takes_too_much_memory_is_killed_and_the_limit_named() {
    assertThat(exitOf(TAKES_MEMORY, UsageLimits.WIDE.withMemory(100 * MEBIBYTE)))
        .isEqualTo(
            "0000 exited 137 [raftlab killed it because it used more than 100 MB of memory]");
    assertThat(exceeded).containsExactly("0000 MEMORY");
  }

  @Test
  void the_processor_time_of_all_its_processes_counts() {
    assertThat(exitOf(SPINS, UsageLimits.WIDE.withProcessorSeconds(0)))
        .contains("exited 137", "more than 0 s of processor time");
    assertThat(exceeded).containsExactly("0000 PROCESSOR");
  }

  @Test
  void a_replica_that_prints_too_much_is_killed_and_the_limit_named() {
    assertThat(exitOf("yes", UsageLimits.WIDE.withOutput(100_000)))
        .contains("exited 137", "printed more than 100000 bytes");
    assertThat(exceeded).containsExactly("0000 OUTPUT");
  }

  @Test
  void a_limit_that_the_system_enforced_is_added_to_the_last_words() {
    assertThat(exitOf("echo oh no >&2; kill -XCPU $$", UsageLimits.WIDE.withProcessorSeconds(7)))
        .isEqualTo(
            "0000 exited 152 [oh no, raftlab: the system ended it because it used more than 7 s of"
                + " processor time]");
    assertThat(exceeded).containsExactly("0000 PROCESSOR");
  }

  @Test
  void a_program_is_ended_at_each_of_its_limits() throws InterruptedException {
    assertThat(run(TAKES_MEMORY, UsageLimits.WIDE.withMemory(100 * MEBIBYTE)).exceeded())
        .contains(UsageLimit.MEMORY);
    assertThat(run(SPINS, UsageLimits.WIDE.withProcessorSeconds(0)).exceeded())
        .contains(UsageLimit.PROCESSOR);
    assertThat(run("yes", UsageLimits.WIDE.withOutput(100_000)).exceeded())
        .contains(UsageLimit.OUTPUT);
    HelperResult full = run("cat /dev/zero >filler", UsageLimits.WIDE.withDisk(10 * MEBIBYTE));
    assertThat(full.exceeded()).contains(UsageLimit.DISK);
    assertThat(full.exitCode()).isEqualTo(137);
    assertThat(full.timedOut()).isFalse();
  }
}
