package raftlab.explain;

import java.util.List;
import java.util.Map;
import java.util.Set;
import raftlab.explain.Clues.Clue;
import raftlab.judge.Judgement;
import raftlab.judge.check.Contradiction;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.trace.Event;

/**
 * What is left of the clues where nothing proves that messages are understood: what rests on their
 * fields is never certain, is left out where a rule seems to be broken each time that it applies,
 * and is named only if it explains what the run failed over.
 */
final class Misreading {
  /** Checks that fail where a replica's state or answers are wrong. */
  private static final Set<String> WRONG_STATE =
      Set.of(
          "incorrect",
          "linearizable",
          "early_ok",
          "blind_read",
          "one_leader",
          "no_state",
          "replicated");

  /** Checks that fail where a get answers an older value. */
  private static final Set<String> WRONG_READ = Set.of("incorrect", "linearizable", "blind_read");

  /** Checks that fail where nothing moves on, or too much is sent. */
  private static final Set<String> NO_PROGRESS =
      Set.of(
          "steps",
          "limits",
          "packet_storm",
          "get_answered",
          "put_answered",
          "live_leader",
          "live_answers",
          "live_catch_up",
          "live_calm");

  /** What a mistake can explain; any failure, if it isn't named here. */
  private static final Map<String, Set<String>> EXPLAINS =
      Map.ofEntries(
          Map.entry("any-message-resets-timer", NO_PROGRESS),
          Map.entry("candidate-stays", NO_PROGRESS),
          Map.entry("endless-rejections", NO_PROGRESS),
          Map.entry("fixed-election-timeout", NO_PROGRESS),
          Map.entry("ignores-later-term", NO_PROGRESS),
          Map.entry("match-goes-back", NO_PROGRESS),
          Map.entry("never-retransmits", NO_PROGRESS),
          Map.entry("next-index-below-one", NO_PROGRESS),
          Map.entry("slow-heartbeats", NO_PROGRESS),
          Map.entry("vote-does-not-reset-timer", NO_PROGRESS),
          Map.entry("lease-too-long", WRONG_READ),
          Map.entry("reads-anywhere", WRONG_READ),
          Map.entry("reads-before-own-commit", WRONG_READ),
          Map.entry("reads-without-majority", WRONG_READ),
          Map.entry("accepts-old-term", WRONG_STATE),
          Map.entry("claims-unverified", WRONG_STATE),
          Map.entry("commits-too-far", WRONG_STATE),
          Map.entry("commits-unverified", WRONG_STATE),
          Map.entry("commits-with-half", WRONG_STATE),
          Map.entry("drops-log-at-winning", WRONG_STATE),
          Map.entry("elected-by-half", WRONG_STATE),
          Map.entry("heartbeat-without-check", WRONG_STATE),
          Map.entry("match-from-next", WRONG_STATE),
          Map.entry("skips-consistency-check", WRONG_STATE),
          Map.entry("truncates-on-old-append", WRONG_STATE),
          Map.entry("votes-for-old-log", WRONG_STATE),
          Map.entry("votes-twice", WRONG_STATE));

  private Misreading() {}

  /** The clues that can be told as the cause of this failure. */
  static List<Clue> believed(Clues clues, Judgement judgement) {
    return clues.all().stream()
        .filter(clue -> !clue.restsOnMessages() || isLikely(clue, clues, judgement))
        .map(clue -> clue.restsOnMessages() ? clue.likely() : clue)
        .toList();
  }

  private static boolean isLikely(Clue clue, Clues clues, Judgement judgement) {
    String name = clue.cause().name();
    if (clues.isMisread(name) && !isConfirmed(clue, judgement)) {
      return false;
    }
    Set<String> checks = EXPLAINS.get(name);
    return checks == null
        || judgement.verdicts().stream()
            .filter(verdict -> verdict.status() != Status.PASS)
            .map(Verdict::check)
            .anyMatch(checks::contains);
  }

  /** Whether the very answer that it accuses contradicts what clients know. */
  private static boolean isConfirmed(Clue clue, Judgement judgement) {
    return judgement.contradictions().stream()
        .map(Contradiction::blamed)
        .anyMatch(blamed -> isIn(clue.cause().evidence(), blamed));
  }

  private static boolean isIn(List<Event> evidence, Event blamed) {
    return evidence.stream()
        .anyMatch(
            event ->
                event.equals(blamed)
                    || event instanceof Event.Sent sent
                        && blamed instanceof Event.Answered answer
                        && answer.mid().equals(sent.message().mid())
                        && answer.replica().equals(sent.from()));
  }

  /** The clues that don't rest on the fields of messages between replicas. */
  static List<Clue> independent(Clues clues) {
    return clues.all().stream().filter(clue -> !clue.restsOnMessages()).toList();
  }
}
