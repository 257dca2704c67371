package raftlab.judge.live;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import raftlab.trace.Event;

/** The first violation of each liveness property, and the total length of the stable periods. */
public final class LivenessFindings {
  private final Map<LivenessProperty, LivenessViolation> firsts =
      new EnumMap<>(LivenessProperty.class);
  private final Map<LivenessProperty, Integer> counts = new EnumMap<>(LivenessProperty.class);
  private long calmMicros;
  private boolean isLeaderUnknown;

  LivenessFindings() {}

  /** Returns the first violation of each violated property, in the order of the properties. */
  public List<LivenessViolation> lacks() {
    return List.copyOf(firsts.values());
  }

  /** Returns how often a property was violated. */
  public int count(LivenessProperty promise) {
    return counts.getOrDefault(promise, 0);
  }

  /**
   * Returns the total length of all stable periods that were long enough to judge, in seconds; 0 if
   * in one of them no leader was known for too long.
   */
  public double calmSeconds() {
    return isLeaderUnknown ? 0 : calmMicros / 1e6;
  }

  /**
   * Notes that no leader was known for the bound within a stable period: progress is not confirmed
   * then.
   */
  void leaderUnknown() {
    isLeaderUnknown = true;
  }

  void judged(long micros) {
    calmMicros += micros;
  }

  /** Adds a violation; null events are left out of its evidence. */
  void lack(LivenessProperty promise, String text, Event... evidence) {
    if (counts.merge(promise, 1, Integer::sum) == 1) {
      List<Event> events = new ArrayList<>();
      for (Event event : evidence) {
        if (Objects.nonNull(event) && !events.contains(event)) {
          events.add(event);
        }
      }
      firsts.put(promise, new LivenessViolation(promise, text, events));
    }
  }

  /** Formats microseconds as seconds. */
  static String seconds(long micros) {
    return String.format(Locale.ROOT, "%.1f s", micros / 1e6);
  }
}
