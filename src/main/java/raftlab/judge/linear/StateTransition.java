package raftlab.judge.linear;

/**
 * The effect of an operation on the state of its key. Operations with equal transitions differ only
 * in their times.
 *
 * @param from the state that it reads or requires; 0 for a put and an append
 * @param to the state that it produces; 0 for a read and an append
 * @param text the number of the text that it appends; 0 for any other
 */
record StateTransition(TransitionKind kind, int from, int to, int text) {
  /** The kind of a transition. */
  enum TransitionKind {
    /** Possible only in one state, and doesn't change it. */
    READ,
    /** Replaces any state. */
    PUT,
    /** Replaces one state. */
    CAS,
    /** Appends to any state. */
    APPEND
  }
}
