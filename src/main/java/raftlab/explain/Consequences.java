package raftlab.explain;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import raftlab.judge.invariant.KnownMistake;

/**
 * The mistakes that show as others, too: a follower that answers reads also answers before it has
 * committed an entry of its term. The mistake that was made is named, not what follows from it.
 */
final class Consequences {
  private static final Map<KnownMistake, Set<KnownMistake>> SHOWS_AS =
      new EnumMap<>(KnownMistake.class);

  static {
    Set<KnownMistake> wrongLeases =
        EnumSet.of(KnownMistake.READS_WITHOUT_MAJORITY, KnownMistake.LEASE_TOO_LONG);
    Set<KnownMistake> earlyCommits =
        EnumSet.of(
            KnownMistake.COMMITS_WITH_HALF,
            KnownMistake.COMMITS_TOO_FAR,
            KnownMistake.MATCH_FROM_NEXT);
    add(KnownMistake.READS_ANYWHERE, wrongLeases);
    add(KnownMistake.READS_ANYWHERE, Set.of(KnownMistake.READS_BEFORE_OWN_COMMIT));
    // A deposed leader that followers still accept has a majority.
    add(KnownMistake.ACCEPTS_OLD_TERM, wrongLeases);
    // A follower that took entries of an old leader has a log that no leader knows.
    add(
        KnownMistake.ACCEPTS_OLD_TERM,
        EnumSet.of(
            KnownMistake.DROPS_LOG_AT_WINNING,
            KnownMistake.ENDLESS_REJECTIONS,
            KnownMistake.KEEPS_CONFLICTING_ENTRIES,
            KnownMistake.SKIPS_CONSISTENCY_CHECK));
    add(KnownMistake.LEASE_SURVIVES_TRANSFER, wrongLeases);
    add(KnownMistake.VOTES_AT_ONCE_AFTER_RESTART, wrongLeases);
    add(KnownMistake.COUNTS_VOTES_TWICE, Set.of(KnownMistake.ELECTED_BY_HALF));
    add(KnownMistake.COUNTS_PRE_VOTES, Set.of(KnownMistake.ELECTED_BY_HALF));
    add(KnownMistake.FORGETS_VOTE_WHEN_FOLLOWING, Set.of(KnownMistake.VOTES_TWICE));
    add(KnownMistake.COMPARES_ONLY_LENGTH, Set.of(KnownMistake.VOTES_FOR_OLD_LOG));
    add(KnownMistake.PRE_VOTE_HIDES_TERM, Set.of(KnownMistake.CANDIDATE_STAYS));
    add(KnownMistake.LEASE_FROM_REPLY, wrongLeases);
    add(KnownMistake.READS_BY_LATE_REPLIES, wrongLeases);
    add(
        KnownMistake.FORGETS_OWN_VOTE,
        EnumSet.of(KnownMistake.FORGETS_VOTE, KnownMistake.VOTES_TWICE));
    add(
        KnownMistake.RESTORES_DELETED_ENTRIES,
        EnumSet.of(
            KnownMistake.KEEPS_CONFLICTING_ENTRIES,
            KnownMistake.SKIPS_CONSISTENCY_CHECK,
            KnownMistake.VOTES_FOR_OLD_LOG));
    add(
        KnownMistake.APPLIES_AGAIN_AFTER_RESTART,
        EnumSet.of(
            KnownMistake.COMMIT_GOES_BACK,
            KnownMistake.EXECUTES_RETRIES,
            KnownMistake.SNAPSHOT_WITHOUT_SESSIONS));
    add(KnownMistake.LEARNER_COUNTS, earlyCommits);
    add(
        KnownMistake.LEARNER_COUNTS,
        EnumSet.of(KnownMistake.ELECTED_BY_HALF, KnownMistake.REMOVED_STILL_COUNTS));
    add(KnownMistake.LEADER_STORES_LATE, Set.of(KnownMistake.STORES_LATE));
    add(KnownMistake.COUNTS_REPLIES_OF_OLD_TERM, earlyCommits);
    add(KnownMistake.REMOVED_LEADER_COUNTS_ITSELF, earlyCommits);
    add(KnownMistake.REMOVED_LEADER_COUNTS_ITSELF, Set.of(KnownMistake.REMOVED_STILL_COUNTS));
  }

  private Consequences() {}

  private static void add(KnownMistake cause, Set<KnownMistake> shown) {
    SHOWS_AS.computeIfAbsent(cause, each -> EnumSet.noneOf(KnownMistake.class)).addAll(shown);
  }

  /** Whether one mistake shows as another, too. */
  static boolean shows(KnownMistake cause, KnownMistake other) {
    return SHOWS_AS.getOrDefault(cause, Set.of()).contains(other);
  }
}
