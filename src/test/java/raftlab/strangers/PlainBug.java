package raftlab.strangers;

/** A mistake in {@link PlainRaft}. */
enum PlainBug {
  NONE,
  /** An append that was lost is never sent again, and a gap is never filled. */
  NEVER_RESENDS,
  /** Lost appends are sent again, but a refusal does not make the leader send earlier entries. */
  IGNORES_REFUSALS,
  /**
   * Each entry is sent once; followers append and apply all entries without the consistency check,
   * and the leader counts the answers to each entry alone.
   */
  APPENDS_BLINDLY,
  /** Votes of earlier elections count; those that were counted once stay counted. */
  COUNTS_OLD_VOTES,
  /** Votes are discarded at each election, but late ones of earlier elections count. */
  COUNTS_LATE_VOTES,
  /** Elections only: a leader answers no client, and its log stays empty. */
  ELECTS_ONLY,
  /** Timers are looked at only when a message comes. */
  BLOCKING;

  /** Whether an append is sent only once. */
  boolean sendsOnce() {
    return this == NEVER_RESENDS || this == APPENDS_BLINDLY;
  }

  /** Whether a leader counts followers' refusals as nothing. */
  boolean ignoresRefusals() {
    return sendsOnce() || this == IGNORES_REFUSALS;
  }

  /** Whether a vote of an earlier term counts. */
  boolean countsEarlierTerms() {
    return this == COUNTS_OLD_VOTES || this == COUNTS_LATE_VOTES;
  }
}
