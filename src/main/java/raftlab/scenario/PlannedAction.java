package raftlab.scenario;

/**
 * An action of a scenario, and its time.
 *
 * @param number its position among the file's events, from 1
 */
public record PlannedAction(int number, Action action, ScheduledTime time) {
  /** The type of the action. */
  public ActionType type() {
    return action.type();
  }
}
