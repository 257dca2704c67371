package raftlab.strangers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The state of a leader, or a candidate, about another replica in its term. */
final class PeerProgress {
  private static final long RESEND_MILLIS = 100;
  private static final int LONGEST_BACKOFF = 16;

  private long next;
  private long match;
  private long step = 1;
  private boolean waiting;
  private long sentAt;
  private int lost;
  private final List<Long> ends = new ArrayList<>();
  private int accepted;
  private int refused;
  private final Map<String, Long> endOf = new HashMap<>();
  private boolean voted;

  PeerProgress(long next) {
    this.next = next;
  }

  long next() {
    return next;
  }

  long match() {
    return match;
  }

  boolean hasVoted() {
    return voted;
  }

  void vote() {
    voted = true;
  }

  /** Whether an append with entries is under way. */
  boolean isWaiting() {
    return waiting;
  }

  /** When that one counts as lost. */
  long resendAt(MessageStyle style) {
    long wait = Math.max(RESEND_MILLIS, style.heartbeatMillis());
    int backoff =
        style.has(StyleTrait.ACK_FLAG) ? Math.min(LONGEST_BACKOFF, 1 << Math.min(lost, 4)) : 1;
    return sentAt + wait * backoff;
  }

  /** Entries were sent. */
  void sent(long now) {
    lost += waiting ? 1 : 0;
    sentAt = now;
    waiting = true;
  }

  /** An append that ends there was sent, and its answer will only have a flag. */
  void expectFlag(long end) {
    int at = Collections.binarySearch(ends, end);
    ends.add(at < 0 ? -at - 1 : at, end);
  }

  /** Appends that were never answered, or not yet. */
  int unanswered() {
    return ends.size() - accepted - refused;
  }

  /** An append that ends there was sent, and its answer will have this MID. */
  void expect(String mid, long end) {
    endOf.put(mid, end);
  }

  /** The end of the append of this MID, the first time that it is answered. */
  OptionalLong endOf(String mid) {
    Long end = endOf.remove(mid);
    return end == null ? OptionalLong.empty() : OptionalLong.of(end);
  }

  /**
   * How far the follower matches after one more flag: the furthest of the accepted appends reaches
   * at least so far.
   */
  OptionalLong matchByFlags() {
    return accepted < ends.size() ? OptionalLong.of(ends.get(accepted++)) : OptionalLong.empty();
  }

  /** Something was answered. */
  void answered() {
    lost = 0;
  }

  /** It matches up to there. */
  void matches(long index, long last, boolean flags) {
    if (index > match || index == last || flags) {
      waiting = false;
    }
    match = Math.max(match, index);
    next = Math.max(next, match + 1);
    step = 1;
  }

  /** A refusal without a word on where to go on: 1, 2, 4, ... entries earlier. */
  void stepBack() {
    goOnFrom(next - step);
    step *= 2;
  }

  /** A refusal that says where to go on. */
  void goOnFrom(long index) {
    refused++;
    next = Math.max(match + 1, Math.max(1, index));
    waiting = false;
  }

  /** All that is sent counts as received, and refusals as nothing: the bug NEVER_RESENDS. */
  void skipTo(long index) {
    next = index;
    waiting = false;
  }
}
