package raftlab.strangers;

import java.util.List;
import java.util.OptionalLong;
import raftlab.wire.Id;

/** What a message between replicas says. Indexes count from 1; 0 is the empty log, of term 0. */
sealed interface MessageContent {
  Id src();

  /** The message's ID; null if it has none. */
  String mid();

  /**
   * A candidate asks for a vote.
   *
   * @param leader what the message says who leads
   */
  record VoteRequest(Id src, Id leader, String mid, long term, long last, long lastTerm)
      implements MessageContent {}

  /**
   * The answer to a vote request.
   *
   * @param term empty if the style's votes have none
   */
  record Vote(Id src, String mid, OptionalLong term, boolean granted) implements MessageContent {}

  /**
   * Entries, or a heartbeat.
   *
   * @param checked whether it has a previous index and term
   */
  record Append(
      Id src,
      String mid,
      long term,
      boolean checked,
      long prev,
      long prevTerm,
      List<PlainLogEntry> entries,
      long commit)
      implements MessageContent {
    long end() {
      return prev + entries.size();
    }
  }

  /**
   * The answer to an append.
   *
   * @param match how far the logs are known to match; empty if it does not say so
   * @param hint where to go on after a refusal; empty if it does not say so
   * @param conflictTerm the follower's term there; 0 if it does not say so
   */
  record Ack(
      Id src,
      String mid,
      OptionalLong term,
      boolean success,
      OptionalLong match,
      OptionalLong hint,
      long conflictTerm)
      implements MessageContent {}

  /** The leader's notice of what is committed. */
  record Commit(Id src, String mid, long term, long index, long indexTerm)
      implements MessageContent {}
}
