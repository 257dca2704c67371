package raftlab.grade.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.OptionalDouble;
import raftlab.grade.book.ScenarioGrade;
import raftlab.grade.book.TeamGrade;
import raftlab.grade.store.RunFigures;
import raftlab.grade.store.RunRecord;

/** What a leaderboard compares; less is better. */
enum LeaderboardMetric {
  /** Messages between replicas, of all scenarios together. */
  MESSAGES("Messages", "", RunFigures.MESSAGES, 1, true),
  /** The mean of the median latencies of the scenarios. */
  LATENCY("Latency", " (ms)", RunFigures.MEDIAN_LATENCY, 1000, false),
  /** The mean of the longest fail-overs of the scenarios. */
  FAIL_OVER("Fail-over", " (ms)", RunFigures.FAIL_OVER, 1, false);

  /** Further digits are chance: two runs of the same program differ by more. */
  private static final int DIGITS = 2;

  private final String title;
  private final String unit;
  private final String figure;
  private final double factor;
  private final boolean isSum;

  LeaderboardMetric(String title, String unit, String figure, double factor, boolean isSum) {
    this.title = title;
    this.unit = unit;
    this.figure = figure;
    this.factor = factor;
    this.isSum = isSum;
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }

  /** Returns the value of a team that passed everything; nothing for others. */
  OptionalDouble value(TeamGrade grade) {
    if (!grade.isPerfect()) {
      return OptionalDouble.empty();
    }
    List<Double> each =
        grade.scenarios().stream()
            .map(this::value)
            .filter(OptionalDouble::isPresent)
            .map(OptionalDouble::getAsDouble)
            .toList();
    if (each.isEmpty()) {
      return OptionalDouble.empty();
    }
    double sum = each.stream().mapToDouble(Double::doubleValue).sum();
    return OptionalDouble.of(rounded(factor * (isSum ? sum : sum / each.size())));
  }

  private OptionalDouble value(ScenarioGrade grade) {
    return grade.runs().stream()
        .filter(RunRecord::hasPassed)
        .map(run -> run.figure(figure))
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .average();
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(DIGITS, RoundingMode.HALF_UP)).doubleValue();
  }

  /** Returns a value for people, without digits that mean nothing. */
  String shown(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
