package raftlab.grade.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.TeamGrade;

/**
 * The teams that passed everything, by one metric. Teams with the same value share a rank.
 *
 * @param metric what is compared
 * @param rows the teams, the best first
 */
record Leaderboard(LeaderboardMetric metric, List<Row> rows) {
  /**
   * A team.
   *
   * @param rank 1 for the best; teams with the same value have the same
   * @param isTied whether another team has the same rank
   */
  record Row(int rank, boolean isTied, TeamGrade grade, double value) {}

  /** Copies the list. */
  Leaderboard {
    rows = List.copyOf(rows);
  }

  /** Computes it. */
  static Leaderboard of(GradeBook book, LeaderboardMetric metric) {
    record Entry(TeamGrade grade, double value) {}
    List<Entry> entries = new ArrayList<>();
    for (TeamGrade grade : book.teams()) {
      OptionalDouble value = metric.value(grade);
      value.ifPresent(known -> entries.add(new Entry(grade, known)));
    }
    entries.sort(
        Comparator.comparingDouble(Entry::value)
            .thenComparing(entry -> entry.grade().team().team()));
    List<Row> rows = new ArrayList<>();
    for (Entry entry : entries) {
      long better = entries.stream().filter(each -> each.value() < entry.value()).count();
      long same = entries.stream().filter(each -> each.value() == entry.value()).count();
      rows.add(new Row((int) better + 1, same > 1, entry.grade(), entry.value()));
    }
    return new Leaderboard(metric, rows);
  }
}
