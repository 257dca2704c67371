package raftlab.report;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.RunOutcome;
import raftlab.suite.SuiteRunner.Task;

/**
 * Shows the progress of a suite: on a terminal a line that is redrawn; elsewhere a line for each
 * scenario as it ends, or a periodic line for all if scenarios are repeated.
 */
final class SuiteProgress {
  private static final String CLEAR = "\r\033[K";
  private static final double PLAIN_SECONDS = 5;
  private static final int LONGEST_NAMES = 40;

  private final PrintStream out;
  private final TerminalStyle style;
  private final int scenarios;
  private final int total;
  private final long fromNanos = System.nanoTime();
  private final Map<String, Integer> running = new TreeMap<>();

  /** A run that is repeated because the machine was overloaded counts once. */
  private final Map<Task, Status> ended = new IdentityHashMap<>();

  private final Map<Status, Integer> counts = new EnumMap<>(Status.class);
  private double lastPrintedSeconds;

  /**
   * Has seen no run yet.
   *
   * @param scenarios how many, 1 or more
   * @param repeat how often each
   */
  SuiteProgress(PrintStream out, TerminalStyle style, int scenarios, int repeat) {
    this.out = out;
    this.style = style;
    this.scenarios = scenarios;
    this.total = scenarios * repeat;
  }

  void began(Task task) {
    running.merge(task.scenario().name(), 1, Integer::sum);
    show();
  }

  void ended(Task task, RunOutcome outcome) {
    running.computeIfPresent(task.scenario().name(), (name, count) -> count > 1 ? count - 1 : null);
    Status before = ended.put(task, outcome.status());
    if (before != null) {
      counts.merge(before, -1, Integer::sum);
    }
    counts.merge(outcome.status(), 1, Integer::sum);
    show();
    if (!style.terminal()) {
      printLine(outcome, before != null);
    }
  }

  private void printLine(RunOutcome outcome, boolean again) {
    if (total == scenarios) {
      out.println(line(outcome, again));
    } else if (seconds() - lastPrintedSeconds >= PLAIN_SECONDS) {
      lastPrintedSeconds = seconds();
      out.println(soFar());
    }
    out.flush();
  }

  private String line(RunOutcome outcome, boolean again) {
    String remark =
        again
            ? "  (played once more)"
            : outcome.judgement().wasOverloaded()
                ? "  (the machine was overloaded: it will be played once more)"
                : "";
    return String.format(
        Locale.ROOT,
        "[%d/%d] %s %s %.1f s%s",
        ended.size(),
        total,
        outcome.status(),
        outcome.scenario().name(),
        outcome.wallSeconds(),
        remark);
  }

  /** How many runs are in progress. */
  int underway() {
    return running.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Redraws the line, if this is a terminal. */
  void show() {
    if (style.terminal()) {
      String names = String.join(" ", running.keySet());
      String shown =
          names.length() > LONGEST_NAMES ? names.substring(0, LONGEST_NAMES) + "…" : names;
      out.print(CLEAR + style.faint(soFar() + (shown.isEmpty() ? "" : "; playing " + shown)));
      out.flush();
    }
  }

  /** Clears the line, so that something else can be printed. */
  void clear() {
    out.print(style.terminal() ? CLEAR : "");
  }

  /** The time elapsed so far. */
  double seconds() {
    return (System.nanoTime() - fromNanos) / 1e9;
  }

  private String soFar() {
    int unknown = counts.getOrDefault(Status.UNKNOWN, 0);
    return String.format(
        Locale.ROOT,
        "%d of %d done: %d passed, %d failed%s; %s%s",
        ended.size(),
        total,
        counts.getOrDefault(Status.PASS, 0),
        counts.getOrDefault(Status.FAIL, 0),
        unknown == 0 ? "" : ", " + unknown + " unknown",
        duration(seconds()),
        left());
  }

  /** Estimates the remaining time from the average so far. */
  private String left() {
    int done = ended.size();
    return done == 0 || done >= total
        ? ""
        : ", about " + duration(seconds() / done * (total - done)) + " left";
  }

  /** A duration in seconds, minutes or hours. */
  static String duration(double seconds) {
    if (seconds < 100) {
      return Math.round(seconds) + " s";
    }
    long minutes = Math.round(seconds / 60);
    return minutes < 100 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
  }
}
