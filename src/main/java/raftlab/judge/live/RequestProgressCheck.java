package raftlab.judge.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.trace.Event;
import raftlab.trace.ReplicaIndex;
import raftlab.wire.Message;
import raftlab.wire.PrintableText;

/**
 * What reached an undisturbed replica while somebody reigned is answered, and nobody is sent from
 * one to another for ever. A request that came before may have been forgotten with the old leader:
 * clients that wait for ever for the answer are out of luck, all others ask again.
 */
final class RequestProgressCheck implements LivenessCheck {
  private static final long BOUND_MICROS = 5_000_000;

  /** So long after a leader got known all have heard of it. */
  private static final long GRACE_MICROS = 1_000_000;

  /** Fewer answers than this in all that time are no running in circles. */
  private static final int CIRCLE = 10;

  /**
   * If so many requests come in that time, who is slow falls behind, and what waits for a process
   * at its socket may be lost there.
   */
  private static final int CROWD = 1_000;

  /** What a client wants. */
  private static final class Operation {
    boolean settled;

    /** How often it was refused while the same leader was known, and since when. */
    int refused;

    int reign;
    long sinceMicros;
    Event first;
  }

  /** A request of a client. */
  private static final class Asked {
    final Event.Requested request;
    final Operation operation;
    boolean answered;
    int reign;
    long atMicros;

    Asked(Event.Requested request, Operation operation) {
      this.request = request;
      this.operation = operation;
    }
  }

  private final LivenessFindings findings;
  private final ReplicaIndex places;
  private final LeaderTenure reign;
  private final Map<Long, Operation> operations = new HashMap<>();
  private final Map<String, Asked> byMid = new HashMap<>();
  private final Map<Long, Asked> underWay = new HashMap<>();
  private final Deque<Asked> waiting = new ArrayDeque<>();
  private StablePeriod calm;

  RequestProgressCheck(LivenessFindings findings, ReplicaIndex places, LeaderTenure reign) {
    this.findings = findings;
    this.places = places;
    this.reign = reign;
  }

  @Override
  public void began(StablePeriod next) {
    calm = next;
    waiting.clear();
  }

  void requested(Event.Requested request) {
    Operation operation =
        operations.computeIfAbsent(request.operation(), number -> new Operation());
    byMid.put(request.mid(), new Asked(request, operation));
  }

  /** A client's request goes on its way. */
  void sent(Event.Sent sent) {
    Asked asked = byMid.get(sent.message().mid());
    if (asked != null) {
      underWay.put(sent.number(), asked);
    }
  }

  /** Whether no request is on its way, so that no message that arrives can be one. */
  boolean isIdle() {
    return underWay.isEmpty();
  }

  void lost(long number) {
    underWay.remove(number);
  }

  /** A message arrives; {@code inCalm} if there is one now. */
  void delivered(long number, long micros, boolean inCalm) {
    Asked asked = underWay.remove(number);
    if (asked != null && inCalm && reign.isOld(micros, GRACE_MICROS) && isJudged(asked.request)) {
      asked.reign = reign.number();
      asked.atMicros = micros;
      waiting.add(asked);
    }
  }

  /**
   * Replicas needn't know more than gets and puts; and whoever passes a request on to the leader
   * may well lose it on the way.
   */
  private boolean isJudged(Event.Requested request) {
    int place = places.of(request.replica());
    return calm.has(place)
        && waiting.size() < CROWD
        && (calm.isLossless || place == reign.leader())
        && (request.type().equals(Message.GET) || request.type().equals(Message.PUT));
  }

  /** A replica answers a client; {@code inCalm} if it is in one. */
  void answers(Event.Sent sent, boolean inCalm) {
    Asked asked = byMid.remove(sent.message().mid());
    if (asked == null) {
      return;
    }
    asked.answered = true;
    Operation operation = asked.operation;
    String type = sent.message().type();
    if (type.equals(Message.OK) || type.equals(Message.MISMATCH)) {
      operation.settled = true;
    } else if (!inCalm
        || !reign.isLongKnown(sent.atMicros(), GRACE_MICROS)
        || !isRefusal(type, asked.request)) {
      operation.reign = 0;
    } else {
      refused(operation, asked, sent);
    }
  }

  /** A fail may be for good, but for a put that isn't one of a session. */
  private static boolean isRefusal(String type, Event.Requested request) {
    return type.equals(Message.REDIRECT)
        || request.type().equals(Message.PUT) && request.seq() == 0;
  }

  private void refused(Operation operation, Asked asked, Event.Sent answer) {
    if (operation.reign != reign.knownNumber()) {
      operation.reign = reign.knownNumber();
      operation.refused = 0;
      operation.sinceMicros = answer.atMicros();
      operation.first = asked.request;
    }
    operation.refused++;
    long micros = answer.atMicros() - operation.sinceMicros;
    if (micros >= calm.bound(BOUND_MICROS) && operation.refused >= CIRCLE && !operation.settled) {
      operation.settled = true;
      findings.violated(
          Invariant.LIVE_ANSWERS,
          List.of(),
          Evidence.of(calm.since, reign.event(), operation.first, asked.request, answer),
          "a client was sent away "
              + operation.refused
              + " times in "
              + LivenessFindings.seconds(micros)
              + " with one "
              + what(asked.request)
              + ", last by replica "
              + answer.from()
              + (answer.message().type().equals(Message.REDIRECT)
                  ? " to " + answer.message().leader()
                  : " with fail")
              + circumstances());
    }
  }

  @Override
  public void look(long nowMicros) {
    long bound = calm.bound(BOUND_MICROS);
    while (!waiting.isEmpty() && nowMicros - waiting.peek().atMicros >= bound) {
      Asked asked = waiting.remove();
      if (asked.reign == reign.number() && !asked.answered && !asked.operation.settled) {
        asked.operation.settled = true;
        findings.violated(
            Invariant.LIVE_ANSWERS,
            List.of(asked.request.replica()),
            Evidence.of(calm.since, reign.event(), asked.request),
            "replica "
                + asked.request.replica()
                + " did not answer a "
                + what(asked.request)
                + " within "
                + LivenessFindings.seconds(bound)
                + circumstances());
      }
    }
  }

  private static String what(Event.Requested request) {
    return request.type() + " of " + PrintableText.of(request.key(), 40);
  }

  private String circumstances() {
    return ", though "
        + calm.who()
        + " and replica "
        + reign.leaderId()
        + " was known to lead all the time";
  }
}
