package raftlab.run.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import raftlab.cluster.ProcessorCount;
import raftlab.cluster.ProcessorTimes;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** The difference of what was counted at two moments is what was used in between. */
class ProcessorUseRecorderTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);

  @Test
  void use_is_recorded_in_percent_of_a_processor() {
    ProcessorTimes from = new ProcessorTimes(0, 1_000, 5_000, 70, 3, Map.of(A, 900L));
    ProcessorTimes to =
        new ProcessorTimes(
            200_000_000, 181_000, 375_000, 20_070, 6, Map.of(A, 180_900L, B, 100_000L));
    Event.ProcessorUse use = ProcessorUseRecorder.processorUse(from, to, 77);
    assertThat(use)
        .isEqualTo(
            new Event.ProcessorUse(
                77,
                200_000,
                ProcessorCount.count(),
                90,
                185,
                10,
                5,
                List.of(A, B),
                List.of(90, 50)));
    assertThat(use.usedByReplicas()).isEqualTo(140);
  }

  @Test
  void what_the_system_does_not_count_is_unknown() {
    ProcessorTimes from = new ProcessorTimes(0, -1, 0, 0, 0, Map.of());
    ProcessorTimes to = new ProcessorTimes(1_000_000, -1, 0, 0, 0, Map.of());
    assertThat(ProcessorUseRecorder.processorUse(from, to, 0).waiting()).isEqualTo(-1);
  }
}
