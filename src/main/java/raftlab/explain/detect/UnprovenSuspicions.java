package raftlab.explain.detect;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import raftlab.judge.Judgement;
import raftlab.judge.check.Contradiction;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.invariant.CheckName;
import raftlab.judge.invariant.KnownMistake;
import raftlab.trace.Event;

/**
 * The suspicions to keep if no reports confirm the meaning of messages. A suspicion that rests on
 * messages is then never certain; it is left out if its rule seems to be broken each time that it
 * applies, and kept only if it explains a check that failed.
 */
public final class UnprovenSuspicions {
  /** Checks that fail if a replica's state or answers are wrong. */
  private static final Set<CheckName> WRONG_STATE =
      Set.of(
          CheckName.INCORRECT,
          CheckName.LINEARIZABLE,
          CheckName.EARLY_OK,
          CheckName.BLIND_READ,
          CheckName.ONE_LEADER,
          CheckName.PROTOCOL,
          CheckName.NO_STATE);

  /** Checks that fail if a get returns an older value. */
  private static final Set<CheckName> WRONG_READ =
      Set.of(CheckName.INCORRECT, CheckName.LINEARIZABLE, CheckName.BLIND_READ);

  /** Checks that fail without progress, or with too many messages. */
  private static final Set<CheckName> NO_PROGRESS =
      Set.of(
          CheckName.STEPS,
          CheckName.LIMITS,
          CheckName.PACKET_STORM,
          CheckName.GET_ANSWERED,
          CheckName.PUT_ANSWERED,
          CheckName.LIVE_LEADER,
          CheckName.LIVE_ANSWERS,
          CheckName.LIVE_CATCH_UP,
          CheckName.LIVE_CALM);

  /** The checks that a mistake explains; all, if it isn't named here. */
  private static final Map<KnownMistake, Set<CheckName>> EXPLAINS =
      new EnumMap<>(KnownMistake.class);

  static {
    explain(
        NO_PROGRESS,
        KnownMistake.ANY_MESSAGE_RESETS_TIMER,
        KnownMistake.CANDIDATE_STAYS,
        KnownMistake.ENDLESS_REJECTIONS,
        KnownMistake.FIXED_ELECTION_TIMEOUT,
        KnownMistake.IGNORES_LATER_TERM,
        KnownMistake.MATCH_GOES_BACK,
        KnownMistake.NEVER_RETRANSMITS,
        KnownMistake.NEXT_INDEX_BELOW_ONE,
        KnownMistake.SLOW_HEARTBEATS,
        KnownMistake.VOTE_DOES_NOT_RESET_TIMER);
    explain(
        WRONG_READ,
        KnownMistake.LEASE_TOO_LONG,
        KnownMistake.READS_ANYWHERE,
        KnownMistake.READS_BEFORE_OWN_COMMIT,
        KnownMistake.READS_WITHOUT_MAJORITY);
    Set<CheckName> wrongStateOrNoProgress = EnumSet.copyOf(WRONG_STATE);
    wrongStateOrNoProgress.add(CheckName.STEPS);
    explain(wrongStateOrNoProgress, KnownMistake.ACCEPTS_OLD_TERM);
    explain(
        WRONG_STATE,
        KnownMistake.CLAIMS_UNVERIFIED,
        KnownMistake.COMMITS_OLD_TERM,
        KnownMistake.COMMITS_TOO_FAR,
        KnownMistake.COMMITS_UNVERIFIED,
        KnownMistake.COMMITS_WITH_HALF,
        KnownMistake.DROPS_LOG_AT_WINNING,
        KnownMistake.ELECTED_BY_HALF,
        KnownMistake.HEARTBEAT_WITHOUT_CHECK,
        KnownMistake.MATCH_FROM_NEXT,
        KnownMistake.SKIPS_CONSISTENCY_CHECK,
        KnownMistake.TRUNCATES_ON_OLD_APPEND,
        KnownMistake.VOTES_FOR_OLD_LOG,
        KnownMistake.VOTES_TWICE);
  }

  private UnprovenSuspicions() {}

  private static void explain(Set<CheckName> checks, KnownMistake... mistakes) {
    for (KnownMistake mistake : mistakes) {
      EXPLAINS.put(mistake, checks);
    }
  }

  /** The suspicions that may be the cause of this failure. */
  public static List<Suspicion> believable(Suspicions all, Judgement judgement) {
    return all.all().stream()
        .map(each -> confirmed(each, all, judgement))
        .filter(each -> !each.restsOnMessages() || isBelievable(each, all, judgement))
        .map(each -> each.restsOnMessages() ? each.likely() : each)
        .toList();
  }

  static boolean isBelievable(Suspicion suspicion, Suspicions all, Judgement judgement) {
    if (all.isMisread(suspicion.mistake()) && !isConfirmed(suspicion, judgement)) {
      return false;
    }
    return mayExplain(suspicion, judgement);
  }

  /** Whether a check failed that the mistake can make fail. */
  static boolean mayExplain(Suspicion suspicion, Judgement judgement) {
    Set<CheckName> checks = EXPLAINS.get(suspicion.mistake());
    return checks == null
        || judgement.verdicts().stream()
            .filter(verdict -> verdict.status() != Status.PASS)
            .map(Verdict::check)
            .anyMatch(checks::contains);
  }

  /**
   * The same mistake where it led to an answer that contradicts the clients' history, if it did.
   */
  static Suspicion confirmed(Suspicion suspicion, Suspicions all, Judgement judgement) {
    for (Contradiction wrong : judgement.contradictions()) {
      Suspicion confirmed =
          all.showing(suspicion.mistake(), evidence -> isIn(evidence, wrong.blamed()));
      if (confirmed != null) {
        return confirmed;
      }
    }
    return suspicion;
  }

  /** Whether the answer in its evidence is one that contradicts the clients' history. */
  public static boolean isConfirmed(Suspicion suspicion, Judgement judgement) {
    return judgement.contradictions().stream()
        .map(Contradiction::blamed)
        .anyMatch(blamed -> isIn(suspicion.evidence(), blamed));
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

  /** The suspicions that don't rest on messages between replicas. */
  public static List<Suspicion> independent(Suspicions all) {
    return all.all().stream().filter(each -> !each.restsOnMessages()).toList();
  }
}
