package raftlab.raft;

/** The result of applying a command, which its client gets. */
sealed interface CommandResult {
  /** It was executed. */
  record Done() implements CommandResult {
    static final Done INSTANCE = new Done();
  }

  /** Nothing changed, because the key has this value and not the expected one. */
  record Mismatch(String value) implements CommandResult {}

  /** Nothing changed; {@code reason} says why. */
  record Refused(String reason) implements CommandResult {}
}
