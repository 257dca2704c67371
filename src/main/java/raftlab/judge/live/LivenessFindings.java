package raftlab.judge.live;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import raftlab.trace.Event;

/** What stretches of calm show: the first lack of each promise, and how long they are. */
public final class LivenessFindings {
  private final Map<LivenessProperty, LivenessViolation> firsts =
      new EnumMap<>(LivenessProperty.class);
  private final Map<LivenessProperty, Integer> counts = new EnumMap<>(LivenessProperty.class);
  private long calmMicros;
  private boolean isLeaderUnknown;

  LivenessFindings() {}

  /** The first lack of each promise that wasn't kept, in the order of the promises. */
  public List<LivenessViolation> lacks() {
    return List.copyOf(firsts.values());
  }

  /** How often it was not kept. */
  public int count(LivenessProperty promise) {
    return counts.getOrDefault(promise, 0);
  }

  /**
   * How long all stretches of calm are together that were long enough to judge, in seconds; 0 if no
   * leader was known for too long in one of them.
   */
  public double calmSeconds() {
    return isLeaderUnknown ? 0 : calmMicros / 1e6;
  }

  /** No leader was known for the bound within a calm: nothing is said of progress then. */
  void leaderUnknown() {
    isLeaderUnknown = true;
  }

  void judged(long micros) {
    calmMicros += micros;
  }

  /** Notes a lack; events that are null are left out of its evidence. */
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

  /** So many microseconds in words. */
  static String seconds(long micros) {
    return String.format(Locale.ROOT, "%.1f s", micros / 1e6);
  }
}
