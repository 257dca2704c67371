package raftlab.grade.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.GradeBook.ExcusedResult;
import raftlab.grade.store.Fault;
import raftlab.wire.PrintableText;

/** Lists what the machine or the kit spoiled, and what can't be read. */
public final class ExcusedText {
  private static final int MAX_LINES = 10;
  private static final int MAX_CHARS = 200;

  private ExcusedText() {}

  /** Returns the lines; none if there is nothing. */
  public static List<String> of(GradeBook book) {
    List<String> lines = new ArrayList<>();
    for (Fault fault : List.of(Fault.KIT, Fault.MACHINE)) {
      List<String> each =
          book.excused().stream()
              .filter(result -> result.fault().fault() == fault)
              .map(ExcusedText::line)
              .toList();
      add(lines, each, "Spoiled by " + fault.title() + ", so it costs no points");
    }
    add(lines, book.problems(), "Can't be read, so it counts as not played");
    return lines;
  }

  private static void add(List<String> lines, List<String> each, String title) {
    if (each.isEmpty()) {
      return;
    }
    lines.add(String.format(Locale.ROOT, "%s: %d", title, each.size()));
    each.stream()
        .limit(MAX_LINES)
        .forEach(line -> lines.add("  " + PrintableText.of(line, MAX_CHARS)));
    if (each.size() > MAX_LINES) {
      lines.add("  ... and " + (each.size() - MAX_LINES) + " more, in grades.json");
    }
  }

  private static String line(ExcusedResult result) {
    String where =
        result.scenario().map(scenario -> ", " + scenario.key()).orElse("")
            + result.run().map(run -> ", seed " + run.seed()).orElse("");
    return result.team().team() + where + ": " + result.fault().text();
  }
}
