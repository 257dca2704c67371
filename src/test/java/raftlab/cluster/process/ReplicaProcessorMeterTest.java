package raftlab.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import raftlab.wire.Id;

/** What the replicas of a run use is added up over all their lives. */
class ReplicaProcessorMeterTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);
  private final List<String> used = new ArrayList<>();
  private final ReplicaProcessorMeter meter =
      new ReplicaProcessorMeter((id, group, micros, pages) -> used.add(id + " " + pages));

  private void sample(Map<Long, Long> ticks) {
    Map<Long, ProcessorSampler.GroupUse> groups = new TreeMap<>();
    ticks.forEach((group, count) -> groups.put(group, new ProcessorSampler.GroupUse(count, 17)));
    meter.update(new ProcessorSampler.Sample(0, new SystemStat(100, 3), 42, 7, groups));
  }

  private void assertUsed(long ofA, long ofB) {
    assertThat(meter.latest().replicaMicros()).isEqualTo(Map.of(A, ofA * 10_000, B, ofB * 10_000));
  }

  @Test
  void nothing_is_known_before_the_first_sample() {
    meter.watch(A, 100);
    assertThat(meter.latest()).isNull();
  }

  @Test
  void each_replica_has_what_its_group_used() {
    meter.watch(A, 100);
    meter.watch(B, 200);
    sample(Map.of(100L, 5L, 300L, 1_000L));
    sample(Map.of(100L, 8L, 200L, 2L, 300L, 2_000L));
    assertUsed(8, 2);
    assertThat(meter.latest().busyMicros()).isEqualTo(1_000_000);
    assertThat(meter.latest().kitMicros()).isEqualTo(70_000);
    assertThat(meter.latest().waitingMicros()).isEqualTo(42);
    assertThat(meter.latest().runnable()).isEqualTo(3);
  }

  @Test
  void a_replica_that_is_started_again_keeps_what_it_had_used() {
    meter.watch(A, 100);
    meter.watch(B, 200);
    sample(Map.of(100L, 5L, 200L, 1L));
    meter.remove(100);
    sample(Map.of(100L, 900L, 200L, 1L)); // the number may be that of another by now
    meter.watch(A, 101);
    sample(Map.of(100L, 900L, 101L, 3L, 200L, 1L));
    assertUsed(8, 1);
  }

  @Test
  void a_child_that_ended_unnoticed_takes_nothing_back() {
    meter.watch(A, 100);
    meter.watch(B, 200);
    sample(Map.of(100L, 50L));
    sample(Map.of(100L, 10L));
    sample(Map.of(100L, 12L));
    assertUsed(52, 0);
  }
}
