package raftlab.scenario;

/** When an action runs. Times count from the moment when the first request may start. */
public sealed interface ScheduledTime {
  /** Once, at this time. */
  record At(long atMicros) implements ScheduledTime {
    /** The time in whole milliseconds, rounded down. */
    public long atMillis() {
      return atMicros / 1000;
    }
  }

  /**
   * Repeatedly.
   *
   * @param fromMillis the first time
   * @param everyMillis the interval
   * @param jitterMillis the largest random shift of each time, in either direction; at most half of
   *     {@code everyMillis}
   * @param lastMillis the latest time
   */
  record Every(long fromMillis, long everyMillis, long jitterMillis, long lastMillis)
      implements ScheduledTime {}

  /** When a matching message is sent. */
  record OnMessage(MessagePattern message) implements ScheduledTime {}
}
