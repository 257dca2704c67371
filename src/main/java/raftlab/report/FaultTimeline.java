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

/** What a scenario's events do when, as far as that is known before the run. */
final class FaultTimeline {
  /** Of an event that comes again and again, people are shown so many times. */
  static final int MOST_SHOWN = 30;

  /**
   * Something that happens once.
   *
   * @param atMicros after {@code start_wait}
   */
  record Entry(PlannedAction event, long atMicros) {
    String text() {
      return ActionText.of(event.action());
    }
  }

  private final Scenario scenario;
  private final List<Entry> entries = new ArrayList<>();

  FaultTimeline(Scenario scenario, long seed) {
    this.scenario = scenario;
    for (PlannedAction event : scenario.events()) {
      if (!event.type().isPlannedForGood()) {
        EventTimes.of(event, seed).forEach(at -> entries.add(new Entry(event, at)));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::atMicros));
  }

  /** All times of all events, in order. */
  List<Entry> entries() {
    return entries;
  }

  /** How often an event comes. */
  long times(PlannedAction event) {
    return entries.stream().filter(entry -> entry.event().equals(event)).count();
  }

  /** Events that wait for a message, in words. */
  List<String> onMessages() {
    List<String> all = new ArrayList<>();
    for (PlannedAction event : scenario.events()) {
      if (event.moment() instanceof ScheduledTime.On on) {
        all.add(ActionText.of(event.action()) + " " + StepText.of(on.message()));
      }
    }
    return all;
  }

  /** What happens to single messages. */
  List<Action> single() {
    return scenario.actions().stream().filter(action -> action.type().isPlannedForGood()).toList();
  }

  /** Whether anybody is meant of whom it only shows in the run who that is. */
  boolean dependsOnTheRun() {
    return scenario.actions().stream()
        .anyMatch(
            action ->
                isNamedOnlyThen(action.type())
                    || action.chance() < 1
                    || action.choices().stream().anyMatch(FaultTimeline::isNamedOnlyThen));
  }

  private static boolean isNamedOnlyThen(ActionType type) {
    return type.needsLeader() || type == ActionType.RING;
  }

  private static boolean isNamedOnlyThen(TargetSelector who) {
    return who.parts().stream().anyMatch(part -> part.kind() != TargetSelector.Kind.ID);
  }
}
