package raftlab.explain.detect;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import raftlab.dialect.Dialect;
import raftlab.dialect.Dialect.Aspect;
import raftlab.dialect.Dialect.Certainty;
import raftlab.judge.Judgement;
import raftlab.judge.invariant.KnownMistake;

/**
 * The suspicions to keep if messages were read by a {@link Dialect}. Each mistake needs some
 * aspects of the reading: if all were proved in this run, a suspicion is as certain as it would be
 * with reports; if one is only likely, it is likely at most, and must explain a check that failed;
 * if one is unknown, it is left out.
 */
public final class DialectSuspicions {
  private static final Set<Aspect> ELECTIONS = EnumSet.of(Aspect.TERMS, Aspect.VOTES);
  private static final Set<Aspect> LOGS =
      EnumSet.of(Aspect.TERMS, Aspect.ENTRIES, Aspect.ACKNOWLEDGEMENTS);
  private static final Set<Aspect> COMMITS =
      EnumSet.of(Aspect.TERMS, Aspect.ENTRIES, Aspect.ACKNOWLEDGEMENTS, Aspect.COMMIT);
  private static final Set<Aspect> STORED_LOGS =
      EnumSet.of(
          Aspect.TERMS,
          Aspect.ENTRIES,
          Aspect.ACKNOWLEDGEMENTS,
          Aspect.CANDIDATE_LOG,
          Aspect.VOTES);
  private static final Set<KnownMistake> EARLY_COMMITS =
      EnumSet.of(
          KnownMistake.COMMITS_WITH_HALF,
          KnownMistake.MATCH_FROM_NEXT,
          KnownMistake.COMMITS_TOO_FAR);
  private static final Set<KnownMistake> IN_PASSED_RUNS =
      EnumSet.of(
          KnownMistake.COMMITS_OLD_TERM,
          KnownMistake.READS_BEFORE_OWN_COMMIT,
          KnownMistake.READS_WITHOUT_MAJORITY);
  private static final Map<KnownMistake, Set<Aspect>> NEEDED = new EnumMap<>(KnownMistake.class);

  static {
    need(
        ELECTIONS,
        KnownMistake.VOTES_TWICE,
        KnownMistake.COUNTS_VOTES_TWICE,
        KnownMistake.COUNTS_PRE_VOTES,
        KnownMistake.ELECTED_BY_HALF,
        KnownMistake.REMOVED_STILL_COUNTS,
        KnownMistake.FIXED_ELECTION_TIMEOUT,
        KnownMistake.ANY_MESSAGE_RESETS_TIMER,
        KnownMistake.VOTE_DOES_NOT_RESET_TIMER,
        KnownMistake.FORGETS_VOTE,
        KnownMistake.FORGETS_TERM,
        KnownMistake.CANDIDATE_STAYS);
    need(
        EnumSet.of(Aspect.TERMS),
        KnownMistake.SLOW_HEARTBEATS,
        KnownMistake.LEADER_STAYS,
        KnownMistake.IGNORES_LATER_TERM,
        KnownMistake.ACCEPTS_OLD_TERM,
        KnownMistake.READS_ANYWHERE,
        KnownMistake.READS_WITHOUT_MAJORITY,
        KnownMistake.LEASE_TOO_LONG);
    need(
        STORED_LOGS,
        KnownMistake.VOTES_FOR_OLD_LOG,
        KnownMistake.STORES_NOTHING);
    need(
        COMMITS,
        KnownMistake.COMMITS_WITH_HALF,
        KnownMistake.COMMITS_TOO_FAR,
        KnownMistake.MATCH_FROM_NEXT,
        KnownMistake.COMMITS_OLD_TERM,
        KnownMistake.COMMITS_UNVERIFIED,
        KnownMistake.COMMIT_GOES_BACK,
        KnownMistake.READS_BEFORE_OWN_COMMIT);
  }

  private DialectSuspicions() {}

  private static void need(Set<Aspect> aspects, KnownMistake... mistakes) {
    for (KnownMistake mistake : mistakes) {
      NEEDED.put(mistake, aspects);
    }
  }

  /** How sure the reading is for a mistake. */
  public static Certainty certainty(KnownMistake mistake, Dialect dialect) {
    return NEEDED.getOrDefault(mistake, LOGS).stream()
        .map(dialect::certainty)
        .min(Enum::compareTo)
        .orElse(Certainty.UNKNOWN);
  }

  /** Whether what this mistake is seen in was learned, so that names of fields prove nothing. */
  public static boolean isRead(KnownMistake mistake, Dialect dialect) {
    return certainty(mistake, dialect) != Certainty.UNKNOWN;
  }

  /** The suspicions that may be the cause of this failure. */
  public static List<Suspicion> believable(Suspicions all, Dialect dialect, Judgement judgement) {
    return all.all().stream()
        .map(each -> UnprovenSuspicions.confirmed(each, all, judgement))
        .flatMap(each -> believable(each, all, dialect, judgement))
        .toList();
  }

  /**
   * An entry that a leader committed too early, if its commit index can be read: in a run in which
   * a write was acknowledged too early, as clients saw, it is no misreading.
   */
  public static Optional<Suspicion> earlyCommit(Suspicions all, Dialect dialect) {
    return all.all().stream()
        .filter(each -> EARLY_COMMITS.contains(each.mistake()))
        .filter(each -> certainty(each.mistake(), dialect) != Certainty.UNKNOWN)
        .min(Comparator.comparingLong(Suspicion::atMicros))
        .map(each -> certainty(each.mistake(), dialect) == Certainty.PROVED ? each : each.likely());
  }

  /** Whether commit indexes can be read, and no leader committed an entry too early. */
  public static boolean keepsCommitRule(Suspicions all, Dialect dialect) {
    return certainty(KnownMistake.COMMITS_WITH_HALF, dialect) != Certainty.UNKNOWN
        && all.isKept(KnownMistake.COMMITS_WITH_HALF)
        && EARLY_COMMITS.stream().allMatch(each -> all.count(each) == 0);
  }

  private static Stream<Suspicion> believable(
      Suspicion suspicion, Suspicions all, Dialect dialect, Judgement judgement) {
    if (!suspicion.restsOnMessages()) {
      return Stream.of(suspicion);
    }
    boolean isLikely = UnprovenSuspicions.isBelievable(suspicion, all, judgement);
    return switch (certainty(suspicion.mistake(), dialect)) {
      case UNKNOWN -> Stream.empty();
      case LIKELY -> isLikely ? Stream.of(suspicion.likely()) : Stream.empty();
      case PROVED ->
          !all.isMisread(suspicion.mistake()) && UnprovenSuspicions.mayExplain(suspicion, judgement)
                  || UnprovenSuspicions.isConfirmed(suspicion, judgement)
              ? Stream.of(suspicion)
              : isLikely ? Stream.of(suspicion.likely()) : Stream.empty();
    };
  }

  /**
   * What to say of a run that passed: few mistakes only, which show in what a client gets or in two
   * numbers of one message, and were seen more than once.
   */
  public static List<Suspicion> ofPassedRun(Suspicions all, Dialect dialect) {
    return proved(all, dialect).stream()
        .filter(
            each ->
                !each.restsOnMessages()
                    || IN_PASSED_RUNS.contains(each.mistake()) && all.count(each.mistake()) > 1)
        .toList();
  }

  /** The suspicions whose reading is proved, and those that need no reading of messages. */
  public static List<Suspicion> proved(Suspicions all, Dialect dialect) {
    return all.all().stream()
        .filter(
            each ->
                !each.restsOnMessages()
                    || !all.isMisread(each.mistake())
                        && certainty(each.mistake(), dialect) == Certainty.PROVED)
        .toList();
  }
}
