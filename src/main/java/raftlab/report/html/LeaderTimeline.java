package raftlab.report.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/** A small picture of a run: one row for each replica, with the times when it led or was down. */
final class LeaderTimeline {
  /** The width of the picture, in its own units. */
  static final int WIDTH = 240;

  private static final int ROW = 5;

  /** What a bar stands for; the name is a class of the style sheet. */
  private enum Kind {
    LEADS,
    DOWN
  }

  private record Bar(Kind kind, int row, long fromMicros, long toMicros) {}

  private final Map<Id, Integer> rows = new HashMap<>();
  private final List<Bar> bars = new ArrayList<>();
  private final Map<Id, Long> downSince = new LinkedHashMap<>();
  private @Nullable Id leader;
  private long leadsSince;
  private long endMicros;

  private LeaderTimeline(Trace trace) {
    trace.header().replicas().forEach(id -> rows.put(id, rows.size()));
    for (Event event : trace.events()) {
      take(event);
      endMicros = Math.max(endMicros, event.atMicros());
    }
    leads(null, endMicros);
    downSince.forEach((id, since) -> add(Kind.DOWN, id, since, endMicros));
  }

  /** Returns the picture of a run as values for a template. */
  static Map<String, ?> of(Trace trace) {
    return new LeaderTimeline(trace).values();
  }

  private void take(Event event) {
    if (event instanceof Event.Started started) {
      rows.putIfAbsent(started.replica(), rows.size());
      Long since = downSince.remove(started.replica());
      if (since != null) {
        add(Kind.DOWN, started.replica(), since, event.atMicros());
      }
    } else if (event instanceof Event.Crashed crashed) {
      downSince.putIfAbsent(crashed.replica(), event.atMicros());
    } else if (event instanceof Event.Exited exited) {
      downSince.putIfAbsent(exited.replica(), event.atMicros());
    } else if (event instanceof Event.LeaderKnown known) {
      leads(known.leader().isBroadcast() ? null : known.leader(), event.atMicros());
    }
  }

  private void leads(@Nullable Id next, long atMicros) {
    if (leader != null) {
      add(Kind.LEADS, leader, leadsSince, atMicros);
    }
    leader = next;
    leadsSince = atMicros;
  }

  private void add(Kind kind, Id id, long from, long to) {
    Integer row = rows.get(id);
    if (row != null) {
      bars.add(new Bar(kind, row, from, to));
    }
  }

  private Map<String, ?> values() {
    List<Map<String, ?>> shown = new ArrayList<>();
    double scale = WIDTH / (double) Math.max(1, endMicros);
    for (Bar bar : bars) {
      double width = Math.max(1, (bar.toMicros() - bar.fromMicros()) * scale);
      shown.add(
          Map.of(
              "kind",
              bar.kind().name().toLowerCase(Locale.ROOT),
              "x",
              String.format(Locale.ROOT, "%.1f", Math.min(WIDTH - 1, bar.fromMicros() * scale)),
              "y",
              bar.row() * ROW,
              "width",
              String.format(Locale.ROOT, "%.1f", width)));
    }
    List<Map<String, ?>> lanes = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      lanes.add(Map.of("y", row * ROW));
    }
    return Map.of(
        "bars", shown, "lanes", lanes, "height", rows.size() * ROW, "pictureWidth", WIDTH);
  }
}
