package raftlab.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.RunOutcome;
import raftlab.run.findings.FailureGroup;
import raftlab.run.findings.FailureGroups;

/** Prints a paragraph for each cause: how many runs, why, which, and how to play one again. */
final class FailureGroupsText {
  private static final int MAX_SCENARIOS = 8;
  private static final String INDENT = " ".repeat(11);

  private final TerminalStyle style;

  FailureGroupsText(TerminalStyle style) {
    this.style = style;
  }

  /** The causes of random scenarios' failures: each seed is a scenario of its own. */
  List<String> ofSwarm(FailureGroups findings) {
    List<String> lines = new ArrayList<>();
    for (FailureGroup group : findings.groups()) {
      lines.add(why(group));
      lines.add(INDENT + style.faint(seeds(group.seeds(), group.count())));
      lines.add(
          INDENT + style.faint("again: ") + ReplayCommandLine.ofSwarm(group.first().played()));
    }
    return lines;
  }

  /** The causes of a suite's failures, each with its scenarios. */
  List<String> ofSuite(FailureGroups findings) {
    List<String> lines = new ArrayList<>();
    for (FailureGroup group : findings.groups()) {
      lines.add(why(group));
      List<FailureGroup.ScenarioShare> shares = group.shares();
      for (FailureGroup.ScenarioShare share :
          shares.subList(0, Math.min(MAX_SCENARIOS, shares.size()))) {
        lines.add(
            INDENT
                + share.scenario()
                + ": "
                + runs(share.count())
                + style.faint(", " + seeds(share.seeds(), share.count())));
      }
      if (shares.size() > MAX_SCENARIOS) {
        lines.add(INDENT + "and of " + (shares.size() - MAX_SCENARIOS) + " more scenarios");
      }
      lines.add(INDENT + style.faint("again: ") + ReplayCommandLine.command(group.first()));
    }
    return lines;
  }

  /** A paragraph for each cause in a suite whose scenarios were played once. */
  List<String> ofSingleRuns(FailureGroups findings) {
    List<String> lines = new ArrayList<>();
    for (FailureGroup group : findings.groups()) {
      RunOutcome first = group.first();
      lines.add(
          "  "
              + style.status(group.cause().status(), 7)
              + "  "
              + (group.cause().status() == Status.BLOCKED ? "" : style.bold(name(group)) + ": ")
              + scenarios(group));
      lines.add(INDENT + first.judgement().reason());
      first.cause().ifPresent(cause -> lines.add(INDENT + FailureText.summary(cause)));
      lines.add(INDENT + style.faint("again: ") + ReplayCommandLine.command(first));
    }
    return lines;
  }

  /** The last lines of a suite: the cause to fix first, and how to play it again. */
  List<String> whatToFixFirst(FailureGroups findings) {
    List<FailureGroup> groups = findings.groups();
    if (groups.isEmpty()) {
      return List.of();
    }
    FailureGroup top = groups.get(0);
    RunOutcome first = top.first();
    List<String> lines = new ArrayList<>();
    lines.add(
        style.bold("Fix first")
            + "  "
            + style.bold(name(top))
            + ", in "
            + (top.count() == 1 ? "scenario " : top.count() + " scenarios, first ")
            + first.scenario().name());
    lines.add(INDENT + first.judgement().reason());
    first.cause().ifPresent(cause -> lines.add(INDENT + FailureText.summary(cause)));
    if (!first.wasNotPlayed()) {
      lines.add(INDENT + "with all messages: " + ReplayCommandLine.command(first) + " --messages");
    }
    if (groups.size() > 1) {
      lines.add(
          INDENT
              + "then: "
              + groups.stream()
                  .skip(1)
                  .limit(MAX_SCENARIOS)
                  .map(group -> name(group) + " (" + group.count() + ")")
                  .collect(Collectors.joining(", "))
              + (groups.size() - 1 > MAX_SCENARIOS ? ", …" : ""));
    }
    return lines;
  }

  /** Mistakes seen in runs that passed. Each appears once, and only if it failed no run. */
  List<String> suspicions(List<List<RunOutcome>> outcomes, FailureGroups findings) {
    Set<String> causes =
        findings.groups().stream()
            .map(group -> group.cause().likelyCause())
            .collect(Collectors.toSet());
    Map<String, List<RunOutcome>> byName = new LinkedHashMap<>();
    for (List<RunOutcome> ofScenario : outcomes) {
      for (RunOutcome outcome : ofScenario) {
        outcome
            .suspicion()
            .filter(found -> !causes.contains(found.name()))
            .ifPresent(
                found ->
                    byName.computeIfAbsent(found.name(), name -> new ArrayList<>()).add(outcome));
      }
    }
    List<String> lines = new ArrayList<>();
    byName.forEach(
        (name, runs) ->
            lines.add(
                "  "
                    + style.warning("suspicious: ")
                    + name
                    + ": "
                    + runs.get(0).suspicion().orElseThrow().text()
                    + " (in "
                    + names(runs.stream().map(run -> run.scenario().name()).toList())
                    + ")"));
    return lines;
  }

  private static String name(FailureGroup group) {
    return group.cause().status() == Status.BLOCKED
        ? "blocked"
        : group.cause().likelyCause().isEmpty()
            ? group.cause().checkKey()
            : group.cause().likelyCause();
  }

  private static String scenarios(FailureGroup group) {
    List<String> names = group.shares().stream().map(FailureGroup.ScenarioShare::scenario).toList();
    return (names.size() == 1 ? "" : names.size() + " scenarios, ") + names(names);
  }

  private static String names(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(MAX_SCENARIOS, names.size())))
        + (names.size() > MAX_SCENARIOS ? " and " + (names.size() - MAX_SCENARIOS) + " more" : "");
  }

  private String why(FailureGroup group) {
    return "  "
        + style.status(group.cause().status(), 7)
        + "  "
        + group.count()
        + " × "
        + group.cause().checkKey()
        + (group.cause().likelyCause().isEmpty() ? "" : ", " + group.cause().likelyCause())
        + ": "
        + group.cause().text();
  }

  private static String runs(long count) {
    return count + (count == 1 ? " run" : " runs");
  }

  private static String seeds(List<Long> first, long count) {
    return (count == 1 ? "seed " : "seeds ")
        + first.stream().map(seed -> "" + seed).collect(Collectors.joining(" "))
        + (count > first.size() ? " …" : "");
  }
}
