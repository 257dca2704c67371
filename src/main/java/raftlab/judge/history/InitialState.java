package raftlab.judge.history;

import org.jspecify.annotations.Nullable;

/** The value of a key before its first write. */
public enum InitialState {
  /** A register: not set. */
  REGISTER,
  /** A key of a key-value store: the empty text. */
  KV,
  /** By the file's format: a register for Jepsen's logs, a store for all others. */
  AUTO;

  /** Returns the initial value. */
  @Nullable String initial(InitialState fitting) {
    return (this == AUTO ? fitting : this) == REGISTER ? null : "";
  }
}
