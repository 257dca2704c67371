package raftlab.console;

/** Ctrl-C, for the command that is being obeyed. */
final class InterruptFlag {
  private boolean asked;
  private Runnable action = () -> {};

  /** A new command begins: what was asked before doesn't concern it. */
  synchronized void reset() {
    asked = false;
    action = () -> {};
  }

  /** Whether the command should end soon. */
  synchronized boolean asked() {
    return asked;
  }

  /** From any thread: the command should end soon. */
  void ask() {
    Runnable now;
    synchronized (this) {
      asked = true;
      now = action;
    }
    now.run();
  }

  /** What makes the present command end soon, if it doesn't look by itself. */
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
