package raftlab.judge.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import raftlab.judge.invariant.Invariant;
import raftlab.trace.Event;
import raftlab.trace.Event.EndReason;
import raftlab.trace.FaultEffect;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** A run made by hand: three running replicas, and the events of a test. */
abstract class LivenessTraceBuilder {
  static final Id A = Id.of(0);
  static final Id B = Id.of(1);
  static final Id C = Id.of(2);
  static final Id CLIENT = Id.of(0x15);

  /** Half a second: the heartbeat interval. */
  static final long BEAT = 500_000;

  final Trace trace =
      new Trace(
          new TraceHeader("made", "{}", "sim", 1, List.of(), List.of(A, B, C), List.of(CLIENT)));
  long now;
  long number;
  long operation;
  double slack = 1;

  @BeforeEach
  void start() {
    for (Id replica : List.of(A, B, C)) {
      trace.add(new Event.Started(++now, replica));
      trace.add(new Event.Ready(++now, replica));
    }
    trace.add(new Event.Began(++now));
  }

  void seconds(double seconds) {
    now += Math.round(seconds * 1e6);
  }

  void leaderKnown(Id leader) {
    trace.add(new Event.LeaderKnown(++now, leader));
  }

  void effect(FaultEffect effect) {
    trace.add(new Event.Effect(++now, effect));
  }

  void lose(Event.DropReason why) {
    trace.add(new Event.Dropped(++now, number, why));
  }

  void send(Id from, Id to, Id leader) {
    Message message = Message.of(from, to, leader, "word", null, new JsonObject());
    trace.add(new Event.Sent(++now, ++number, from, to, message));
  }

  void sendAndDeliver(Id from, Id to, Id leader) {
    send(from, to, leader);
    trace.add(new Event.Delivered(now, number));
  }

  /** For this time the leader sends to these, and they answer. */
  void leadFor(Id leader, List<Id> followers, double seconds) {
    long until = now + Math.round(seconds * 1e6);
    while (now < until) {
      now += BEAT;
      for (Id follower : followers) {
        sendAndDeliver(leader, follower, leader);
        sendAndDeliver(follower, leader, leader);
      }
    }
  }

  String ask(Id replica, String type) {
    String mid = "m" + number;
    operation++;
    trace.add(Event.Requested.first(++now, CLIENT, mid, type, "k", "v", replica, operation));
    Message request = Message.of(CLIENT, replica, A, type, mid, new JsonObject());
    trace.add(new Event.Sent(now, ++number, CLIENT, replica, request));
    return mid;
  }

  void arrive() {
    trace.add(new Event.Delivered(++now, number));
  }

  void answer(Id replica, String mid, String type, Id leader) {
    Message answer = Message.of(replica, CLIENT, leader, type, mid, new JsonObject());
    trace.add(new Event.Sent(++now, ++number, replica, CLIENT, answer));
    trace.add(new Event.Delivered(now, number));
  }

  LivenessFindings review() {
    trace.add(new Event.Ended(++now, EndReason.COMPLETE));
    return LivenessReview.of(trace, slack);
  }

  void assertViolated(Invariant invariant, String text) {
    assertThat(review().all())
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.invariant()).isEqualTo(invariant);
              assertThat(violation.text()).contains(text);
              assertThat(violation.evidence()).isNotEmpty();
            });
  }

  /** Nothing is lacking, in this many seconds of calm. */
  void assertNoViolation(double calmSeconds) {
    LivenessFindings findings = review();
    assertThat(findings.all()).isEmpty();
    assertThat(findings.stableSeconds()).isCloseTo(calmSeconds, within(0.7));
  }
}
