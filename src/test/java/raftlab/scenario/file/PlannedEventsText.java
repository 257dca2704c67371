package raftlab.scenario.file;

import java.util.List;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScheduledTime;

/** A scenario's events at fixed times, in short. */
public final class PlannedEventsText {
  private PlannedEventsText() {}

  /** Each as its type and its time in milliseconds. */
  public static List<String> of(Scenario scenario) {
    return scenario.events().stream()
        .map(
            event -> event.type().key() + " " + ((ScheduledTime.At) event.time()).atMicros() / 1000)
        .toList();
  }
}
