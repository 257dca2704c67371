package raftlab.report.export;

/**
 * The events of a run that are exported. Times count from the beginning of the scenario's time.
 *
 * @param fromMicros only events from this time on
 * @param toMicros only events until this time
 * @param heartbeats whether heartbeats and the replies to them are exported
 */
public record ExportSelection(long fromMicros, long toMicros, boolean heartbeats) {
  /** All events. */
  public static final ExportSelection ALL =
      new ExportSelection(Long.MIN_VALUE, Long.MAX_VALUE, true);
}
