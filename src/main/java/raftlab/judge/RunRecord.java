package raftlab.judge;

import raftlab.judge.linear.Checker;
import raftlab.scenario.Scenario;
import raftlab.scenario.Thresholds;
import raftlab.trace.Event.End;
import raftlab.trace.Trace;

/**
 * What judges see: the scenario, the trace of a run of it, what counting the trace gives, the
 * clients' requests, what is wrong with what clients were told, and what is rare in the trace.
 */
public record RunRecord(
    Scenario scenario,
    Trace trace,
    Statistics statistics,
    ClientRequests requests,
    Histories histories,
    Landmarks landmarks) {
  /** Counts the trace. */
  public static RunRecord of(Scenario scenario, Trace trace) {
    TraceCounter counter = TraceCounter.of(trace);
    return new RunRecord(
        scenario,
        trace,
        counter.statistics(),
        counter.requests(),
        Histories.of(trace, Checker.STEPS),
        Landmarks.of(trace));
  }

  /** The bounds in force. */
  Thresholds thresholds() {
    return scenario.tests().orElse(Thresholds.DEFAULTS);
  }

  /** Whether the run went on to its end; if it didn't, what is missing in it proves nothing. */
  boolean isComplete() {
    return statistics.end() == End.COMPLETE;
  }
}
