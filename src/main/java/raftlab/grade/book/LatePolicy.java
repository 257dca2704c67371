package raftlab.grade.book;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What is taken off for handing in late.
 *
 * @param due when hand-ins are due
 * @param graceMinutes how much later costs nothing
 * @param percentPerDay the percentage that each day costs that has begun
 * @param maxPercent the most that is taken off
 * @param extensions the teams with another time when they are due
 */
public record LatePolicy(
    Instant due,
    int graceMinutes,
    double percentPerDay,
    double maxPercent,
    Map<String, Instant> extensions) {
  /** Copies the map. */
  public LatePolicy {
    extensions = Map.copyOf(extensions);
  }

  /** Returns when a team's hand-in is due. */
  public Instant due(String team) {
    return extensions.getOrDefault(team, due);
  }

  /** Returns the penalty of a team that handed in at this time. */
  public LatePenalty penalty(String team, Instant submitted) {
    Duration late = Duration.between(due(team), submitted);
    if (late.compareTo(Duration.ofMinutes(graceMinutes)) <= 0) {
      return new LatePenalty(Math.max(0, late.toMinutes()), 0, true);
    }
    long days = (late.toSeconds() + 86_399) / 86_400;
    return new LatePenalty(late.toMinutes(), Math.min(maxPercent, days * percentPerDay), true);
  }
}
