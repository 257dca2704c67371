package raftlab.workload;

import java.util.random.RandomGenerator;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * Where a client turns next, and when: it takes the {@code leader} of every answer as its next
 * destination; if that is unknown or dead, it turns to a living replica at random.
 *
 * <p>It tries again at once, as in the course; but after {@link #EAGER_TRIES} tries of the same
 * request it waits a little longer each time, so that a client that is sent in circles doesn't take
 * the machine from everybody else.
 */
final class LeaderHint {
  private static final int EAGER_TRIES = 20;
  private static final long FIRST_WAIT_MICROS = 1_000;
  private static final long LONGEST_WAIT_MICROS = 64_000;

  private final RequestSender requests;
  private final RandomGenerator random;
  private Id leader = Id.BROADCAST;

  LeaderHint(RequestSender requests, RandomGenerator random) {
    this.requests = requests;
    this.random = random;
  }

  /** Whom the last answer named as the leader; {@link Id#BROADCAST} if nobody. */
  Id leader() {
    return leader;
  }

  void heard(Message answer) {
    leader = answer.leader();
  }

  /** Whom to ask; null if nobody can be reached. */
  Id next() {
    return requests.isReachable(leader) ? leader : requests.anyReachable(random);
  }

  /**
   * Sends once more, now or after a while.
   *
   * @param tries how often the same was sent before
   */
  void again(int tries, Runnable send) {
    if (tries <= EAGER_TRIES) {
      send.run();
    } else {
      int doublings = Math.min(tries - EAGER_TRIES - 1, 16);
      requests.later(Math.min(FIRST_WAIT_MICROS << doublings, LONGEST_WAIT_MICROS), send);
    }
  }
}
