package raftlab.scenario;

/** When something is done. Times count from the moment when the first request may start. */
public sealed interface ScheduledTime {
  /** Once, at this time. */
  record At(long atMicros) implements ScheduledTime {
    /** The same in milliseconds, without what is left over. */
    public long atMillis() {
      return atMicros / 1000;
    }
  }

  /**
   * Again and again.
   *
   * @param fromMillis the first time
   * @param everyMillis how long it is from one time to the next
   * @param jitterMillis each time is shifted by up to so much, back or forth, at random; at most
   *     half of {@code everyMillis}
   * @param lastMillis no time is later than this
   */
  record Every(long fromMillis, long everyMillis, long jitterMillis, long lastMillis)
      implements ScheduledTime {}

  /** When a message passes. */
  record On(MessagePattern message) implements ScheduledTime {}
}
