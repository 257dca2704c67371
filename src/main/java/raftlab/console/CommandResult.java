package raftlab.console;

/** How a command, or a whole script, went. */
public enum CommandResult {
  /** As asked. */
  DONE(0),
  /** The machine was overloaded: nobody knows. */
  UNKNOWN(3),
  /** The command couldn't be understood, or not be obeyed. */
  WRONG(2),
  /** Understood and tried, but a replica, a run or a suite failed. */
  FAILED(1);

  private final int exitCode;

  CommandResult(int exitCode) {
    this.exitCode = exitCode;
  }

  /** What the program returns if this was the worst. */
  public int exitCode() {
    return exitCode;
  }

  /** The worse of two. */
  CommandResult worse(CommandResult other) {
    return ordinal() > other.ordinal() ? this : other;
  }
}
