package raftlab.run.action;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import raftlab.network.SeededGenerators;
import raftlab.scenario.PlannedAction;
import raftlab.scenario.ScheduledTime;

/** Computes the times of a scenario's events; random times come from the run's seed. */
public final class EventTimes {
  private EventTimes() {}

  /**
   * Returns when an event is due, in microseconds after the end of {@code start_wait}, ascending;
   * empty for an event that waits for a message.
   */
  public static List<Long> of(PlannedAction event, long seed) {
    if (event.time() instanceof ScheduledTime.At at) {
      return List.of(at.atMicros());
    } else if (event.time() instanceof ScheduledTime.Every every) {
      return drawn(every, SeededGenerators.generator(seed, "times", event.number()));
    }
    return List.of();
  }

  private static List<Long> drawn(ScheduledTime.Every every, RandomGenerator random) {
    List<Long> times = new ArrayList<>();
    for (long at = every.fromMillis(); at <= every.lastMillis(); at += every.everyMillis()) {
      long jitter =
          every.jitterMillis() == 0
              ? 0
              : random.nextLong(-every.jitterMillis(), every.jitterMillis() + 1);
      times.add(1000 * Math.max(0, Math.min(every.lastMillis(), at + jitter)));
    }
    return times;
  }
}
