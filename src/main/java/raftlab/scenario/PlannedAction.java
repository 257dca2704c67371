package raftlab.scenario;

/**
 * Something that a scenario does, and when.
 *
 * @param number its place among the file's events, from 1
 */
public record PlannedAction(int number, Action action, ScheduledTime moment) {
  /** What kind of thing it is. */
  public ActionType type() {
    return action.type();
  }
}
