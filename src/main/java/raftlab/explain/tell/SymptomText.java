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
      case "get_answered", "put_answered", "steps", "limits" ->
          verdict.section().isEmpty() ? "§5.2 and §5.3" : verdict.section();
      default -> verdict.section();
    };
  }

  /** Returns the symptom and its usual causes. */
  public static String of(Verdict verdict, Trace trace) {
    return switch (verdict.check()) {
      case "died" ->
          verdict.evidence().isEmpty() ? "" : ExitText.text(trace, verdict.evidence().get(0));
      case "one_vote", "election_safety", "one_leader" ->
          "Usual causes: votedFor is not kept for the whole term, or not stored; a leader is elected without"
              + " a majority; or votes of an earlier term are counted.";
      case "durability" ->
          "Usual cause: a message is sent before term, vote and log are stored and synced.";
      case "log_matching", "state_machine_safety" ->
          "Usual causes: prevLogIndex and prevLogTerm are not checked; conflicting entries are not"
              + " deleted; or commitIndex goes beyond what the leader has confirmed.";
      case "leader_completeness" ->
          "Usual causes: a vote for a candidate with an older log; entries of an earlier term committed"
              + " by counting; or commits without a majority.";
      case "early_ok" ->
          "A write was acknowledged before a majority had it. Usual causes: ok is answered before the entry"
              + " is committed; less than a majority is counted; a follower accepts AppendEntries"
              + " without the consistency check, or keeps conflicting entries; commitIndex goes"
              + " beyond what was compared; or ok is answered when the leader steps down.";
      case "packet_storm" -> storm(trace);
      case "get_answered" ->
          orElse(RefusalText.of(RequestOutcomes.of(trace, SymptomText::isGet)), UNKNOWN);
      case "put_answered", "no_state" ->
          orElse(RefusalText.of(RequestOutcomes.of(trace, request -> !isGet(request))), UNKNOWN);
      case "steps" -> StepFailureText.text(trace);
      case "live_calm" ->
          verdict.text().contains(" sent each other ")
              ? MessageFlood.of(trace, verdict.evidence()).text()
              : "Usual causes: the heartbeat interval is longer than the election timeout; election timeouts are"
                  + " too short, or not random; or a replica that can't win starts elections again and"
                  + " again, each in a later term.";
      case "live_leader" -> NoLeaderText.noLeader(trace, verdict.evidence());
      case "live_answers" -> liveAnswers(verdict, trace);
      case "live_catch_up" ->
          "Usual causes: nextIndex does not go back far enough after a rejection; messages are too large for"
              + " a datagram; or a snapshot is never sent, or never installed.";
      case "limits" -> limits(verdict, trace);
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
    if (isOf(verdict, CountedMetric.MESSAGES) || isOf(verdict, CountedMetric.BYTES)) {
      return MessageFlood.of(trace, verdict.evidence()).text();
    } else if (isOf(verdict, CountedMetric.REJECTIONS)) {
      return "Usual causes: nextIndex or matchIndex is lost or goes back; or the same entries are sent"
          + " again before the answer can arrive.";
    } else if (isOf(verdict, CountedMetric.MEAN_LATENCY) || isOf(verdict, CountedMetric.OKS)) {
      return "Usual causes: an entry is not sent until the next heartbeat; or an answer waits until"
          + " the next heartbeat shows that the entry is committed.";
    } else if (isOf(verdict, CountedMetric.LEADERS)
        || isOf(verdict, CountedMetric.LEADER_CHANGES)
        || isOf(verdict, CountedMetric.CLAIMS)) {
      return "Usual causes: the heartbeat interval is longer than the shortest election timeout; or"
          + " election timeouts are too short, or not random.";
    } else if (isOf(verdict, CountedMetric.UNANSWERED)
        || isOf(verdict, CountedMetric.FAILS)
        || isOf(verdict, CountedMetric.REDIRECTS)) {
      return orElse(RefusalText.of(RequestOutcomes.of(trace, request -> true)), UNKNOWN);
    }
    return UNKNOWN;
  }

  private static boolean isOf(Verdict verdict, CountedMetric measure) {
    return verdict.text().contains(" " + measure.description());
  }
}
