package raftlab.raft;

/** What became of a command that was applied: what its client is told. */
sealed interface Outcome {
  /** It was done. */
  record Done() implements Outcome {
    static final Done INSTANCE = new Done();
  }

  /** Nothing was done, for the key has this value and not the expected one. */
  record Mismatch(String value) implements Outcome {}

  /** Nothing was done; {@code reason} says why. */
  record Refused(String reason) implements Outcome {}
}
