package raftlab.strangers;

/** A mistake in {@link PlainRaft}. */
enum PlainBug {
  NONE,
  /** An append that was lost is never sent again, and a gap is never filled. */
  NEVER_RESENDS,
  /** Votes of earlier elections count. */
  COUNTS_OLD_VOTES,
  /** Timers are looked at only when a message comes. */
  BLOCKING
}
