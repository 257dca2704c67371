package raftlab.scenario;

import java.util.OptionalLong;

/**
 * The requests of some clients, in addition to the course's own traffic. Every written value is
 * unique in its run, so that a read shows which write it returned.
 *
 * @param clients the number of clients, 1 to 100
 * @param fromMillis when they start, after {@code start_wait}
 * @param untilMillis when they start no more operations, after {@code start_wait}
 * @param pace the rate of requests
 * @param maxOperations the largest number of operations
 * @param mix the weights of the types
 * @param keys the keys
 * @param minValueBytes the smallest value in bytes; a value is longer if it has to be unique
 * @param maxValueBytes the largest value in bytes
 * @param sessions whether each request has {@code client} and {@code seq}, which a retry repeats
 * @param timeoutMillis the client's timeout in milliseconds, after which it retries with a new MID
 *     at a random replica; empty for no timeout
 * @param firstTarget the replica that receives a new request first
 */
public record TrafficPlan(
    int clients,
    long fromMillis,
    long untilMillis,
    Pace pace,
    OptionalLong maxOperations,
    Mix mix,
    Keys keys,
    int minValueBytes,
    int maxValueBytes,
    boolean sessions,
    OptionalLong timeoutMillis,
    FirstTarget firstTarget) {

  /**
   * The rate of requests.
   *
   * @param perSecond the rate of all clients together, evenly spaced; 0 for a closed loop, in which
   *     each client sends its next request when it has its answer
   * @param pauseMillis in a closed loop, the time from an answer to the next request
   */
  public record Pace(double perSecond, long pauseMillis) {
    /** Whether each client waits for its answer before the next request. */
    public boolean isClosed() {
      return perSecond == 0;
    }
  }

  /** The weights of the types of requests; at least one is above 0. */
  public record Mix(double get, double put, double append, double cas) {}

  /**
   * The keys of requests.
   *
   * @param count the number of keys (of each client, with {@code own}), 1 to 100,000
   * @param hotKeyProbability the probability that the first key is used, 0 to 1; otherwise any is
   * @param perClient whether each client has its own keys
   * @param unusual whether the names are unusual: quotes, line breaks, letters of many alphabets,
   *     the empty name
   */
  public record Keys(int count, double hotKeyProbability, boolean perClient, boolean unusual) {}

  /** The replica that receives a new request first. */
  public enum FirstTarget {
    /** The replica that the last answer named as the leader; any replica at first. */
    LEADER,
    /** A random replica each time, so that old leaders receive requests, too. */
    ANY
  }
}
