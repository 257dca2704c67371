package raftlab.workload;

import java.util.random.RandomGenerator;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * Where a client turns next: it takes the {@code leader} of every answer as its next destination;
 * if that is unknown or dead, it turns to a living replica at random. What it does next after each
 * outcome is up to its {@link RetryPolicy}.
 */
final class LeaderHint {
  private static final RetryPolicy POLICY = RetryPolicy.eager();

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

  /** Begins an operation. */
  static RetryPolicy.Attempts begin() {
    return POLICY.begin();
  }

  /** What an answer of this replica means to the client. */
  RetryPolicy.Outcome outcome(Message answer, Id from) {
    Id named = answer.leader();
    return RetryPolicy.Outcome.of(answer.type(), named, from, requests.isReachable(named));
  }

  /** Whom to ask after that; null if no replica can be reached. */
  Id next(RetryPolicy.Next next, Id asked) {
    return next.target() == RetryPolicy.Target.ANOTHER
        ? requests.anyReachableBut(asked, random)
        : next();
  }

  /** Sends once more, now or after a while. */
  void again(RetryPolicy.Next next, Runnable send) {
    if (next.isAtOnce()) {
      send.run();
    } else {
      requests.later(next.afterMicros(), send);
    }
  }
}
