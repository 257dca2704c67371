package raftlab.grade;

import java.util.List;
import raftlab.grade.GradingQueue.RunEnd;
import raftlab.grade.RunPlayer.PlayedRun;
import raftlab.grade.TeamWork.PlannedRun;
import raftlab.grade.store.Fault;
import raftlab.grade.store.FaultRecord;
import raftlab.grade.store.RunRecord;
import raftlab.grade.store.RunRecorder;
import raftlab.grade.store.ScenarioRecord;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.RunOutcome;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.suite.ProcessorNeed;
import raftlab.trace.Event.EndReason;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;

/** Judges a planned run after it was played, and makes its record. */
final class RunJudge {
  private static final RunRecorder RECORDER = new RunRecorder(CopyPaths::remove);

  private final PlannedRun run;
  private final boolean isAlone;
  private final Scenario scenario;

  RunJudge(PlannedRun run, boolean isAlone) {
    this.run = run;
    this.isAlone = isAlone;
    try {
      scenario = run.scenario().scenario();
    } catch (ScenarioException changed) {
      throw new IllegalStateException(
          "the scenario was read when the grading began: " + changed.getMessage(), changed);
    }
  }

  Scenario scenario() {
    return scenario;
  }

  RunRecord record(PlayedRun played) {
    RunOutcome outcome = RunOutcome.of(scenario, played.trace(), played.seconds());
    return record(
        run.scenario(), run.repetition(), outcome, isAlone, played.trace(), played.fault());
  }

  /** Judges a run again that is recorded. */
  static RunRecord again(ScenarioRecord its, Scenario scenario, RunRecord old, Trace trace) {
    RunOutcome outcome = RunOutcome.of(scenario, trace, old.wallSeconds());
    // The command depends on the folder in which the grader was started.
    return record(its, old.repetition(), outcome, old.repeatedAlone(), trace, old.observed())
        .withReplay(old.replay());
  }

  private static RunRecord record(
      ScenarioRecord its,
      int repetition,
      RunOutcome outcome,
      boolean isRepetition,
      Trace trace,
      FaultRecord observed) {
    RunOutcome judged = outcome.withSuspicion(trace);
    return RECORDER
        .record(its, repetition, isRepetition ? judged.asRepetition() : judged, true)
        .withObserved(observed);
  }

  RunRecord recordOfKitFailure(Throwable bug) {
    return withoutTrace(bug, 0);
  }

  /** Records a run that left no trace. */
  RunRecord recordWithoutTrace(FaultRecord fault, double seconds) {
    return withoutTrace(new IllegalStateException(fault.text()), seconds).endedBy(fault);
  }

  private RunRecord withoutTrace(Throwable reason, double seconds) {
    TraceHeader header =
        new TraceHeader(
            scenario.name(),
            scenario.json(),
            "process",
            run.seed(),
            List.of(),
            List.of(),
            List.of());
    RunOutcome outcome = RunOutcome.ofKitFailure(scenario, header, reason, seconds);
    return RECORDER.record(
        run.scenario(), run.repetition(), isAlone ? outcome.asRepetition() : outcome, false);
  }

  RunEnd end(RunRecord record, Trace trace) {
    return new RunEnd(isNotStarted(record), isDisturbed(record), ProcessorNeed.of(trace));
  }

  /** Whether the machine spoiled the run, so that it should be played again. */
  static boolean isDisturbed(RunRecord record) {
    return record.fault().fault() == Fault.MACHINE && record.status() == Status.UNKNOWN;
  }

  /** Whether the replicas did not start, through their own fault. */
  static boolean isNotStarted(RunRecord run) {
    return run.end() == EndReason.NOT_STARTED
        && run.status() == Status.FAIL
        && run.fault().fault() == Fault.SUBMISSION;
  }

  /** Whether the replicas have started. */
  static boolean hasStarted(RunRecord run) {
    return run.end() != EndReason.NOT_STARTED && run.isDecided();
  }
}
