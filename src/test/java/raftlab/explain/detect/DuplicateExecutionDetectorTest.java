package raftlab.explain.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.explain.ExplainTraceBuilder;
import raftlab.explain.view.ClusterView;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.check.Contradiction;
import raftlab.judge.check.Contradiction.Circumstance;
import raftlab.judge.linear.Diagnosis;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** A write took effect twice: it is only the doing of a retry if there was one. */
class DuplicateExecutionDetectorTest extends ExplainTraceBuilder {
  private Event.Requested write;

  /** A client appends "x;" once, and reads "x;x;" later from B. */
  private List<String> readTwice() {
    Event.Answered read =
        new Event.Answered(++now, CLIENT, "m9", Message.OK, "x;x;", B, Id.BROADCAST, false);
    trace.add(read);
    ClusterView cluster = new ClusterView(trace, true);
    Suspicions suspicions = new Suspicions(cluster);
    DuplicateExecutionDetector detector = new DuplicateExecutionDetector(cluster, suspicions);
    for (Event event : trace.events()) {
      if (event instanceof Event.Reported report) {
        ReplicaView replica = cluster.replica(report.replica());
        detector.reported(replica, report.change(), report);
        cluster.changed(replica, report, true);
      }
    }
    Contradiction found =
        new Contradiction(
            Diagnosis.ContradictionKind.TWICE,
            "k",
            "twice",
            "twice",
            Circumstance.UNKNOWN,
            List.of(write, read),
            read);
    detector.tookEffectTwice(found);
    return suspicions.all().stream().map(suspicion -> suspicion.mistake().id()).toList();
  }

  private void append() {
    goodRun();
    ask(A, Message.APPEND, "x;");
    write =
        (Event.Requested)
            trace.events().stream().filter(Event.Requested.class::isInstance).findFirst().get();
  }

  private void sendAgain() {
    trace.add(
        new Event.Requested(
            ++now, CLIENT, "m2", Message.APPEND, "k", "x;", null, A, write.operation(), 0, true));
  }

  private static StateChange snapshot() {
    return new SnapshotInstalled(2, 1, 2);
  }

  @Test
  void nothing_is_certain_if_no_client_sent_it_again() {
    append();
    assertThat(readTwice()).isEmpty();
  }

  @Test
  void nor_if_the_state_came_from_a_snapshot() {
    append();
    say(B, snapshot());
    assertThat(readTwice()).isEmpty();
  }

  @Test
  void nor_if_another_write_was_sent_again() {
    append();
    trace.add(
        new Event.Requested(++now, CLIENT, "m7", Message.APPEND, "k", "y;", null, A, 77, 0, true));
    assertThat(readTwice()).isEmpty();
  }

  @Test
  void a_write_that_was_sent_again_was_executed_again() {
    append();
    sendAgain();
    assertThat(readTwice()).containsExactly("executes-retries");
  }

  @Test
  void a_write_that_the_network_doubled_was_executed_again() {
    append();
    Event.Sent sent =
        (Event.Sent)
            trace.events().stream()
                .filter(e -> e instanceof Event.Sent s && s.from().equals(CLIENT))
                .findFirst()
                .get();
    trace.add(new Event.Duplicated(++now, sent.number()));
    assertThat(readTwice()).containsExactly("executes-retries");
  }

  @Test
  void a_snapshot_without_sessions_lets_a_retry_be_executed_again() {
    append();
    say(B, snapshot());
    sendAgain();
    assertThat(readTwice()).containsExactly("snapshot-without-sessions");
  }

  /** All replicas have the write in this entry. */
  private void hasEntry(long index) {
    for (Id replica : List.of(A, B, C)) {
      say(replica, new Appended(index, 1, "append k+=x;"));
    }
  }

  @Test
  void a_write_with_one_entry_was_applied_twice_and_no_retry_was_executed() {
    append();
    hasEntry(3);
    sendAgain();
    assertThat(readTwice()).isEmpty();
  }

  @Test
  void a_retry_that_has_an_entry_too_was_executed() {
    append();
    hasEntry(3);
    sendAgain();
    hasEntry(4);
    assertThat(readTwice()).containsExactly("executes-retries");
  }

  @Test
  void a_snapshot_that_covers_both_entries_of_a_write_is_not_to_blame() {
    append();
    hasEntry(3);
    sendAgain();
    hasEntry(4);
    say(B, new SnapshotInstalled(4, 1, 4));
    assertThat(readTwice()).containsExactly("executes-retries");
  }

  @Test
  void a_snapshot_between_both_entries_of_a_write_is() {
    append();
    hasEntry(3);
    say(B, new SnapshotInstalled(3, 1, 3));
    sendAgain();
    hasEntry(4);
    assertThat(readTwice()).containsExactly("snapshot-without-sessions");
  }
}
