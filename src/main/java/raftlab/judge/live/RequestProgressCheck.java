package raftlab.judge.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
final class RequestProgressCheck extends LivenessCheck {
  private static final long BOUND_MICROS = 5_000_000;

  /** The time after which all replicas know a new leader. */
  private static final long GRACE_MICROS = 1_000_000;

  /** Fewer answers in all that time are no circle. */
  private static final int MIN_REFUSALS = 10;

  /**
   * With this many requests in that time a slow replica falls behind, and its socket may drop
   * requests.
   */
  private static final int CROWD = 1_000;

  /** An operation of a client. */
  private static final class OperationState {
    boolean settled;

    /** How often it was refused while the same leader was known, and since when. */
    int refusals;

    int tenureNumber;
    long sinceMicros;
    @Nullable Event first;
  }

  /** A request of a client. */
  private static final class RequestState {
    final Event.Requested request;
    final OperationState operation;
    boolean answered;
    int tenureNumber;
    long atMicros;

    RequestState(Event.Requested request, OperationState operation) {
      this.request = request;
      this.operation = operation;
    }
  }

  private final LivenessFindings findings;
  private final ReplicaIndex replicaIndex;
  private final LeaderTenure leaderTenure;
  private final Map<Long, OperationState> operations = new HashMap<>();
  private final Map<String, RequestState> byMid = new HashMap<>();
  private final Map<Long, RequestState> underWay = new HashMap<>();
  private final Deque<RequestState> waiting = new ArrayDeque<>();

  RequestProgressCheck(
      LivenessFindings findings, ReplicaIndex replicaIndex, LeaderTenure leaderTenure) {
    this.findings = findings;
    this.replicaIndex = replicaIndex;
    this.leaderTenure = leaderTenure;
  }

  @Override
  void stablePeriodBegan(StablePeriod next) {
    super.stablePeriodBegan(next);
    waiting.clear();
  }

  void requested(Event.Requested request) {
    OperationState operation =
        operations.computeIfAbsent(request.operation(), number -> new OperationState());
    byMid.put(request.mid(), new RequestState(request, operation));
  }

  /** Notes that a client's request is sent. */
  void sent(Event.Sent sent) {
    RequestState asked = byMid.get(sent.message().mid());
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
    RequestState asked = underWay.remove(number);
    if (asked != null
        && inCalm
        && leaderTenure.hasLasted(micros, GRACE_MICROS)
        && isJudged(asked.request)) {
      asked.tenureNumber = leaderTenure.number();
      asked.atMicros = micros;
      waiting.add(asked);
    }
  }

  /**
   * Whether the request is judged. Replicas need only support gets and puts; and a replica that
   * forwards a request to the leader may lose it.
   */
  private boolean isJudged(Event.Requested request) {
    int place = replicaIndex.indexOf(request.replica());
    return stablePeriod().contains(place)
        && waiting.size() < CROWD
        && (stablePeriod().isLossless || place == leaderTenure.leader())
        && (request.type().equals(Message.GET) || request.type().equals(Message.PUT));
  }

  /** Notes an answer to a client; {@code inCalm} if the replica is in a stable period. */
  void answers(Event.Sent sent, boolean inCalm) {
    RequestState asked = byMid.remove(sent.message().mid());
    if (asked == null) {
      return;
    }
    asked.answered = true;
    OperationState operation = asked.operation;
    String type = sent.message().type();
    if (type.equals(Message.OK) || type.equals(Message.MISMATCH)) {
      operation.settled = true;
    } else if (!inCalm
        || !leaderTenure.isKnownFor(sent.atMicros(), GRACE_MICROS)
        || !isRefusal(type, asked.request)) {
      operation.tenureNumber = 0;
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

  private void refused(OperationState operation, RequestState asked, Event.Sent answer) {
    if (operation.tenureNumber != leaderTenure.knownNumber()) {
      operation.tenureNumber = leaderTenure.knownNumber();
      operation.refusals = 0;
      operation.sinceMicros = answer.atMicros();
      operation.first = asked.request;
    }
    operation.refusals++;
    long micros = answer.atMicros() - operation.sinceMicros;
    if (micros >= stablePeriod().scaledBound(BOUND_MICROS)
        && operation.refusals >= MIN_REFUSALS
        && !operation.settled) {
      operation.settled = true;
      findings.violated(
          Invariant.LIVE_ANSWERS,
          List.of(),
          Evidence.of(
              stablePeriod().since, leaderTenure.event(), operation.first, asked.request, answer),
          "a client was redirected or refused "
              + operation.refusals
              + " times in "
              + LivenessFindings.seconds(micros)
              + " with one "
              + requestText(asked.request)
              + ", last by replica "
              + answer.from()
              + (answer.message().type().equals(Message.REDIRECT)
                  ? " to " + answer.message().leader()
                  : " with fail")
              + circumstances());
    }
  }

  @Override
  void check(long nowMicros) {
    long bound = stablePeriod().scaledBound(BOUND_MICROS);
    while (!waiting.isEmpty() && nowMicros - waiting.peek().atMicros >= bound) {
      RequestState asked = waiting.remove();
      if (asked.tenureNumber == leaderTenure.number()
          && !asked.answered
          && !asked.operation.settled) {
        asked.operation.settled = true;
        findings.violated(
            Invariant.LIVE_ANSWERS,
            List.of(asked.request.replica()),
            Evidence.of(stablePeriod().since, leaderTenure.event(), asked.request),
            "replica "
                + asked.request.replica()
                + " did not answer a "
                + requestText(asked.request)
                + " within "
                + LivenessFindings.seconds(bound)
                + circumstances());
      }
    }
  }

  private static String requestText(Event.Requested request) {
    String key = Objects.requireNonNull(request.key(), "a client's request has a key");
    return request.type() + " of " + PrintableText.of(key, 40);
  }

  private String circumstances() {
    return ", though "
        + stablePeriod().membersText()
        + " and replica "
        + leaderTenure.leaderId()
        + " was known to lead all the time";
  }
}
