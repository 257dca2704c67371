package raftlab.cluster.sim;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The set timers of a machine, by name. */
final class SimTimers {
  private record Set(String name, long setting, double dueMicros) {}

  /** Schedules a timer after a delay in the world's time. */
  interface Planner {
    void plan(long afterMicros, String name, long setting);
  }

  private final SimClock clock;
  private final Planner planner;
  private final Map<String, Set> timers = new HashMap<>();
  private long settings;

  SimTimers(SimClock clock, Planner planner) {
    this.clock = clock;
    this.planner = planner;
  }

  void set(String name, long afterMicros, long nowMicros) {
    timers.put(name, new Set(name, ++settings, clock.micros(nowMicros) + afterMicros));
    planner.plan(clock.worldMicros(afterMicros), name, settings);
  }

  void cancel(String name) {
    timers.remove(name);
  }

  /** Takes a timer that is due; returns whether it is still set. */
  boolean take(String name, long setting) {
    Set set = timers.get(name);
    if (set == null || set.setting != setting) {
      return false;
    }
    timers.remove(name);
    return true;
  }

  /** Schedules all timers again after the clock's speed changed. */
  void planAnew(long nowMicros) {
    List<Set> all =
        timers.values().stream().sorted(Comparator.comparingLong(Set::setting)).toList();
    for (Set set : all) {
      long left = (long) Math.max(0, Math.ceil(set.dueMicros - clock.micros(nowMicros)));
      set(set.name, left, nowMicros);
    }
  }

  void clear() {
    timers.clear();
  }
}
