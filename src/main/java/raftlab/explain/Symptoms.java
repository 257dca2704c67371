package raftlab.explain;

import java.util.List;
import raftlab.explain.LikelyCause.Certainty;
import raftlab.judge.check.RequestOutcomes;
import raftlab.judge.check.Verdict;
import raftlab.scenario.CountedMetric;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Message;

/** The usual causes of what a check found, where nothing else is known. */
final class Symptoms {
  /** What is said where nothing but the symptom is known. */
  static final String UNKNOWN = "Nothing more than this symptom was seen.";

  private Symptoms() {}

  /** The cause to name for this verdict. */
  static LikelyCause usual(Verdict verdict, Trace trace) {
    return new LikelyCause(
        verdict.check().replace('_', '-'),
        text(verdict, trace),
        section(verdict),
        Certainty.USUAL,
        List.of());
  }

  private static String section(Verdict verdict) {
    return switch (verdict.check()) {
      case "get_answered", "put_answered", "steps", "limits" ->
          verdict.section().isEmpty() ? "§5.2 and §5.3" : verdict.section();
      default -> verdict.section();
    };
  }

  private static String text(Verdict verdict, Trace trace) {
    return switch (verdict.check()) {
      case "died" ->
          verdict.evidence().isEmpty() ? "" : Endings.text(trace, verdict.evidence().get(0));
      case "one_vote", "election_safety", "one_leader" ->
          "Usual causes: votedFor is not kept for the whole term or not stored; a leader is elected by"
              + " fewer than a majority; or votes of an earlier term are counted.";
      case "durability" ->
          "Usual cause: a message leaves before term, vote and log are stored and synced.";
      case "log_matching", "state_machine_safety" ->
          "Usual causes: prevLogIndex and prevLogTerm are not checked; entries in conflict are not"
              + " deleted; or commitIndex goes beyond what the leader has confirmed.";
      case "leader_completeness" ->
          "Usual causes: a vote for a candidate with an older log; entries of an earlier term committed"
              + " by counting; or commits without a majority.";
      case "early_ok" ->
          "A write was acknowledged before a majority had it. Usual causes: ok is answered before the entry"
              + " is committed; fewer than a majority are counted; a follower agrees to what its log"
              + " doesn't hold, or keeps entries that contradict its leader's; commitIndex goes beyond"
              + " what was compared; or ok is answered when the lead is lost.";
      case "packet_storm" -> storm(trace);
      case "get_answered" ->
          orElse(RefusalText.of(RequestOutcomes.of(trace, Symptoms::isGet)), UNKNOWN);
      case "put_answered", "no_state" ->
          orElse(RefusalText.of(RequestOutcomes.of(trace, request -> !isGet(request))), UNKNOWN);
      case "steps" -> StepSymptoms.text(trace);
      case "live_calm" ->
          verdict.text().contains(" sent each other ")
              ? Flood.of(trace, verdict.evidence()).text()
              : "Usual causes: heartbeats come less often than followers lose their patience; election timeouts"
                  + " are too short, or not random; or a replica that can't win stands again and again"
                  + " and takes the others into its term.";
      case "live_leader" -> Candidacies.noLeader(trace, verdict.evidence());
      case "live_answers" -> liveAnswers(verdict, trace);
      case "live_catch_up" ->
          "Usual causes: nextIndex doesn't go back far enough after a rejection; more is sent than a"
              + " datagram holds; or a snapshot is never sent, or never taken over.";
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

  /** A run can also end as a storm of redirects, or of changes of state. */
  private static String storm(Trace trace) {
    RequestOutcomes all = RequestOutcomes.of(trace, request -> true);
    Flood flood = Flood.of(trace, List.of());
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
      return Flood.of(trace, verdict.evidence()).text();
    } else if (isOf(verdict, CountedMetric.REJECTIONS)) {
      return "Usual causes: progress that is forgotten or taken back (nextIndex, matchIndex); or the"
          + " same entries are sent again before the answer can come.";
    } else if (isOf(verdict, CountedMetric.MEAN_LATENCY) || isOf(verdict, CountedMetric.OKS)) {
      return "Usual causes: a request waits for the next heartbeat where its entry should be sent at"
          + " once; or an answer waits until the next heartbeat tells that the entry is committed.";
    } else if (isOf(verdict, CountedMetric.LEADERS)
        || isOf(verdict, CountedMetric.LEADER_CHANGES)
        || isOf(verdict, CountedMetric.CLAIMS)) {
      return "Usual causes: heartbeats come less often than the shortest election timeout; or"
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
