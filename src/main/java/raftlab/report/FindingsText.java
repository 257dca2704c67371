package raftlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import raftlab.run.findings.Findings;
import raftlab.run.findings.Group;

/** Causes for people, a paragraph each: how many runs, why, which, and how to play one again. */
final class FindingsText {
  private static final int MOST_SCENARIOS = 8;
  private static final String INDENT = " ".repeat(11);

  private final Style style;

  FindingsText(Style style) {
    this.style = style;
  }

  /** The causes of random scenarios' failures: each seed is a scenario of its own. */
  List<String> ofSwarm(Findings findings) {
    List<String> lines = new ArrayList<>();
    for (Group group : findings.groups()) {
      lines.add(why(group));
      lines.add(INDENT + style.faint(seeds(group.seeds(), group.count())));
      lines.add(INDENT + style.faint("again: ") + Replay.ofSwarm(group.first().played()));
    }
    return lines;
  }

  /** The causes of a suite's failures, with the scenarios that had them. */
  List<String> ofSuite(Findings findings) {
    List<String> lines = new ArrayList<>();
    for (Group group : findings.groups()) {
      lines.add(why(group));
      List<Group.Share> shares = group.shares();
      for (Group.Share share : shares.subList(0, Math.min(MOST_SCENARIOS, shares.size()))) {
        lines.add(
            INDENT
                + share.scenario()
                + ": "
                + runs(share.count())
                + style.faint(", " + seeds(share.seeds(), share.count())));
      }
      if (shares.size() > MOST_SCENARIOS) {
        lines.add(INDENT + "and of " + (shares.size() - MOST_SCENARIOS) + " more scenarios");
      }
      lines.add(INDENT + style.faint("again: ") + Replay.command(group.first()));
    }
    return lines;
  }

  private String why(Group group) {
    return "  "
        + style.status(group.cause().status(), 7)
        + "  "
        + group.count()
        + " × "
        + group.cause().check()
        + (group.cause().likely().isEmpty() ? "" : ", " + group.cause().likely())
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
