package raftlab.explain.tell;

import java.util.List;
import java.util.function.Predicate;
import raftlab.judge.check.RequestOutcomes;
import raftlab.judge.check.Verdict;
import raftlab.scenario.CountedMetric;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Message;

/** The usual causes of a failed check, if no mistake was detected. */
public final class SymptomText {
  private SymptomText() {}

  /** The section of the paper to read. */
  public static String section(Verdict verdict) {
    return switch (verdict.check()) {
      case GET_ANSWERED, PUT_ANSWERED, STEPS, LIMITS ->
          verdict.section().isEmpty() ? "§5.2 and §5.3" : verdict.section();
      default -> verdict.section();
    };
  }

  /** Returns the symptom and its usual causes. */
  public static Symptom of(Verdict verdict, Trace trace) {
    return switch (verdict.check()) {
      case DIED ->
          Symptom.observed(
              verdict.evidence().isEmpty() ? "" : ExitText.text(trace, verdict.evidence().get(0)));
      case ONE_VOTE, ELECTION_SAFETY, ONE_LEADER ->
          Symptom.usual(
              "votedFor is not kept for the whole term, or not stored",
              "a leader is elected without a majority",
              "votes of an earlier term are counted");
      case DURABILITY ->
          Symptom.usual("a message is sent before term, vote and log are stored and synced");
      case LOG_MATCHING, STATE_MACHINE_SAFETY ->
          Symptom.usual(
              "prevLogIndex and prevLogTerm are not checked",
              "conflicting entries are not deleted",
              "commitIndex goes beyond what the leader has confirmed");
      case LEADER_COMPLETENESS ->
          Symptom.usual(
              "a vote for a candidate with an older log",
              "entries of an earlier term committed by counting",
              "commits without a majority");
      case EARLY_OK ->
          Symptom.observed("A write was acknowledged before a majority had it.")
              .withUsualCauses(
                  "ok is answered before the entry is committed",
                  "less than a majority is counted",
                  "a follower accepts AppendEntries without the consistency check, or keeps conflicting entries",
                  "commitIndex goes beyond what was compared",
                  "ok is answered when the leader steps down");
      case PACKET_STORM -> storm(trace);
      case GET_ANSWERED -> refused(trace, SymptomText::isGet);
      case PUT_ANSWERED, NO_STATE -> refused(trace, request -> !isGet(request));
      case STEPS -> StepFailureText.of(trace);
      case LIVE_CALM ->
          verdict.metric() == CountedMetric.MESSAGES
              ? MessageFlood.of(trace, verdict.evidence()).symptom()
              : Symptom.usual(
                  "the heartbeat interval is longer than the election timeout",
                  "election timeouts are too short, or not random",
                  "a replica that can't win starts elections again and again, each in a later "
                      + "term");
      case LIVE_LEADER -> NoLeaderText.noLeader(trace, verdict.evidence());
      case LIVE_ANSWERS -> liveAnswers(verdict, trace);
      case LIVE_CATCH_UP ->
          Symptom.usual(
              "nextIndex does not go back far enough after a rejection",
              "messages are too large for a datagram",
              "a snapshot is never sent, or never installed");
      case LIMITS -> limits(verdict, trace);
      default -> Symptom.UNKNOWN;
    };
  }

  /** How these requests were refused, and after which disturbance none succeeded any more. */
  static Symptom refused(Trace trace, Predicate<Event.Requested> which) {
    Symptom refusals = RefusalText.of(RequestOutcomes.of(trace, which)).orElse(Symptom.UNKNOWN);
    return LastProgress.of(trace)
        .map(stop -> refusals.withObservation(stop.text()).withUsualCauses(causesOf(stop)))
        .orElse(refusals);
  }

  private static String[] causesOf(LastProgress.Stop stop) {
    return switch (stop.disturbance()) {
      case LEADER_CHANGE ->
          new String[] {
            "a new leader does not set nextIndex and matchIndex for all replicas",
            "its nextIndex does not go back after a rejection",
            "followers reject the new leader, or go on to redirect to the old one"
          };
      case CRASH ->
          new String[] {
            "the leader waits for all replicas, not only for a majority",
            "no other replica starts an election, or none can win",
            "replicas go on to redirect to the one that crashed"
          };
      case RESTART ->
          new String[] {
            "term, vote and log are not read at the start",
            "the leader does not send the restarted replica what it lacks"
          };
    };
  }

  private static boolean isGet(Event.Requested request) {
    return request.type().equals(Message.GET);
  }

  /** A packet storm may also consist of redirects, or of state changes. */
  private static Symptom storm(Trace trace) {
    RequestOutcomes all = RequestOutcomes.of(trace, request -> true);
    MessageFlood flood = MessageFlood.of(trace, List.of());
    return all.redirected() > flood.messages() ? refused(trace, request -> true) : flood.symptom();
  }

  private static Symptom liveAnswers(Verdict verdict, Trace trace) {
    for (Event event : verdict.evidence()) {
      if (event instanceof Event.Requested request) {
        return refused(trace, other -> other.operation() == request.operation());
      }
    }
    return Symptom.UNKNOWN;
  }

  private static Symptom limits(Verdict verdict, Trace trace) {
    if (verdict.metric() == null) {
      return Symptom.UNKNOWN;
    }
    return switch (verdict.metric()) {
      case MESSAGES, BYTES -> MessageFlood.of(trace, verdict.evidence()).symptom();
      case REJECTIONS ->
          Symptom.usual(
              "nextIndex or matchIndex is lost or goes back",
              "the same entries are sent again before the answer can arrive");
      case MEAN_LATENCY, OKS ->
          Symptom.usual(
              "an entry is not sent until the next heartbeat",
              "an answer waits until the next heartbeat shows that the entry is committed");
      case LEADERS, LEADER_CHANGES, CLAIMS ->
          Symptom.usual(
              "the heartbeat interval is longer than the shortest election timeout",
              "election timeouts are too short, or not random");
      case UNANSWERED, FAILS, REDIRECTS -> refused(trace, request -> true);
      case DUPLICATES, LOG_ENTRIES -> Symptom.UNKNOWN;
    };
  }
}
