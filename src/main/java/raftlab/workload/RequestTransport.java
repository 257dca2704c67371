package raftlab.workload;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Sends the requests of clients to replicas. */
public interface RequestTransport {
  /** Sends the first request of an operation; returns the operation's number. */
  long send(Message request);

  /** Sends one more request of this operation. */
  void sendAgain(Message request, long operation);

  /** Returns the time of the run, in microseconds. */
  long nowMicros();

  /** Runs the action after a delay, if the run hasn't ended by then. */
  void schedule(long afterMicros, Runnable action);

  /** Records that this client sends a put because it has no key to read. */
  void getNotGenerated(Id client);

  /** Whether a request could reach this replica now. */
  boolean isReachable(Id replica);

  /** Returns a random replica that a request could reach now; null for none. */
  @Nullable Id anyReachable(RandomGenerator random);

  /**
   * Returns a random replica that a request could reach now, if possible another than this one;
   * null for none.
   */
  @Nullable Id anyReachableExcept(Id replica, RandomGenerator random);
}
