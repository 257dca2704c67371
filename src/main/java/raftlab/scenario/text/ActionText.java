package raftlab.scenario.text;

import java.util.stream.Collectors;
import raftlab.scenario.Action;
import raftlab.scenario.Delay;
import raftlab.scenario.TargetSelector;
import raftlab.scenario.file.LocatedJson;

/** An action in words: all its settings except its time. */
public final class ActionText {
  private ActionText() {}

  /** One line, starting with the type of the action. */
  public static String of(Action action) {
    return action.type().key()
        + (action.targets().isEmpty() || isOfLinks(action) ? "" : " " + action.targets())
        + detail(action)
        + (action.chance() < 1
            ? ", each with probability " + TrafficText.numberText(action.chance())
            : "")
        + (action.durationMillis() > 0 ? " for " + StepText.seconds(action.durationMillis()) : "")
        + (action.assignedName().isEmpty() ? "" : ", named " + action.assignedName());
  }

  private static boolean isOfLinks(Action action) {
    return action.detail() instanceof Action.Links
        || action.detail() instanceof Action.SingleMessage;
  }

  private static String detail(Action action) {
    if (action.detail() instanceof Action.ClientRequest ask) {
      return ask(ask);
    } else if (action.detail() instanceof Action.Crash crash) {
      return crash.midway() ? " in the middle of its next step" : "";
    } else if (action.detail() instanceof Action.Cut cut) {
      return cut(cut);
    } else if (action.detail() instanceof Action.Groups groups) {
      return groups.groups().stream()
          .map(TargetSelector::toString)
          .collect(Collectors.joining(" | ", " ", ""));
    } else if (action.detail() instanceof Action.Links links) {
      return links(action.targets(), links);
    } else if (action.detail() instanceof Action.SingleMessage single) {
      return " message "
          + single.nth()
          + " from "
          + action.targets()
          + " to "
          + single.to()
          + (single.by().equals(Delay.NONE) ? "" : ", by " + LinkConditionsText.of(single.by()));
    } else if (action.detail() instanceof Action.Slow slow) {
      return " by " + LinkConditionsText.of(slow.by());
    } else if (action.detail() instanceof Action.Clock clock) {
      return " at " + TrafficText.numberText(clock.rate()) + " times real time";
    } else if (action.detail() instanceof Action.Disk disk) {
      return ": " + disk.state().name().toLowerCase(java.util.Locale.ROOT);
    } else if (action.detail() instanceof Action.ClusterChange change) {
      return change.once() ? ", asked for once" : "";
    }
    return action.detail() instanceof Action.Traffic traffic
        ? ": " + TrafficText.of(traffic.plan())
        : "";
  }

  private static String cut(Action.Cut cut) {
    String way =
        switch (cut.direction()) {
          case BOTH -> "";
          case OUT -> ", only messages from them";
          case IN -> ", only messages to them";
        };
    return (cut.from().isEmpty() ? "" : " from " + cut.from()) + way;
  }

  private static String links(TargetSelector from, Action.Links links) {
    String whose = links.clients() ? " of clients" : "";
    return whose
        + (from.isEmpty() ? "" : " from " + from)
        + (links.to().isEmpty() ? "" : " to " + links.to())
        + ": "
        + LinkConditionsText.of(links.conditions());
  }

  private static String ask(Action.ClientRequest ask) {
    return " "
        + LocatedJson.quoted(ask.key())
        + (ask.expect() == null ? "" : " from " + LocatedJson.quoted(ask.expect()))
        + (ask.value() == null ? "" : " = " + LocatedJson.quoted(ask.value()))
        + (ask.to().isEmpty() ? "" : " at " + ask.to())
        + (ask.isRetried() ? "" : ", sent once")
        + switch (ask.expectedAnswer()) {
          case OK -> "";
          case NO_OK -> ", must not be answered ok";
          case ANY -> ", any answer";
        };
  }
}
