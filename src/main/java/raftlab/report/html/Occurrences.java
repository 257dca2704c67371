package raftlab.report.html;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.report.EventText;
import raftlab.trace.DirectedLink;
import raftlab.trace.Event;
import raftlab.trace.FaultEffect;
import raftlab.wire.Id;
import raftlab.wire.PrintableText;

/** What happened besides messages, requests and state changes: faults, steps, printed lines. */
final class Occurrences {
  /** A replica may print without end; the page shows the first lines. */
  private static final int MAX_PRINTED = 20_000;

  private static final int MAX_LINE = 400;

  private record Row(int position, String kind, int lane, String text, List<DirectedLink> cut) {}

  private final Lanes lanes;
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();

  Occurrences(Lanes lanes) {
    this.lanes = lanes;
  }

  /** Adds an event, unless it belongs to another part of the page. */
  void add(int position, Event event) {
    String kind = event.getClass().getSimpleName();
    if (event instanceof Event.Started started) {
      add(position, kind, started.replica(), "replica " + started.replica() + " was started");
    } else if (event instanceof Event.Crashed crashed) {
      add(position, kind, crashed.replica(), "replica " + crashed.replica() + " crashed");
    } else if (event instanceof Event.Exited exited) {
      String last = String.join("\n", exited.lastWords());
      add(position, kind, exited.replica(), text(event) + (last.isEmpty() ? "" : "\n" + last));
    } else if (event instanceof Event.Paused paused) {
      add(position, kind, paused.replica(), text(event));
    } else if (event instanceof Event.Resumed resumed) {
      add(position, kind, resumed.replica(), text(event));
    } else if (event instanceof Event.NeverReady never) {
      add(position, kind, never.replica(), text(event));
    } else if (event instanceof Event.Printed printed) {
      if (counts.merge(kind, 1, Integer::sum) <= MAX_PRINTED) {
        add(position, kind, printed.replica(), PrintableText.of(printed.line(), MAX_LINE));
      }
    } else if (event instanceof Event.Noted note) {
      add(position, kind, note.replica(), PrintableText.of(note.text(), MAX_LINE));
    } else if (event instanceof Event.Malformed bad) {
      add(position, kind, bad.replica(), text(event));
    } else if (event instanceof Event.PassedOver passed) {
      add(position, kind, passed.replica(), text(event));
    } else if (event instanceof Event.Overflowed overflow) {
      add(position, kind, overflow.replica(), text(event));
    } else if (event instanceof Event.LeaderKnown known) {
      add(position, kind, known.leader(), text(event));
    } else if (event instanceof Event.Effect done) {
      List<DirectedLink> cut =
          done.effect() instanceof FaultEffect.LinksCut links ? links.cut() : List.of();
      boolean isCut = done.effect() instanceof FaultEffect.LinksCut;
      rows.add(new Row(position, isCut ? "LinksCut" : kind, -1, text(event), cut));
    } else if (isShown(event)) {
      add(position, kind, null, text(event));
    }
  }

  private static boolean isShown(Event event) {
    return event instanceof Event.Fault
        || event instanceof Event.FaultHeld
        || event instanceof Event.Step
        || event instanceof Event.HarnessLate
        || event instanceof Event.Ended
        || event instanceof Event.GetNotGenerated;
  }

  private void add(int position, String kind, @Nullable Id id, String text) {
    rows.add(new Row(position, kind, id == null ? -1 : lanes.number(id), text, List.of()));
  }

  private static String text(Event event) {
    String text = EventText.of(event);
    return text == null ? "" : text;
  }

  /** Writes the rows as a field of an object. */
  void write(JsonWriter json) throws IOException {
    json.name("others").beginArray();
    for (Row row : rows) {
      json.beginObject();
      json.name("at").value(row.position());
      json.name("kind").value(row.kind());
      json.name("lane").value(row.lane());
      json.name("text").value(row.text());
      if (row.kind().equals("LinksCut")) {
        json.name("cut").beginArray();
        for (DirectedLink link : row.cut()) {
          json.value(lanes.number(link.from()));
          json.value(lanes.number(link.to()));
        }
        json.endArray();
      }
      json.endObject();
    }
    json.endArray();
    int printed = counts.getOrDefault("Printed", 0);
    json.name("printedLeftOut").value(Math.max(0, printed - MAX_PRINTED));
  }
}
