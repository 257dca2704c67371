package raftlab.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import raftlab.dialect.MessageReader;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/**
 * Prints the events of a run in columns, one for each replica: what it sends ({@code →}), receives
 * ({@code ←}) and does. Events of the same moment share a line.
 */
public final class EventColumns {
  /** The width of a usual terminal. */
  public static final int DEFAULT_WIDTH = 80;

  private static final int TIME_WIDTH = 8;
  private static final int MIN_CELL = 6;
  private static final int MAX_CELL = 24;

  /** Events this close to each other may share a line. */
  private static final long SAME_MOMENT_MICROS = 500;

  /**
   * What is shown.
   *
   * @param filter the events
   * @param heartbeats whether to show AppendEntries without entries, and the answers to them
   * @param width the width of the terminal
   * @param lines the most lines, the latest ones; 0 for no limit
   */
  public record Options(EventFilter filter, boolean heartbeats, int width, int lines) {
    /** Everything but heartbeats, at the usual width. */
    public static final Options DEFAULT = new Options(EventFilter.ALL, false, DEFAULT_WIDTH, 0);
  }

  /** A line: cells of replicas, or one text across. */
  private record Row(long atMicros, Map<Id, EventCell> cells, String across) {}

  private final Trace trace;
  private final Options options;
  private final TerminalStyle style;
  private final List<Id> replicas;
  private final int cellWidth;
  private final int allReplicas;
  private final long began;
  private final List<Row> rows = new ArrayList<>();

  private EventColumns(Trace trace, Options options, TerminalStyle style) {
    this.trace = trace;
    this.options = options;
    this.style = style;
    Set<Id> all = allReplicas(trace);
    this.allReplicas = all.size();
    this.replicas = shownReplicas(all);
    this.cellWidth =
        Math.max(
            MIN_CELL,
            Math.min(MAX_CELL, (options.width - TIME_WIDTH) / Math.max(1, replicas.size())));
    this.began = MessageListText.began(trace);
  }

  /**
   * The lines for the last events of a run that goes on, quickly: messages are read by the names of
   * their fields alone.
   */
  public static List<String> ofLast(Trace trace, int events, Options options, TerminalStyle style) {
    List<Event> all = trace.events();
    Trace last = new Trace(trace.header());
    all.subList(Math.max(0, all.size() - events), all.size()).forEach(last::add);
    EventCells cells =
        new EventCells(last, options.filter, options.heartbeats, MessageReader.byNames(last));
    return new EventColumns(last, options, style).lines(cells);
  }

  /** The lines, with a heading. */
  public static List<String> of(Trace trace, Options options, TerminalStyle style) {
    EventCells cells =
        new EventCells(trace, options.filter, options.heartbeats, MessageReader.of(trace));
    return new EventColumns(trace, options, style).lines(cells);
  }

  private static Set<Id> allReplicas(Trace trace) {
    Set<Id> all = new TreeSet<>(trace.header().replicas());
    for (Event event : trace.events()) {
      if (event instanceof Event.Started started) {
        all.add(started.replica());
      }
    }
    return all;
  }

  private List<Id> shownReplicas(Set<Id> all) {
    List<Id> about = options.filter.about();
    List<Id> chosen = all.stream().filter(about::contains).toList();
    return chosen.isEmpty() ? List.copyOf(all) : chosen;
  }

  private List<String> lines(EventCells cells) {
    for (Event event : trace.events()) {
      Map<Id, EventCell> found = cells.of(event);
      if (!options.filter.includes(event.atMicros() - began)) {
        continue;
      }
      found.forEach((id, cell) -> add(event.atMicros(), id, cell));
      String across = cells.across(event);
      if (!across.isEmpty()) {
        rows.add(new Row(event.atMicros(), Map.of(), across));
      }
    }
    List<String> lines = new ArrayList<>(List.of(heading()));
    int from = options.lines == 0 ? 0 : Math.max(0, rows.size() - options.lines);
    String last = "";
    for (Row row : rows.subList(from, rows.size())) {
      String time = String.format(Locale.ROOT, "%7.3f ", (row.atMicros - began) / 1e6);
      lines.add(line(row, time.equals(last) ? " ".repeat(TIME_WIDTH) : time));
      last = time;
    }
    if (rows.isEmpty()) {
      lines.add(style.faint("no events here"));
    }
    return lines;
  }

  private void add(long atMicros, Id id, EventCell cell) {
    if (!replicas.contains(id)) {
      return;
    }
    Row last = rows.isEmpty() ? null : rows.get(rows.size() - 1);
    boolean fits =
        last != null && last.across.isEmpty() && atMicros - last.atMicros <= SAME_MOMENT_MICROS;
    if (fits && last != null) {
      EventCell there = last.cells.get(id);
      if (there == null && isLatest(last, id)) {
        last.cells.put(id, cell);
        return;
      }
      EventCell joined = there == null ? null : there.join(cell, cellWidth - 1);
      if (joined != null) {
        last.cells.put(id, joined);
        return;
      }
    }
    rows.add(new Row(atMicros, new HashMap<>(Map.of(id, cell)), ""));
  }

  /** Whether this replica has no cell in a later line of the same moment. */
  private static boolean isLatest(Row row, Id id) {
    return !row.cells.containsKey(id);
  }

  private String heading() {
    StringBuilder text = new StringBuilder(" ".repeat(TIME_WIDTH));
    for (Id id : replicas) {
      text.append(pad(id.toString()));
    }
    return style.bold(text.toString().stripTrailing());
  }

  private String line(Row row, String time) {
    if (!row.across.isEmpty()) {
      String text = "── " + row.across + " ";
      int most = Math.max(10, options.width - TIME_WIDTH);
      String cut = text.length() > most ? text.substring(0, most - 1) + "…" : text;
      return style.faint(time) + style.warning(cut + "─".repeat(Math.max(0, most - cut.length())));
    }
    StringBuilder text = new StringBuilder(style.faint(time));
    Map<Id, EventCell> sorted = new TreeMap<>(row.cells);
    int blanks = 0;
    for (Id id : replicas) {
      EventCell cell = sorted.get(id);
      if (cell == null) {
        blanks += cellWidth;
      } else {
        String shown = cut(cell.shown(allReplicas - 1));
        text.append(" ".repeat(blanks)).append(cell.kind().paint(shown, style));
        blanks = cellWidth - shown.length();
      }
    }
    return text.toString();
  }

  private String cut(String text) {
    return text.length() < cellWidth ? text : text.substring(0, cellWidth - 2) + "…";
  }

  private String pad(String text) {
    return text + " ".repeat(Math.max(1, cellWidth - text.length()));
  }
}
