package raftlab.judge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import raftlab.judge.invariant.FirstViolations;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.Violation;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** A run made by hand, as its messages show it: five replicas that know nothing of each other. */
abstract class WireTraceBuilder {
  static final Id A = Id.of(0);
  static final Id B = Id.of(1);
  static final Id C = Id.of(2);
  static final Id D = Id.of(3);
  static final Id E = Id.of(4);
  static final Id CLIENT = Id.of(0x15);

  final Trace trace =
      new Trace(
          new TraceHeader(
              "made", "{}", "sim", 1, List.of(), List.of(A, B, C, D, E), List.of(CLIENT)));
  long now = 10_000_000;
  long number;
  long operation;
  Id leader = A;

  String ask(Id replica, String type, String value) {
    String mid = "m" + ++operation;
    trace.add(Event.Requested.first(++now, CLIENT, mid, type, "k", value, replica, operation));
    return mid;
  }

  void answer(Id replica, String mid, String type) {
    trace.add(new Event.Answered(++now, CLIENT, mid, type, null, replica, A, false));
  }

  long send(Id from, Id to, Id named, JsonObject fields) {
    Message message = Message.of(from, to, named, "word", null, fields);
    trace.add(new Event.Sent(++now, ++number, from, to, message));
    return number;
  }

  void deliver(long which) {
    trace.add(new Event.Delivered(++now, which));
  }

  void sendAndDeliver(Id from, Id to) {
    deliver(send(from, to, leader, new JsonObject()));
  }

  void exchange(Id one, Id other) {
    sendAndDeliver(one, other);
    sendAndDeliver(other, one);
  }

  FirstViolations review() {
    return WireReview.of(trace, false);
  }

  void assertNothingWrong() {
    FirstViolations findings = review();
    assertThat(findings.all()).isEmpty();
    assertThat(findings.remarks()).isEmpty();
  }

  void assertViolated(Invariant invariant, String text) {
    Violation violation = review().first(invariant);
    assertThat(violation).isNotNull();
    assertThat(violation.text()).contains(text);
    assertThat(violation.evidence()).hasSizeGreaterThan(1);
  }

  /** All but A follow B; A received no message. */
  void replaceLeader() {
    leader = B;
    for (Id one : List.of(C, D, E)) {
      exchange(B, one);
    }
  }
}
