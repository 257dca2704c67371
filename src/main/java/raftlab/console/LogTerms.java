package raftlab.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import raftlab.report.TerminalStyle;
import raftlab.trace.ReportedLog;
import raftlab.wire.Id;

/** The terms of the last entries of all logs, one below the other, as in Figure 7 of the paper. */
final class LogTerms {
  private LogTerms() {}

  /** The lines, with a heading. */
  static List<String> lines(
      List<Id> replicas, Map<Id, ShownState> states, int entries, TerminalStyle style) {
    long last =
        states.values().stream().mapToLong(state -> state.log().lastIndex()).max().orElse(0);
    long first = Math.max(1, last - entries + 1);
    StringBuilder heading = new StringBuilder("entry ");
    for (long index = first; index <= last; index++) {
      heading.append(String.format(Locale.ROOT, "%2d ", index % 100));
    }
    List<String> lines = new ArrayList<>(List.of(style.bold(heading.toString().stripTrailing())));
    for (Id id : replicas) {
      ShownState state = Objects.requireNonNull(states.get(id), "each replica has one");
      StringBuilder row = new StringBuilder(id + (state.inferred() ? "* " : "  "));
      for (long index = first; index <= last; index++) {
        row.append(cell(state, index));
      }
      lines.add(row.toString().stripTrailing());
    }
    return lines;
  }

  private static String cell(ShownState state, long index) {
    ReportedLog log = state.log();
    if (index > log.lastIndex()) {
      return "   ";
    }
    boolean isUnknown = log.termAt(index) < 0;
    String term = isUnknown ? "?" : Long.toString(log.termAt(index) % 100);
    return String.format(Locale.ROOT, "%2s%s", term, index == state.commitIndex() ? "|" : " ");
  }
}
