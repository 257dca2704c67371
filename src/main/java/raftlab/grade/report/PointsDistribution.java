package raftlab.grade.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.TeamGrade;

/** How many teams have how many points: a histogram of ten bars, as values of a page. */
final class PointsDistribution {
  private static final int BARS = 10;
  private static final int WIDTH = 50;
  private static final int HEIGHT = 120;
  private static final int TOP = 20;

  private PointsDistribution() {}

  /** Counts the teams with a final grade; the last bar includes full marks. */
  static List<Integer> counts(GradeBook book) {
    int[] counts = new int[BARS];
    for (TeamGrade grade : book.teams()) {
      if (grade.status().isFinal() && grade.max() > 0) {
        double share = Math.max(0, grade.points() / grade.max());
        counts[Math.min(BARS - 1, (int) (BARS * share + 1e-9))]++;
      }
    }
    List<Integer> list = new ArrayList<>();
    for (int count : counts) {
      list.add(count);
    }
    return list;
  }

  /** Returns the bars, with their places in the picture. */
  static List<Map<String, Object>> bars(GradeBook book) {
    List<Integer> counts = counts(book);
    int most = Math.max(1, counts.stream().mapToInt(Integer::intValue).max().orElse(1));
    List<Map<String, Object>> bars = new ArrayList<>();
    for (int i = 0; i < BARS; i++) {
      int height = counts.get(i) * HEIGHT / most;
      bars.add(
          Map.of(
              "x",
              i * WIDTH + 4,
              "y",
              TOP + HEIGHT - height,
              "width",
              WIDTH - 8,
              "height",
              height,
              "middle",
              i * WIDTH + WIDTH / 2,
              "count",
              counts.get(i),
              "above",
              TOP + HEIGHT - height - 4,
              "below",
              TOP + HEIGHT + 16,
              "label",
              i * 100 / BARS + "–" + (i + 1) * 100 / BARS));
    }
    return bars;
  }
}
