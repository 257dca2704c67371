package raftlab.scenario;

import java.util.OptionalLong;

/**
 * What some clients ask for, beyond the course's own kind of traffic. Every value that is written
 * is unique in its run, so that each read tells which write it saw.
 *
 * @param clients how many, 1 to 100
 * @param fromMillis when they begin, after {@code start_wait}
 * @param untilMillis when they begin nothing new any more, after {@code start_wait}
 * @param pace how requests follow each other
 * @param most after so many operations they begin nothing new either
 * @param mix what is asked for
 * @param keys which keys
 * @param leastValueBytes the least size of a value in bytes; it is longer if it has to be unique
 * @param mostValueBytes the greatest size
 * @param sessions whether each request carries {@code client} and {@code seq}, which stay over a
 *     retry
 * @param patience after so many milliseconds without an answer a client sends its request again,
 *     under a new MID and to any replica; empty: it waits for ever
 * @param to where a new request is sent first
 */
public record TrafficPlan(
    int clients,
    long fromMillis,
    long untilMillis,
    Pace pace,
    OptionalLong most,
    Mix mix,
    Keys keys,
    int leastValueBytes,
    int mostValueBytes,
    boolean sessions,
    OptionalLong patience,
    To to) {

  /**
   * How requests follow each other.
   *
   * @param perSecond of all clients together, evenly spread; 0 for a closed loop: each client asks
   *     again as soon as it is answered
   * @param pauseMillis in a closed loop, how long a client waits after an answer before it asks
   *     again
   */
  public record Pace(double perSecond, long pauseMillis) {
    /** Whether each client waits for its answer before it asks again. */
    public boolean isClosed() {
      return perSecond == 0;
    }
  }

  /** What is asked for, by weight; at least one is above 0. */
  public record Mix(double get, double put, double append, double cas) {}

  /**
   * Which keys are asked for.
   *
   * @param count how many there are (for each client, if they are its own), 1 to 100,000
   * @param hot the probability that the first of them is taken rather than any, 0 to 1
   * @param own whether each client has keys of its own
   * @param odd whether their names are unusual: quotes, line breaks, letters from everywhere, the
   *     empty name
   */
  public record Keys(int count, double hot, boolean own, boolean odd) {}

  /** Where a new request is sent first. */
  public enum To {
    /** To the replica that the last answer named as the leader; at first to any. */
    LEADER,
    /** To any replica, each time anew: old leaders get asked, too. */
    ANY
  }
}
