package raftlab.trace;

import raftlab.scenario.ActionType;
import raftlab.scenario.Step;

/** What a step of a scenario does, or what it waits for, as facts for checks and explanations. */
public sealed interface StepTask {
  /** It waits for this time. */
  record Wait(long micros) implements StepTask {}

  /**
   * It waits until a condition holds.
   *
   * @param count the number, for a condition that counts
   * @param timeoutMicros the time after which it fails
   */
  record Until(Step.Condition condition, int count, long timeoutMicros) implements StepTask {}

  /**
   * A client sends a request, and the step waits for the answer.
   *
   * @param timeoutMicros the time after which it fails
   */
  record Request(ActionType type, String key, long timeoutMicros) implements StepTask {}

  /**
   * It plays an action that is not a request.
   *
   * @param timeoutMicros how long it waits until the action is possible
   */
  record Fault(ActionType type, long timeoutMicros) implements StepTask {}

  /** It arms an action that is played when a message is sent. */
  record Arm(ActionType type) implements StepTask {}

  /** It plays a group of steps this many times. */
  record Group(int times) implements StepTask {}
}
