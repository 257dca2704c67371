package raftlab.run.action;

/** The condition that a step of a scenario waits for. */
public interface WaitCondition {
  /** Whether it holds. */
  boolean isMet();

  /** Whether it can't hold any more. */
  default boolean cannotBeMet() {
    return false;
  }

  /** Whether the step succeeds even if the condition doesn't hold in time. */
  default boolean succeedsOnTimeout() {
    return false;
  }

  /** Returns what is missing, in words. */
  String unmetReason();
}
