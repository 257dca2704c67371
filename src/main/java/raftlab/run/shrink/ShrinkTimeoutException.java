package raftlab.run.shrink;

/** The time for shrinking is over, or the user stopped it. */
final class ShrinkTimeoutException extends Exception {
  private static final long serialVersionUID = 1;

  ShrinkTimeoutException() {
    super("the time is over", null, false, false);
  }
}
