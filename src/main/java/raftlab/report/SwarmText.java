package raftlab.report;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import raftlab.run.RunOutcome;
import raftlab.run.findings.FailureGroups;

/** Prints a swarm while it is played: the progress, the failures, and the total. */
public final class SwarmText {
  private static final String CLEAR = "\r\033[K";
  private static final long TERMINAL_NANOS = 200_000_000L;
  private static final long PLAIN_NANOS = 5_000_000_000L;

  private final PrintStream out;
  private final TerminalStyle style;
  private final FailureGroups failureGroups;
  private final long fromNanos = System.nanoTime();
  private long lastPrintedNanos = fromNanos;

  /** Has printed nothing yet. */
  public SwarmText(PrintStream out, TerminalStyle style, FailureGroups failureGroups) {
    this.out = out;
    this.style = style;
    this.failureGroups = failureGroups;
  }

  /** Prints the first line. */
  public void begin(String how) {
    out.println(style.bold("Random scenarios") + "  " + style.faint(how));
  }

  /** Prints the progress periodically; called after each outcome. */
  public void progress() {
    long now = System.nanoTime();
    if (now - lastPrintedNanos >= (style.terminal() ? TERMINAL_NANOS : PLAIN_NANOS)) {
      lastPrintedNanos = now;
      if (style.terminal()) {
        out.print(CLEAR + style.faint(soFar()));
        out.flush();
      } else {
        out.println(soFar());
      }
    }
  }

  private String soFar() {
    return String.format(
        Locale.ROOT,
        "%d seeds, %.0f a minute; %d failed",
        failureGroups.played(),
        perMinute(),
        failureGroups.failed());
  }

  /** The rate so far, in seeds a minute. */
  public double perMinute() {
    return failureGroups.played() * 60 / seconds();
  }

  /** The time elapsed so far, in seconds. */
  public double seconds() {
    return (System.nanoTime() - fromNanos) / 1e9;
  }

  /** Prints the report of a run that did not pass; its scenario is in this file. */
  public void found(RunOutcome outcome, Path file) {
    clear();
    out.println();
    out.println(
        style.status(outcome.status(), 1)
            + "  "
            + style.bold("seed " + outcome.played().seed())
            + "  "
            + outcome.scenario().title());
    RunText.of(outcome, style).forEach(out::println);
    out.println("The scenario is in " + file);
  }

  /** Prints these lines about the shrunk run. */
  public void shrunk(List<String> lines) {
    out.println();
    lines.forEach(out::println);
  }

  private void clear() {
    out.print(style.terminal() ? CLEAR : "");
  }

  /** Prints the last lines. */
  public void end() {
    clear();
    new FailureGroupsText(style).ofSwarm(failureGroups).forEach(out::println);
    String text =
        String.format(
            Locale.ROOT,
            "%d of %d passed, %d failed%s, in %.1f s: %.0f seeds a minute",
            failureGroups.passed(),
            failureGroups.played(),
            failureGroups.failed(),
            failureGroups.unknown() == 0 ? "" : ", " + failureGroups.unknown() + " unknown",
            seconds(),
            perMinute());
    out.println(
        style.bold("Total")
            + "  "
            + (failureGroups.passed() == failureGroups.played()
                ? style.success(text)
                : style.error(text)));
  }
}
