package raftlab.console;

import java.util.concurrent.TimeUnit;

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

  /** Waits for an interrupt for this time at most; returns whether there was one. */
  synchronized boolean awaitInterrupt(long time, TimeUnit unit) throws InterruptedException {
    long until = System.nanoTime() + unit.toNanos(time);
    while (!interrupted && System.nanoTime() < until) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, until - System.nanoTime()));
    }
    return interrupted;
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
      notifyAll();
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
