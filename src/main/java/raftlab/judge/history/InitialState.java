package raftlab.judge.history;

/** What a history's keys are like before anybody has written them. */
public enum InitialState {
  /** A register: nothing is set. */
  REGISTER,
  /** A key of a key-value store: the empty text. */
  KV,
  /** What goes with the file's format: a register for Jepsen's logs, a store for all others. */
  AUTO;

  /** The value at first. */
  String initial(InitialState fitting) {
    return (this == AUTO ? fitting : this) == REGISTER ? null : "";
  }
}
