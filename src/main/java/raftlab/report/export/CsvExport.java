package raftlab.report.export;

import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import raftlab.trace.Event;

/**
 * Writes messages as a table of RFC 4180: one row for each copy of a message that was delivered or
 * dropped, and for each message that was still in flight at the end. Times are seconds.
 */
final class CsvExport {
  private static final String COLUMNS =
      "number,sent,from,to,type,kind,term,leader,mid,bytes,outcome,arrived,transit_ms\r\n";

  private final ExportedRun run;
  private final Writer out;

  CsvExport(ExportedRun run, Writer out) {
    this.run = run;
    this.out = out;
  }

  void write() throws IOException {
    out.write(COLUMNS);
    Map<Long, Integer> copies = new HashMap<>();
    for (Event event : run.events()) {
      if (event instanceof Event.Sent sent) {
        copies.merge(sent.number(), 1, Integer::sum);
      } else if (event instanceof Event.Duplicated duplicated) {
        copies.merge(duplicated.number(), 1, Integer::sum);
      } else if (event instanceof Event.Delivered delivered) {
        row(message(delivered.number()), "delivered", event);
        copies.merge(delivered.number(), -1, Integer::sum);
      } else if (event instanceof Event.Dropped dropped) {
        row(message(dropped.number()), dropped.why().name().toLowerCase(Locale.ROOT), event);
        copies.merge(dropped.number(), -1, Integer::sum);
      }
    }
    for (Event event : run.events()) {
      if (event instanceof Event.Sent sent) {
        for (int i = copies.getOrDefault(sent.number(), 0); i > 0; i--) {
          row(sent, "in_flight", null);
        }
      }
    }
  }

  private Event.Sent message(long number) {
    return Objects.requireNonNull(run.message(number), "events of other messages are left out");
  }

  private void row(Event.Sent sent, String outcome, @Nullable Event end) throws IOException {
    long term = run.term(sent);
    String mid = sent.message().mid();
    String[] fields = {
      Long.toString(sent.number()),
      seconds(run.micros(sent)),
      sent.from().toString(),
      sent.to().toString(),
      sent.message().type(),
      run.kind(sent),
      term < 0 ? "" : Long.toString(term),
      sent.message().leader().toString(),
      mid == null ? "" : mid,
      Integer.toString(sent.message().bytes().length),
      outcome,
      end == null ? "" : seconds(run.micros(end)),
      end == null
          ? ""
          : String.format(Locale.ROOT, "%.3f", (end.atMicros() - sent.atMicros()) / 1e3),
    };
    for (int i = 0; i < fields.length; i++) {
      out.append(i == 0 ? "" : ",").append(quoted(fields[i]));
    }
    out.append("\r\n");
  }

  private static String seconds(long micros) {
    return String.format(Locale.ROOT, "%.6f", micros / 1e6);
  }

  private static String quoted(String field) {
    boolean isPlain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isPlain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
