package raftlab.report.export;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import raftlab.dialect.RaftMessageView;
import raftlab.report.EventText;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.PrintableText;

/**
 * Writes a log for ShiViz. Its first line is the expression that parses it, its second the empty
 * delimiter of executions; then each event has two lines, its text, and its host with the vector
 * clock. Only exported events count in the clocks.
 */
final class ShivizExport {
  private static final String PARSER = "(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})";
  private static final int MAX_CHARS = 200;

  private final ExportedRun run;
  private final Writer out;
  private final Map<Id, Map<Id, Integer>> clocks = new HashMap<>();
  private final Map<Long, Map<Id, Integer>> sentClocks = new HashMap<>();
  private final Map<Long, Event.DropReason> dropped = new HashMap<>();

  ShivizExport(ExportedRun run, Writer out) {
    this.run = run;
    this.out = out;
  }

  void write() throws IOException {
    for (Event event : run.events()) {
      if (event instanceof Event.Dropped lost) {
        dropped.put(lost.number(), lost.why());
      }
    }
    out.write(PARSER + "\n\n");
    for (Event event : run.events()) {
      if (event instanceof Event.Sent sent) {
        line(event, sent.from(), "sends " + text(sent) + dropText(sent));
        sentClocks.put(sent.number(), new TreeMap<>(clockOf(sent.from())));
      } else if (event instanceof Event.Delivered delivered) {
        Event.Sent sent =
            Objects.requireNonNull(run.message(delivered.number()), "others are left out");
        Map<Id, Integer> clock = clockOf(sent.to());
        sentClocks
            .getOrDefault(delivered.number(), Map.of())
            .forEach((host, count) -> clock.merge(host, count, Math::max));
        line(event, sent.to(), "receives " + text(sent));
      } else {
        Id host = hostOf(event);
        String text = host == null ? null : EventText.of(event);
        if (host != null) {
          line(event, host, text == null ? event.getClass().getSimpleName() : text);
        }
      }
    }
  }

  /** The replica on which an event happened; null for events that are not shown. */
  private static @Nullable Id hostOf(Event event) {
    if (event instanceof Event.Reported report) {
      return report.replica();
    } else if (event instanceof Event.Started started) {
      return started.replica();
    } else if (event instanceof Event.Crashed crashed) {
      return crashed.replica();
    } else if (event instanceof Event.Exited exited) {
      return exited.replica();
    } else if (event instanceof Event.Paused paused) {
      return paused.replica();
    } else if (event instanceof Event.Resumed resumed) {
      return resumed.replica();
    } else if (event instanceof Event.Noted note) {
      return note.replica();
    } else if (event instanceof Event.Printed printed) {
      return printed.replica();
    }
    return null;
  }

  private Map<Id, Integer> clockOf(Id host) {
    return clocks.computeIfAbsent(host, added -> new TreeMap<>());
  }

  private void line(Event event, Id host, String text) throws IOException {
    Map<Id, Integer> clock = clockOf(host);
    clock.merge(host, 1, Integer::sum);
    JsonObject json = new JsonObject();
    clock.forEach((id, count) -> json.addProperty(id.toString(), count));
    String printed = event instanceof Event.Printed line ? "printed: " + line.line() : text;
    String time = String.format(Locale.ROOT, "%.6f s ", run.micros(event) / 1e6);
    out.write(time + PrintableText.of(printed, MAX_CHARS) + "\n");
    out.write(host + " " + json + "\n");
  }

  private String text(Event.Sent sent) {
    RaftMessageView content = run.content(sent);
    String mid = sent.message().mid();
    return run.kind(sent)
        + (content == null ? " " + sent.message().type() : "")
        + (run.term(sent) < 0 ? "" : " of term " + run.term(sent))
        + (content instanceof RaftMessageView.Append append && !append.isHeartbeat()
            ? ", entries " + (append.prevIndex() + 1) + " to " + append.end()
            : "")
        + (mid == null ? "" : ", MID " + mid)
        + " (message "
        + sent.number()
        + ", "
        + sent.from()
        + " to "
        + sent.to()
        + ")";
  }

  private String dropText(Event.Sent sent) {
    Event.DropReason why = dropped.get(sent.number());
    return why == null ? "" : ", dropped: " + why.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
