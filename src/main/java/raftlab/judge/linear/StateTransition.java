package raftlab.judge.linear;

/**
 * What an operation does to the state of its key. Operations with equal steps are interchangeable,
 * but for their times.
 *
 * @param from the state that it tells of, or needs; 0 for a put and an append
 * @param to the state that it leaves behind; 0 for a read and an append
 * @param text the number of the text that it appends; 0 for any other
 */
record StateTransition(Act act, int from, int to, int text) {
  /** How a step uses the state. */
  enum Act {
    /** Is possible only in one state, and leaves it as it is. */
    READ,
    /** Replaces any state. */
    PUT,
    /** Replaces one state. */
    CAS,
    /** Adds to the end of any state. */
    APPEND
  }
}
