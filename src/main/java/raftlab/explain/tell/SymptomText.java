package raftlab.explain.tell;

import java.util.List;
import raftlab.judge.check.RequestOutcomes;
import raftlab.judge.check.Verdict;
import raftlab.scenario.CountedMetric;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Message;

/** The usual causes of a failed check, if no mistake was detected. */
public final class SymptomText {
  /** The text if only the symptom is known. */
  static final String UNKNOWN = "No cause was found.";

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
  public static String of(Verdict verdict, Trace trace) {
    return switch (verdict.check()) {
      case DIED ->
          verdict.evidence().isEmpty() ? "" : ExitText.text(trace, verdict.evidence().get(0));
      case ONE_VOTE, ELECTION_SAFETY, ONE_LEADER ->
          "Usual causes: votedFor is not kept for the whole term, or not stored; a leader is elected without"
              + " a majority; or votes of an earlier term are counted.";
      case DURABILITY ->
          "Usual cause: a message is sent before term, vote and log are stored and synced.";
      case LOG_MATCHING, STATE_MACHINE_SAFETY ->
          "Usual causes: prevLogIndex and prevLogTerm are not checked; conflicting entries are not"
              + " deleted; or commitIndex goes beyond what the leader has confirmed.";
      case LEADER_COMPLETENESS ->
          "Usual causes: a vote for a candidate with an older log; entries of an earlier term committed"
              + " by counting; or commits without a majority.";
      case EARLY_OK ->
          "A write was acknowledged before a majority had it. Usual causes: ok is answered before the entry"
              + " is committed; less than a majority is counted; a follower accepts AppendEntries"
              + " without the consistency check, or keeps conflicting entries; commitIndex goes"
              + " beyond what was compared; or ok is answered when the leader steps down.";
      case PACKET_STORM -> storm(trace);
      case GET_ANSWERED ->
          orElse(RefusalText.of(RequestOutcomes.of(trace, SymptomText::isGet)), UNKNOWN);
      case PUT_ANSWERED, NO_STATE ->
          orElse(RefusalText.of(RequestOutcomes.of(trace, request -> !isGet(request))), UNKNOWN);
      case STEPS -> StepFailureText.text(trace);
      case LIVE_CALM ->
          verdict.metric() == CountedMetric.MESSAGES
              ? MessageFlood.of(trace, verdict.evidence()).text()
              : "Usual causes: the heartbeat interval is longer than the election timeout; election timeouts are"
                  + " too short, or not random; or a replica that can't win starts elections again and"
                  + " again, each in a later term.";
      case LIVE_LEADER -> NoLeaderText.noLeader(trace, verdict.evidence());
      case LIVE_ANSWERS -> liveAnswers(verdict, trace);
      case LIVE_CATCH_UP ->
          "Usual causes: nextIndex does not go back far enough after a rejection; messages are too large for"
              + " a datagram; or a snapshot is never sent, or never installed.";
      case LIMITS -> limits(verdict, trace);
      default -> UNKNOWN;
    };
  }

  private static boolean isGet(Event.Requested request) {
    return request.type().equals(Message.GET);
  }

  private static String orElse(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }

  /** A packet storm may also consist of redirects, or of state changes. */
  private static String storm(Trace trace) {
    RequestOutcomes all = RequestOutcomes.of(trace, request -> true);
    MessageFlood flood = MessageFlood.of(trace, List.of());
    return all.redirected() > flood.messages() ? RefusalText.of(all) : flood.text();
  }

  private static String liveAnswers(Verdict verdict, Trace trace) {
    for (Event event : verdict.evidence()) {
      if (event instanceof Event.Requested request) {
        RequestOutcomes refusals =
            RequestOutcomes.of(trace, other -> other.operation() == request.operation());
        return orElse(RefusalText.of(refusals), UNKNOWN);
      }
    }
    return UNKNOWN;
  }

  private static String limits(Verdict verdict, Trace trace) {
    if (verdict.metric() == null) {
      return UNKNOWN;
    }
    return switch (verdict.metric()) {
      case MESSAGES, BYTES -> MessageFlood.of(trace, verdict.evidence()).text();
      case REJECTIONS ->
          "Usual causes: nextIndex or matchIndex is lost or goes back; or the same entries are sent"
              + " again before the answer can arrive.";
      case MEAN_LATENCY, OKS ->
          "Usual causes: an entry is not sent until the next heartbeat; or an answer waits until"
              + " the next heartbeat shows that the entry is committed.";
      case LEADERS, LEADER_CHANGES, CLAIMS ->
          "Usual causes: the heartbeat interval is longer than the shortest election timeout; or"
              + " election timeouts are too short, or not random.";
      case UNANSWERED, FAILS, REDIRECTS ->
          orElse(RefusalText.of(RequestOutcomes.of(trace, request -> true)), UNKNOWN);
      case DUPLICATES, LOG_ENTRIES -> UNKNOWN;
    };
  }
}
