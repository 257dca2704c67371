package raftlab.console;

/** Ctrl-C during a command. */
final class InterruptFlag {
  private boolean interrupted;
  private boolean repeating;
  private Runnable action = () -> {};

  /** A new command starts: clears earlier interrupts. */
  synchronized void reset() {
    interrupted = false;
    action = () -> {};
  }

  /** Whether the command should end soon. */
  synchronized boolean interrupted() {
    return interrupted;
  }

  /** Makes the command end soon; may be called from any thread. */
  void interrupt() {
    Runnable now;
    synchronized (this) {
      if (repeating) {
        return;
      }
      interrupted = true;
      now = action;
    }
    now.run();
  }

  /**
   * While commands are repeated, they end where they ended before, and the user can't stop them.
   */
  synchronized void repeating(boolean now) {
    repeating = now;
  }

  /** Ends a repeated command where it was interrupted before. */
  synchronized void interruptAsBefore() {
    interrupted = true;
  }

  /** Sets an action that ends the current command, if it doesn't check the flag itself. */
  void setAction(Runnable action) {
    synchronized (this) {
      this.action = action;
      if (!interrupted) {
        return;
      }
    }
    action.run();
  }
}
