package raftlab.grade;

import java.util.regex.Pattern;
import raftlab.trace.Event;
import raftlab.trace.Trace;

/** The paths of the copies in which hand-ins are built and played. */
final class CopyPaths {
  /** The name of the folder with all copies, before a number. */
  static final String WORK = "raftlab-grade-";

  /** The name of a copy, before a number. */
  static final String COPY = "handin-";

  private static final Pattern PATH =
      Pattern.compile("[^\\s\"'(]*/" + WORK + "\\d+/" + COPY + "\\d+");

  private CopyPaths() {}

  /**
   * Returns a text of a hand-in with paths in its copy replaced by the paths that the team has:
   * relative to its own folder.
   */
  static String remove(String text) {
    return PATH.matcher(text).replaceAll(".");
  }

  /** Returns a trace in which the lines that replicas printed have no such paths. */
  static Trace remove(Trace trace) {
    Trace without = new Trace(trace.header());
    for (Event event : trace.events()) {
      if (event instanceof Event.Printed printed) {
        without.add(
            new Event.Printed(
                printed.atMicros(), printed.replica(), printed.error(), remove(printed.line())));
      } else if (event instanceof Event.Exited exited) {
        without.add(
            new Event.Exited(
                exited.atMicros(),
                exited.replica(),
                exited.exitCode(),
                exited.lastWords().stream().map(CopyPaths::remove).toList()));
      } else {
        without.add(event);
      }
    }
    return without;
  }
}
