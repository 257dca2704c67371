package raftlab.cluster.sim;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The set timers of a machine, by name. */
final class SimTimers {
  private record SetTimer(String name, long setting, double dueMicros) {}

  /** Schedules a timer after a delay in the world's time. */
  interface TimerScheduler {
    void schedule(long afterMicros, String name, long setting);
  }

  private final SimClock clock;
  private final TimerScheduler scheduler;
  private final Map<String, SetTimer> timers = new HashMap<>();
  private long settingCount;

  SimTimers(SimClock clock, TimerScheduler scheduler) {
    this.clock = clock;
    this.scheduler = scheduler;
  }

  void set(String name, long afterMicros, long nowMicros) {
    timers.put(
        name, new SetTimer(name, ++settingCount, clock.clockMicros(nowMicros) + afterMicros));
    scheduler.schedule(clock.worldMicros(afterMicros), name, settingCount);
  }

  void cancel(String name) {
    timers.remove(name);
  }

  /** Takes a timer that is due; returns whether it is still set. */
  boolean takeDue(String name, long setting) {
    SetTimer set = timers.get(name);
    if (set == null || set.setting != setting) {
      return false;
    }
    timers.remove(name);
    return true;
  }

  /** Returns the names of the set timers, sorted. */
  List<String> names() {
    return timers.keySet().stream().sorted().toList();
  }

  boolean isSet(String name) {
    return timers.containsKey(name);
  }

  /** Takes a set timer; the clock jumps to its time, so that others may become due. */
  void expire(String name, long nowMicros) {
    SetTimer set = timers.remove(name);
    if (set != null) {
      clock.jumpTo(set.dueMicros, nowMicros);
      rescheduleAll(nowMicros);
    }
  }

  /** Schedules all timers again after the clock's speed changed. */
  void rescheduleAll(long nowMicros) {
    List<SetTimer> all =
        timers.values().stream().sorted(Comparator.comparingLong(SetTimer::setting)).toList();
    for (SetTimer set : all) {
      long left = (long) Math.max(0, Math.ceil(set.dueMicros - clock.clockMicros(nowMicros)));
      set(set.name, left, nowMicros);
    }
  }

  void clear() {
    timers.clear();
  }
}
