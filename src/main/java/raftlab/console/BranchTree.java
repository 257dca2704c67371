package raftlab.console;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import raftlab.report.TerminalStyle;

/** Draws the branches of a simulated cluster as a tree. */
final class BranchTree {
  private static final int MAX_COMMANDS = 4;

  private final Moment present;
  private final List<Moment> tips;
  private final TerminalStyle style;
  private final List<String> lines = new ArrayList<>();

  BranchTree(Moment present, List<Moment> tips, TerminalStyle style) {
    this.present = present;
    this.tips = tips;
    this.style = style;
    draw(present.root(), "", "");
  }

  List<String> lines() {
    return lines;
  }

  /** Draws the commands from this state to the next branching, and then its branches. */
  private void draw(Moment from, String first, String others) {
    List<Moment> chain = new ArrayList<>(List.of(from));
    Moment last = from;
    while (last.next().size() == 1) {
      last = last.next().get(0);
      chain.add(last);
    }
    lines.add(first + text(chain, last));
    for (int i = 0; i < last.next().size(); i++) {
      boolean isLast = i == last.next().size() - 1;
      draw(
          last.next().get(i), others + (isLast ? "└─ " : "├─ "), others + (isLast ? "   " : "│  "));
    }
  }

  private String text(List<Moment> chain, Moment last) {
    List<String> words = new ArrayList<>();
    int shown = 0;
    for (Moment each : chain) {
      String marks = marks(each);
      boolean isEnd = each == last || each == chain.get(0);
      if (!marks.isEmpty() || isEnd || shown < MAX_COMMANDS) {
        words.add(each.line() + marks);
        shown++;
      } else if (!words.get(words.size() - 1).equals("…")) {
        words.add("…");
      }
    }
    String end = style.faint("  " + QuantityParser.time(last.atMicros()));
    int number = tips.indexOf(last);
    return String.join("; ", words)
        + end
        + (number < 0 ? "" : "  #" + (number + 1) + "  " + verdict(last.verdict()));
  }

  private String marks(Moment moment) {
    String name = moment.name();
    return (name == null ? "" : style.bold(" [" + name + "]"))
        + (moment == present ? style.bold(" *") : "");
  }

  private String verdict(@Nullable BranchVerdict verdict) {
    return verdict == null
        ? ""
        : style.status(verdict.status(), 1)
            + (verdict.reason().isEmpty() ? "" : "  " + verdict.reason());
  }
}
