package raftlab.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import raftlab.run.action.EventTimes;
import raftlab.scenario.Action;
import raftlab.scenario.ActionType;
import raftlab.scenario.PlannedAction;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScheduledTime;
import raftlab.scenario.TargetSelector;
import raftlab.scenario.text.ActionText;
import raftlab.scenario.text.StepText;

/** Lists a scenario's events with their times, as far as they are known before the run. */
final class FaultTimeline {
  /** How many times of a repeated event the text shows. */
  static final int MAX_SHOWN = 30;

  /**
   * One occurrence of an event.
   *
   * @param atMicros after {@code start_wait}
   */
  record TimelineEntry(PlannedAction event, long atMicros) {
    String text() {
      return ActionText.of(event.action());
    }
  }

  private final Scenario scenario;
  private final List<TimelineEntry> entries = new ArrayList<>();

  FaultTimeline(Scenario scenario, long seed) {
    this.scenario = scenario;
    for (PlannedAction event : scenario.events()) {
      if (!event.type().isPlannedBeforeRun()) {
        EventTimes.of(event, seed).forEach(at -> entries.add(new TimelineEntry(event, at)));
      }
    }
    entries.sort(Comparator.comparingLong(TimelineEntry::atMicros));
  }

  /** All times of all events, in order. */
  List<TimelineEntry> entries() {
    return entries;
  }

  /** How often an event occurs. */
  long times(PlannedAction event) {
    return entries.stream().filter(entry -> entry.event().equals(event)).count();
  }

  /** Descriptions of the events that wait for a message. */
  List<String> onMessages() {
    List<String> all = new ArrayList<>();
    for (PlannedAction event : scenario.events()) {
      if (event.time() instanceof ScheduledTime.OnMessage on) {
        all.add(ActionText.of(event.action()) + " " + StepText.of(on.message()));
      }
    }
    return all;
  }

  /** The faults on single messages. */
  List<Action> single() {
    return scenario.actions().stream()
        .filter(action -> action.type().isPlannedBeforeRun())
        .toList();
  }

  /** Whether some target is resolved only during the run. */
  boolean dependsOnRun() {
    return scenario.actions().stream()
        .anyMatch(
            action ->
                isResolvedAtRunTime(action.type())
                    || action.chance() < 1
                    || action.selectors().stream().anyMatch(FaultTimeline::isResolvedAtRunTime));
  }

  private static boolean isResolvedAtRunTime(ActionType type) {
    return type.needsLeader() || type == ActionType.RING;
  }

  private static boolean isResolvedAtRunTime(TargetSelector who) {
    return who.parts().stream().anyMatch(part -> part.kind() != TargetSelector.SelectorKind.ID);
  }
}
