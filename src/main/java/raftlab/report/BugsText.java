package raftlab.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import raftlab.bugs.Bug;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.RunOutcome;
import raftlab.scenario.Scenario;
import raftlab.suite.BugHunt;

/** Prints which planted bugs were caught, by which checks, and the reported cause. */
public final class BugsText implements BugHunt.HuntListener<Bug> {
  private final PrintStream out;
  private final TerminalStyle style;
  private final int nameWidth;
  private final JsonArray results = new JsonArray();
  private final List<String> missed = new ArrayList<>();
  private final List<String> notPlayed = new ArrayList<>();
  private int caught;

  /** Has printed nothing yet. */
  public BugsText(PrintStream out, TerminalStyle style, List<Bug> bugs) {
    this.out = out;
    this.style = style;
    nameWidth = bugs.stream().mapToInt(bug -> bug.name().length()).max().orElse(1);
  }

  /** Prints each bug's name and description on one line. */
  public void list(List<Bug> bugs) {
    for (Bug bug : bugs) {
      out.println(
          style.bold(String.format(Locale.ROOT, "%-" + nameWidth + "s", bug.name()))
              + "  "
              + bug.title()
              + (bug.section().isEmpty() ? "" : style.faint(" " + bug.section())));
    }
  }

  /** Prints one bug: what it does, and the lines that it changes. */
  public void show(Bug bug) {
    out.println(style.bold(bug.name()) + (bug.section().isEmpty() ? "" : "  " + bug.section()));
    out.println(bug.title());
    out.println();
    for (String line : (bug.diff() + "\n ").split("\n")) {
      out.println(
          line.startsWith("+")
              ? style.success(line)
              : line.startsWith("-") ? style.error(line) : line);
    }
  }

  /** Prints the title and the table's header. */
  public void begin(String how) {
    out.println(style.bold("Planted bugs") + "  " + style.faint(how));
    out.println(
        style.faint(
            String.format(
                Locale.ROOT,
                "  %-" + nameWidth + "s  %8s  %8s  %5s  %s",
                "bug",
                "played",
                "took",
                "runs",
                "caught by: scenario, judge")));
  }

  /** Prints the result of the hunt for one bug. */
  @Override
  public synchronized void add(Bug bug, BugHunt.BugHuntResult result) {
    boolean isCaught = !result.caught().isEmpty();
    caught += isCaught ? 1 : 0;
    out.println(
        String.format(
            Locale.ROOT,
            "  %s  %6.1f s  %6.2f s  %5d  %s",
            style.bold(String.format(Locale.ROOT, "%-" + nameWidth + "s", bug.name())),
            result.playedSeconds(),
            result.wallSeconds(),
            result.runs(),
            isCaught ? by(result.caught().get(0)) : style.error("not caught")));
    if (isCaught) {
      out.println("      " + result.caught().get(0).judgement().reason());
      result
          .caught()
          .get(0)
          .cause()
          .ifPresent(cause -> out.println("      " + FailureText.summary(cause)));
      if (result.caught().size() > 1) {
        out.println(style.faint("      " + result.caught().size() + " in all: " + names(result)));
      }
    } else {
      missed.add(bug.name());
      result.unknown().forEach(outcome -> out.println("      " + unknown(outcome)));
    }
    results.add(json(bug, result));
  }

  /** Prints that a bug was planted but the changed replicas can't be played. */
  @Override
  public synchronized void notPlayed(Bug bug, String why) {
    notPlayed.add(bug.name());
    out.println(
        "  "
            + style.bold(String.format(Locale.ROOT, "%-" + nameWidth + "s", bug.name()))
            + "  "
            + style.error("not played"));
    why.lines().forEach(line -> out.println("      " + line));
    JsonObject json = about(bug);
    json.addProperty("notPlayed", why);
    results.add(json);
  }

  private static String by(RunOutcome outcome) {
    return nameOf(outcome.scenario()) + ", " + check(outcome) + ", seed " + outcome.played().seed();
  }

  private static String unknown(RunOutcome outcome) {
    return nameOf(outcome.scenario()) + " is unknown: " + outcome.judgement().reason();
  }

  private static String names(BugHunt.BugHuntResult result) {
    return String.join(
        ", ", result.caught().stream().map(each -> nameOf(each.scenario())).distinct().toList());
  }

  /** The scenario's name with its suite, since several suites use the same names. */
  static String nameOf(Scenario scenario) {
    Path suite =
        Objects.requireNonNull(
            scenario.file().toAbsolutePath().getParent(), "a file is in a folder");
    return suite.getFileName() + "/" + scenario.name();
  }

  /** The check that failed first. */
  private static String check(RunOutcome outcome) {
    return outcome.judgement().verdicts().stream()
        .filter(verdict -> verdict.status() == Status.FAIL)
        .map(verdict -> verdict.check().key())
        .findFirst()
        .orElse("");
  }

  private static JsonObject about(Bug bug) {
    JsonObject json = new JsonObject();
    json.addProperty("bug", bug.name());
    json.addProperty("title", bug.title());
    json.addProperty("section", bug.section());
    return json;
  }

  private static JsonObject json(Bug bug, BugHunt.BugHuntResult result) {
    JsonObject json = about(bug);
    json.addProperty("caught", !result.caught().isEmpty());
    JsonArray unknown = new JsonArray();
    result.unknown().forEach(outcome -> unknown.add(nameOf(outcome.scenario())));
    json.add("unknown", unknown);
    json.addProperty("runs", result.runs());
    json.addProperty("playedSeconds", result.playedSeconds());
    json.addProperty("wallSeconds", result.wallSeconds());
    JsonArray by = new JsonArray();
    for (RunOutcome outcome : result.caught()) {
      JsonObject one = new JsonObject();
      one.addProperty("scenario", nameOf(outcome.scenario()));
      one.addProperty("seed", outcome.played().seed());
      one.addProperty("check", check(outcome));
      one.addProperty("why", outcome.judgement().reason());
      outcome
          .cause()
          .ifPresent(
              cause -> {
                one.addProperty("cause", cause.name());
                one.addProperty("certainty", cause.certainty().name().toLowerCase(Locale.ROOT));
              });
      by.add(one);
    }
    json.add("by", by);
    return json;
  }

  /**
   * Prints the total.
   *
   * @param wanted how many bugs were to be hunted; an interrupt leaves some of them untried
   */
  public void end(int wanted) {
    int all = caught + missed.size();
    int left = wanted - all - notPlayed.size();
    String text =
        caught
            + " of "
            + all
            + " caught"
            + (left > 0 ? "; interrupted, " + left + " not tried" : "");
    out.println(
        style.bold("Total") + "  " + (caught == all ? style.success(text) : style.error(text)));
    if (!missed.isEmpty()) {
      out.println("not caught: " + String.join(", ", missed));
    }
    if (!notPlayed.isEmpty()) {
      out.println("not played: " + String.join(", ", notPlayed));
    }
  }

  /** Whether some bug was not caught. */
  public boolean isAnyMissed() {
    return !missed.isEmpty();
  }

  /** Whether some bug's replicas could not be played. */
  public boolean isAnyNotPlayed() {
    return !notPlayed.isEmpty();
  }

  /** The same as JSON. */
  public JsonArray json() {
    return results;
  }
}
