package raftlab.explain;

import java.util.List;
import raftlab.explain.LikelyCause.Certainty;
import raftlab.judge.Verdict;
import raftlab.trace.Trace;

/** The usual causes of what a check found, where nothing else is known. */
final class Symptoms {
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
      case "packet_storm" ->
          "Usual causes: an answer that is answered; a broadcast where one message would do; or sending"
              + " again without waiting.";
      case "get_answered", "put_answered" ->
          "Usual causes: no leader is elected for long (split votes, timeouts that are too short or not"
              + " random); a lost message is not sent again; or requests that wait are forgotten when"
              + " the leader changes.";
      case "live_calm" ->
          "Usual causes: heartbeats come less often than followers lose their patience; election timeouts"
              + " are too short, or not random; or a replica that can't win stands again and again"
              + " and takes the others into its term.";
      case "live_leader" ->
          "Usual causes: election timeouts are not random, so that votes split again and again; timers"
              + " are reset by messages that should not; a candidate ignores later terms; or"
              + " majorities are counted of too many replicas.";
      case "live_answers" ->
          "Usual causes: a lost message is not sent again; a request is forgotten when the leader changes"
              + " or its majority is late; or clients are sent to somebody who doesn't lead.";
      case "live_catch_up" ->
          "Usual causes: nextIndex doesn't go back far enough after a rejection; more is sent than a"
              + " datagram holds; or a snapshot is never sent, or never taken over.";
      case "limits" ->
          "What is bounded here depends on how much is sent again, how long is waited, and how many"
              + " messages a request takes. Usual causes: progress that is forgotten or taken back (nextIndex,"
              + " matchIndex); waiting for the next heartbeat where a message should be sent at"
              + " once; or heartbeats and elections that are too frequent.";
      default ->
          "Usual causes: no leader is elected for long (split votes, timers that are reset wrongly);"
              + " a lost message is not sent again; or a leader that never learns that it is deposed.";
    };
  }
}
