package raftlab.run.shrink;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import raftlab.run.concrete.ScenarioDraft;
import raftlab.scenario.file.ActionJson;

/** Shortens a draft: its end, the gaps between its events, and the digits of its times. */
final class TimeReduction {
  private static final String TIME = "time";
  private static final String LIFETIME = "lifetime";
  private static final String START = "start_wait";
  private static final long SHORTEST_MICROS = 10_000;

  /** The gaps between events that are tried, in microseconds. */
  private static final long[] GAPS = {
    1_000, 10_000, 50_000, 100_000, 200_000, 300_000, 400_000, 500_000, 600_000, 800_000, 1_000_000,
    1_500_000, 2_000_000, 3_000_000, 5_000_000
  };

  private final SmallestFailure best;

  TimeReduction(SmallestFailure best) {
    this.best = best;
  }

  /** Ends the run as soon as the failure is proved. */
  boolean cutEnd() throws ShrinkTimeoutException {
    long proved = best.current().evidenceMicros();
    long now = best.micros(LIFETIME) + best.micros("end_wait");
    List<ScenarioDraft> shorter = new ArrayList<>();
    if (proved >= 0) {
      long end = Math.max(SHORTEST_MICROS, (proved / 1000 + 2) * 1000);
      if (end < now) {
        shorter.add(endingAt(end));
      }
    } else {
      for (int part = 1; part < 8; part *= 2) {
        shorter.add(endingAt(Math.max(SHORTEST_MICROS, now * part / 8 / 1000 * 1000)));
      }
    }
    return best.tryReplace(shorter);
  }

  private ScenarioDraft endingAt(long micros) {
    List<JsonObject> events = new ArrayList<>(best.events());
    events.removeIf(event -> SmallestFailure.micros(event, TIME) > micros);
    return best.draft()
        .withEvents(events)
        .with(LIFETIME, ActionJson.seconds(micros))
        .with("end_wait", ActionJson.seconds(0));
  }

  /** Shortens the gaps before the first event and between events. */
  void closeGaps() throws ShrinkTimeoutException {
    long wait = best.micros(START);
    if (wait > 0) {
      best.tryReplace(List.of(shifted(0, wait).with(START, ActionJson.seconds(0))));
    }
    long before = 0;
    for (int i = 0; i < instants().size(); i++) {
      long at = instants().get(i);
      List<ScenarioDraft> closer = new ArrayList<>();
      for (long gap : GAPS) {
        if (gap < at - before) {
          closer.add(shifted(at, before + gap - at));
        }
      }
      if (!best.tryReplace(closer)) {
        round(at);
      }
      before = instants().get(Math.min(i, instants().size() - 1));
    }
    roundEnd();
  }

  /** Rounds one time to as few digits as possible. */
  private void round(long at) throws ShrinkTimeoutException {
    List<ScenarioDraft> rounder = new ArrayList<>();
    for (long unit = 1_000_000; unit >= 1_000; unit /= 10) {
      for (long moment : new long[] {at / unit * unit, at / unit * unit + unit}) {
        if (moment != at && at % unit != 0) {
          rounder.add(moved(at, moment));
        }
      }
    }
    best.tryReplace(rounder);
  }

  private void roundEnd() throws ShrinkTimeoutException {
    cutEnd();
    long end = best.micros(LIFETIME);
    List<ScenarioDraft> rounder = new ArrayList<>();
    for (long unit = 100_000; unit > 1_000; unit /= 10) {
      if (end % unit != 0) {
        rounder.add(best.draft().with(LIFETIME, ActionJson.seconds(end / unit * unit + unit)));
      }
    }
    best.tryReplace(rounder);
  }

  /** Returns the times of all events, ascending. */
  private List<Long> instants() {
    TreeSet<Long> instants = new TreeSet<>();
    for (JsonObject event : best.events()) {
      if (event.has(TIME)) {
        instants.add(SmallestFailure.micros(event, TIME));
      }
    }
    return List.copyOf(instants);
  }

  /** Moves all events from this time on, and the end, by this much. */
  private ScenarioDraft shifted(long from, long by) {
    List<JsonObject> events = new ArrayList<>();
    for (JsonObject event : best.events()) {
      long at = SmallestFailure.micros(event, TIME);
      events.add(event.has(TIME) && at >= from ? at(event, at + by) : event);
    }
    long end = Math.max(SHORTEST_MICROS, best.micros(LIFETIME) + by);
    return best.draft().withEvents(events).with(LIFETIME, ActionJson.seconds(end));
  }

  private ScenarioDraft moved(long from, long to) {
    List<JsonObject> events = new ArrayList<>();
    for (JsonObject event : best.events()) {
      boolean then = event.has(TIME) && SmallestFailure.micros(event, TIME) == from;
      events.add(then ? at(event, to) : event);
    }
    return best.draft().withEvents(events);
  }

  private static JsonObject at(JsonObject event, long micros) {
    JsonObject moved = event.deepCopy();
    moved.add(TIME, ActionJson.seconds(micros));
    return moved;
  }
}
