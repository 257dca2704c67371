package raftlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import raftlab.suite.Points;

/** Formats points. */
final class PointsText {
  private PointsText() {}

  /** The points of one scenario in a column of fixed width; blank if there are none to earn. */
  static String column(Points points) {
    return points.possible() == 0
        ? " ".repeat(11)
        : String.format(
            Locale.ROOT, "%4s of %-3s", number(points.earned()), number(points.possible()));
  }

  /** A line for each suite that has points to earn, and the sum if there are several. */
  static List<String> lines(Map<String, Points> ofSuites, TerminalStyle style) {
    List<String> lines = new ArrayList<>();
    Points sum = Points.NONE;
    for (Map.Entry<String, Points> suite : ofSuites.entrySet()) {
      if (suite.getValue().possible() > 0) {
        lines.add(line(suite.getKey(), suite.getValue(), style));
      }
      sum = sum.plus(suite.getValue());
    }
    if (lines.size() > 1) {
      lines.add(line("all together", sum, style));
    }
    return lines;
  }

  private static String line(String what, Points points, TerminalStyle style) {
    String figures = number(points.earned()) + " of " + number(points.possible()) + " points";
    boolean all = points.earned() >= points.possible();
    return String.format(Locale.ROOT, "%-14s ", what) + (all ? style.success(figures) : figures);
  }

  private static String number(double points) {
    return String.format(Locale.ROOT, points == Math.rint(points) ? "%.0f" : "%.1f", points);
  }
}
