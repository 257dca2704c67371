package raftlab.run.action;

/** What a step of a scenario waits for. */
public interface WaitCondition {
  /** Whether it has come. */
  boolean isMet();

  /** Whether it can't come any more. */
  default boolean isHopeless() {
    return false;
  }

  /** Whether it is just as well if it hasn't come when the step's time is over. */
  default boolean mayStayAway() {
    return false;
  }

  /** What is missing, in words. */
  String missing();
}
