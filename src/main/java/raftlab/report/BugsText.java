package raftlab.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import raftlab.bugs.Bug;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.RunOutcome;
import raftlab.scenario.Scenario;
import raftlab.suite.BugHunt;

/** Which planted bugs were caught, by what, and what was said of them: for people. */
public final class BugsText {
  private final PrintStream out;
  private final TerminalStyle style;
  private final int nameWidth;
  private final JsonArray results = new JsonArray();
  private final List<String> missed = new ArrayList<>();
  private final List<String> notPlayed = new ArrayList<>();
  private int caught;

  /** Nothing told yet. */
  public BugsText(PrintStream out, TerminalStyle style, List<Bug> bugs) {
    this.out = out;
    this.style = style;
    nameWidth = bugs.stream().mapToInt(bug -> bug.name().length()).max().orElse(1);
  }

  /** The bugs' names and what they are, a line each. */
  public void list(List<Bug> bugs) {
    for (Bug bug : bugs) {
      out.println(
          style.bold(String.format(Locale.ROOT, "%-" + nameWidth + "s", bug.name()))
              + "  "
              + bug.title()
              + (bug.section().isEmpty() ? "" : style.faint(" " + bug.section())));
    }
  }

  /** All about one bug: what it does, and the lines that it changes. */
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

  /** The lines above the first bug's. */
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

  /** What came of the hunt for a bug. */
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

  /** A bug could be planted, but what came of it can't be played. */
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

  /** With its suite: several have scenarios of one name. */
  private static String nameOf(Scenario scenario) {
    return scenario.file().toAbsolutePath().getParent().getFileName() + "/" + scenario.name();
  }

  /** The check that failed first. */
  private static String check(RunOutcome outcome) {
    return outcome.judgement().verdicts().stream()
        .filter(verdict -> verdict.status() == Status.FAIL)
        .map(Verdict::check)
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
      outcome.cause().ifPresent(cause -> one.addProperty("cause", cause.name()));
      by.add(one);
    }
    json.add("by", by);
    return json;
  }

  /**
   * The last lines.
   *
   * @param wanted how many bugs were to be hunted; fewer were if somebody stopped it
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

  /** Whether some bug got away. */
  public boolean isAnyMissed() {
    return !missed.isEmpty();
  }

  /** Whether some bug's replicas could not be played. */
  public boolean isAnyNotPlayed() {
    return !notPlayed.isEmpty();
  }

  /** The same, for programs. */
  public JsonArray json() {
    return results;
  }
}
