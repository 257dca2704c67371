package raftlab.judge.check;

import raftlab.judge.figures.ClientRequests;
import raftlab.judge.figures.RareEvents;
import raftlab.judge.figures.RunStatistics;
import raftlab.judge.figures.TraceCounter;
import raftlab.judge.linear.LinearizabilityChecker;
import raftlab.scenario.CourseThresholds;
import raftlab.scenario.Scenario;
import raftlab.trace.Event.EndReason;
import raftlab.trace.Trace;

/**
 * The input of the checks: the scenario, the trace of a run, its statistics, the clients' requests,
 * the wrong answers, and the rare events in the trace.
 */
public record JudgedRun(
    Scenario scenario,
    Trace trace,
    RunStatistics statistics,
    ClientRequests requests,
    KeyHistories histories,
    RareEvents rareEvents) {
  /** Computes the statistics and histories of a trace. */
  public static JudgedRun of(Scenario scenario, Trace trace) {
    TraceCounter counter = TraceCounter.of(trace);
    return new JudgedRun(
        scenario,
        trace,
        counter.statistics(),
        counter.requests(),
        KeyHistories.of(trace, LinearizabilityChecker.DEFAULT_STEP_LIMIT),
        RareEvents.of(trace));
  }

  /** Returns the thresholds that apply. */
  public CourseThresholds thresholds() {
    return scenario.courseThresholds().orElse(CourseThresholds.DEFAULTS);
  }

  /** Whether the run was played to its end; otherwise missing events prove nothing. */
  boolean isComplete() {
    return statistics.end() == EndReason.COMPLETE;
  }
}
