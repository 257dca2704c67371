package raftlab.workload;

import java.util.random.RandomGenerator;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** The way from clients to replicas, as clients see it. */
public interface RequestSender {
  /** Sends the first request of an operation on its way; returns the operation's number. */
  long send(Message request);

  /** Sends a request on its way that is one more of this operation. */
  void sendAgain(Message request, long operation);

  /** The time of the run, in microseconds. */
  long nowMicros();

  /** Does something after so much time, if the run still goes on then. */
  void later(long afterMicros, Runnable action);

  /** Notes that this client had nothing to read and puts instead. */
  void getNotGenerated(Id client);

  /** Whether a request could reach this replica now. */
  boolean isReachable(Id replica);

  /** A replica that a request could reach now, at random; null if there is none. */
  Id anyReachable(RandomGenerator random);

  /**
   * A replica that a request could reach now, at random: another than this one, unless there is no
   * other; null if there is none at all.
   */
  Id anyReachableBut(Id replica, RandomGenerator random);
}
