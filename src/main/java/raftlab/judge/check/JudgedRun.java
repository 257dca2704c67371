package raftlab.judge.check;

import raftlab.judge.figures.RareEvents;
import raftlab.judge.figures.RunStatistics;
import raftlab.judge.linear.LinearizabilityChecker;
import raftlab.scenario.CourseThresholds;
import raftlab.scenario.Scenario;
import raftlab.trace.Event.End;
import raftlab.trace.Trace;

/**
 * The input of the checks: the scenario, the trace, and what was computed from the trace once for
 * all checks: statistics, key histories and rare events.
 */
public record JudgedRun(
    Scenario scenario,
    Trace trace,
    RunStatistics statistics,
    KeyHistories histories,
    RareEvents landmarks) {
  /** Computes the statistics and histories of a trace. */
  public static JudgedRun of(Scenario scenario, Trace trace) {
    return new JudgedRun(
        scenario,
        trace,
        RunStatistics.of(trace),
        KeyHistories.of(trace, LinearizabilityChecker.STEPS),
        RareEvents.of(trace));
  }

  /** Returns the thresholds that apply. */
  public CourseThresholds thresholds() {
    return scenario.tests().orElse(CourseThresholds.DEFAULTS);
  }

  /** Whether the run was played to its end; otherwise missing events prove nothing. */
  boolean isComplete() {
    return statistics.end() == End.COMPLETE;
  }
}
