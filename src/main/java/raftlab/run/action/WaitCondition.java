package raftlab.run.action;

import org.jspecify.annotations.Nullable;
import raftlab.trace.UnmetCondition;

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

  /** Returns what is missing; null if nothing is. */
  @Nullable UnmetCondition unmet();
}
