package raftlab.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import raftlab.cluster.Cluster;
import raftlab.cluster.DiskFault;
import raftlab.cluster.RecordingObserver;
import raftlab.node.StateChange.TermChanged;
import raftlab.wire.Id;

/** Disks of simulated replicas that tear, go bad, are full or slow. */
class SimDiskTest {
  private static final Id A = Id.of(0);

  private final RecordingObserver observer = new RecordingObserver();
  private Cluster cluster = open(1, true);

  private Cluster open(long seed, boolean durable) {
    Cluster opened = new SimWorld(ReportingNode::new).open(List.of(A), seed, durable, observer);
    opened.start(A);
    return opened;
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private void deliver(String type) {
    cluster.deliver(A, ReportingNode.message(type));
    play(1);
  }

  private void play(long millis) {
    long until = cluster.nowMicros() + millis * 1000;
    while (cluster.nowMicros() < until) {
      cluster.advance(until);
    }
  }

  private long foundAtStart() {
    observer.clear();
    cluster.start(A);
    return ((TermChanged) observer.changes().get(0)).term();
  }

  @Test
  void a_torn_write_costs_nothing_that_was_synced() {
    for (long seed = 0; seed < 50; seed++) {
      cluster.close();
      cluster = open(seed, true);
      deliver("three");
      cluster.applyDiskFault(A, new DiskFault.Torn());
      cluster.crash(A);
      assertThat(foundAtStart()).isEqualTo(2);
      deliver("three");
      cluster.crash(A);
      assertThat(foundAtStart()).isEqualTo(4);
    }
  }

  @Test
  void a_replica_refuses_to_start_from_a_journal_that_has_a_bad_byte_however_often() {
    for (long seed = 0; seed < 50; seed++) {
      cluster.close();
      cluster = open(seed, true);
      deliver("three");
      cluster.applyDiskFault(A, new DiskFault.Torn());
      cluster.crash(A);
      assertThat(cluster.applyDiskFault(A, new DiskFault.Corrupt()))
          .matches("byte \\d+ of the \\d+ of its journal changed");
      for (int start = 0; start < 2; start++) {
        observer.clear();
        cluster.start(A);
        assertThat(observer.lines()).hasSize(2);
        assertThat(observer.lines().get(1))
            .startsWith("0000 exited 1 [raftlab replica: the journal of replica 0000: byte ")
            .endsWith("the file is damaged, restore it or delete it to start as a new replica]");
        cluster.applyDiskFault(A, new DiskFault.Corrupt());
      }
    }
  }

  @Test
  void only_a_replica_that_is_down_and_has_stored_something_can_be_corrupted() {
    assertThatThrownBy(() -> cluster.applyDiskFault(A, new DiskFault.Corrupt()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("replica 0000 runs, expected one that is down");
    cluster.crash(A);
    assertThatThrownBy(() -> cluster.applyDiskFault(A, new DiskFault.Corrupt()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("replica 0000 has stored nothing");
  }

  @Test
  void a_replica_without_a_disk_has_none_that_could_be_damaged() {
    cluster.close();
    cluster = open(1, false);
    assertThatThrownBy(() -> cluster.applyDiskFault(A, new DiskFault.Full()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("replica 0000 has no disk in this run");
  }

  @Test
  void a_replica_whose_disk_is_full_exits_before_it_reports_what_it_could_not_store() {
    cluster.applyDiskFault(A, new DiskFault.Full());
    observer.clear();
    deliver("x");
    deliver("three");
    assertThat(observer.lines())
        .containsSubsequence(
            "0000 sent x",
            "0000 exited 1 [raftlab replica: the journal of replica 0000: can't be written:"
                + " no space left on device]")
        .doesNotContain("0000 sent 1 of 3");
    cluster.applyDiskFault(A, new DiskFault.Repaired());
    assertThat(foundAtStart()).isLessThan(2);
    deliver("three");
    assertThat(observer.lines()).endsWith("0000 sent 3 of 3");
  }

  @Test
  void a_replica_whose_disk_is_slow_does_nothing_while_it_syncs() {
    cluster.applyDiskFault(A, new DiskFault.Slow(50));
    deliver("x");
    deliver("in 5");
    observer.clear();
    deliver("three");
    deliver("y");
    play(45);
    assertThat(observer.lines()).isEmpty();
    play(10);
    assertThat(observer.lines().stream().filter(line -> line.contains(" sent ")))
        .containsExactly(
            "0000 sent 1 of 3",
            "0000 sent 2 of 3",
            "0000 sent 3 of 3",
            "0000 sent y",
            "0000 sent 5");
    cluster.applyDiskFault(A, new DiskFault.Repaired());
    deliver("three");
    assertThat(observer.lines()).endsWith("0000 sent 3 of 3");
  }

  @Test
  void a_crash_during_a_slow_sync_may_cost_what_it_was_to_store() {
    boolean[] kept = new boolean[3];
    for (long seed = 0; seed < 50; seed++) {
      cluster.close();
      cluster = open(seed, true);
      cluster.applyDiskFault(A, new DiskFault.Slow(50));
      deliver("three");
      cluster.crash(A);
      kept[(int) foundAtStart()] = true;
      cluster.applyDiskFault(A, new DiskFault.Repaired());
      play(100);
      assertThat(observer.lines()).hasSize(2);
    }
    assertThat(kept).containsOnly(true);
  }

  @Test
  void a_slow_replica_that_is_paused_goes_on_after_both() {
    cluster.applyDiskFault(A, new DiskFault.Slow(50));
    deliver("three");
    cluster.pause(A);
    deliver("x");
    play(100);
    observer.clear();
    cluster.resume(A);
    play(1);
    assertThat(observer.lines().stream().filter(line -> line.contains(" sent ")))
        .containsExactly("0000 sent 1 of 3", "0000 sent 2 of 3", "0000 sent 3 of 3", "0000 sent x");
  }
}
