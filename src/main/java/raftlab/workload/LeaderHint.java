package raftlab.workload;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * The leader as one client knows it. It takes the {@code leader} of each answer as the next
 * destination; if that is unknown or down, it picks a random running replica. The {@link
 * RetryPolicy} decides what follows each outcome.
 */
final class LeaderHint {
  private static final RetryPolicy POLICY = RetryPolicy.eager();

  private final RequestTransport requests;
  private final RandomGenerator random;
  private Id leader = Id.BROADCAST;

  LeaderHint(RequestTransport requests, RandomGenerator random) {
    this.requests = requests;
    this.random = random;
  }

  /** Returns the leader that the last answer named; {@link Id#BROADCAST} for none. */
  Id leader() {
    return leader;
  }

  void observe(Message answer) {
    leader = answer.leader();
  }

  /** Returns the replica to ask; null if none can be reached. */
  @Nullable Id nextReplica() {
    return requests.isReachable(leader) ? leader : requests.anyReachable(random);
  }

  /** Begins an operation. */
  static RetryPolicy.Attempts begin() {
    return POLICY.begin();
  }

  /** Returns the outcome that an answer of this replica has for the client. */
  RetryPolicy.Outcome outcome(Message answer, Id from) {
    Id named = answer.leader();
    return RetryPolicy.Outcome.of(answer.type(), named, from, requests.isReachable(named));
  }

  /** Returns the replica to ask next; null if none can be reached. */
  @Nullable Id nextReplica(RetryPolicy.Next next, Id asked) {
    return next.target() == RetryPolicy.Target.ANOTHER
        ? requests.anyReachableExcept(asked, random)
        : nextReplica();
  }

  /** Sends once more, now or after the pause. */
  void retry(RetryPolicy.Next next, Runnable send) {
    if (next.isAtOnce()) {
      send.run();
    } else {
      requests.schedule(next.afterMicros(), send);
    }
  }
}
