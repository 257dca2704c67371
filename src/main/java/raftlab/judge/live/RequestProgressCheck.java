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
 * Checks that a request to an undisturbed replica during a leader's tenure is answered, and that no
 * client is redirected in circles without end. An earlier request may have been lost with the old
 * leader, so it isn't checked: most clients retry.
 */
final class RequestProgressCheck implements LivenessCheck {
  private static final long BOUND_MICROS = 5_000_000;

  /** The time after which all replicas know a new leader. */
  private static final long GRACE_MICROS = 1_000_000;

  /** Fewer answers in all that time are no circle. */
  private static final int CIRCLE = 10;

  /**
   * With this many requests in that time a slow replica falls behind, and its socket may drop
   * requests.
   */
  private static final int CROWD = 1_000;

  /** An operation of a client. */
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

  /** Notes that a client's request is sent. */
  void sent(Event.Sent sent) {
    Asked asked = byMid.get(sent.message().mid());
    if (asked != null) {
      underWay.put(sent.number(), asked);
    }
  }

  /** Whether no request is in transit, so that no arriving message can be one. */
  boolean isIdle() {
    return underWay.isEmpty();
  }

  void lost(long number) {
    underWay.remove(number);
  }

  /** Notes that a message arrives; {@code inCalm} if there is a stable period now. */
  void delivered(long number, long micros, boolean inCalm) {
    Asked asked = underWay.remove(number);
    if (asked != null && inCalm && reign.isOld(micros, GRACE_MICROS) && isJudged(asked.request)) {
      asked.reign = reign.number();
      asked.atMicros = micros;
      waiting.add(asked);
    }
  }

  /**
   * Whether the request is judged. Replicas need only support gets and puts; and a replica that
   * forwards a request to the leader may lose it.
   */
  private boolean isJudged(Event.Requested request) {
    int place = places.of(request.replica());
    return calm.has(place)
        && waiting.size() < CROWD
        && (calm.isLossless || place == reign.leader())
        && (request.type().equals(Message.GET) || request.type().equals(Message.PUT));
  }

  /** Notes an answer to a client; {@code inCalm} if the replica is in a stable period. */
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

  /**
   * Whether the answer asks for a retry; a fail may be final, except for a put outside of sessions.
   */
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
          "a client was redirected or refused "
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
