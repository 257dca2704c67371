package raftlab.console;

/** Ctrl-C during a command. */
final class InterruptFlag {
  private boolean asked;
  private Runnable action = () -> {};

  /** A new command starts: clears earlier interrupts. */
  synchronized void reset() {
    asked = false;
    action = () -> {};
  }

  /** Whether the command should end soon. */
  synchronized boolean asked() {
    return asked;
  }

  /** Makes the command end soon; may be called from any thread. */
  void ask() {
    Runnable now;
    synchronized (this) {
      asked = true;
      now = action;
    }
    now.run();
  }

  /** Sets an action that ends the current command, if it doesn't check the flag itself. */
  void with(Runnable action) {
    synchronized (this) {
      this.action = action;
      if (!asked) {
        return;
      }
    }
    action.run();
  }
}
