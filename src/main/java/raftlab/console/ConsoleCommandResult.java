package raftlab.console;

/** The result of a command, or of a whole script. */
public enum ConsoleCommandResult {
  /** It succeeded. */
  DONE(0),
  /** Unknown: the machine was overloaded. */
  UNKNOWN(3),
  /** The command was invalid, or could not be run. */
  WRONG(2),
  /** The command was valid, but a replica, a run or a suite failed. */
  FAILED(1);

  private final int exitCode;

  ConsoleCommandResult(int exitCode) {
    this.exitCode = exitCode;
  }

  /** The exit code of the program if this was the worst result. */
  public int exitCode() {
    return exitCode;
  }

  /** Whether the command was valid and failed, or proved nothing. */
  boolean isFailure() {
    return this == FAILED || this == UNKNOWN;
  }

  /** The worse of two. */
  ConsoleCommandResult worse(ConsoleCommandResult other) {
    return ordinal() > other.ordinal() ? this : other;
  }
}
