package raftlab.judge.raft;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.Violation;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Voted;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** A run made by hand, as replicas report it: A leads, B follows, C has received nothing. */
abstract class StateReportTraceBuilder {
  static final Id A = Id.of(0);
  static final Id B = Id.of(1);
  static final Id C = Id.of(2);

  final Trace trace =
      new Trace(new TraceHeader("made", "{}", "sim", 1, List.of(), List.of(A, B, C), List.of()));
  long now;

  void say(Id replica, StateChange... changes) {
    for (StateChange change : changes) {
      trace.add(new Event.Reported(++now, replica, change));
    }
  }

  /** The replica sends a message: what it reported before is owed from now on. */
  void send(Id replica) {
    Id to = replica.equals(A) ? B : A;
    Message message = Message.of(replica, to, A, "word", null, new JsonObject());
    trace.add(new Event.Sent(++now, now, replica, to, message));
  }

  void start(Id... replicas) {
    for (Id replica : replicas) {
      trace.add(new Event.Started(++now, replica));
    }
  }

  void restart(Id replica) {
    trace.add(new Event.Crashed(++now, replica));
    start(replica);
  }

  static StateChange leader(long term) {
    return new RoleChanged(Role.LEADER, term, A);
  }

  static StateChange follower(long term) {
    return new RoleChanged(Role.FOLLOWER, term, Id.BROADCAST);
  }

  static StateChange entry(long index, long term, String command) {
    return new Appended(index, term, command);
  }

  /** A leads term 1; A and B have entries 1 to 3, of which two are committed. */
  void goodRun() {
    start(A, B, C);
    say(A, new TermChanged(1), new Voted(1, A), leader(1));
    say(B, new TermChanged(1), new Voted(1, A), follower(1));
    for (Id replica : List.of(A, B)) {
      say(replica, entry(1, 1, "a"), entry(2, 1, "b"), entry(3, 1, "c"), new Committed(2));
      say(replica, new Applied(1, 1), new Applied(2, 1));
      send(replica);
    }
  }

  ReportFindings review() {
    return ReportReview.of(trace, true);
  }

  void assertNothingWrong() {
    ReportFindings findings = review();
    assertThat(findings.all()).isEmpty();
    assertThat(findings.remarks()).isEmpty();
  }

  /** This invariant alone was broken, by these replicas. */
  Violation assertOnly(Invariant invariant, Id... replicas) {
    assertThat(review().all()).extracting(Violation::invariant).containsExactly(invariant);
    Violation first = review().first(invariant);
    assertThat(first.replicas()).containsExactly(replicas);
    assertThat(first.evidence()).isNotEmpty();
    assertThat(first.evidence().stream().map(Event::atMicros)).isSorted();
    return first;
  }
}
