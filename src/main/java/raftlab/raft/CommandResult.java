package raftlab.raft;

/** What became of a command that was applied: what its client is told. */
sealed interface CommandResult {
  /** It was done. */
  record Done() implements CommandResult {
    static final Done INSTANCE = new Done();
  }

  /** Nothing was done, for the key has this value and not the expected one. */
  record Mismatch(String value) implements CommandResult {}

  /** Nothing was done; {@code reason} says why. */
  record Refused(String reason) implements CommandResult {}
}
