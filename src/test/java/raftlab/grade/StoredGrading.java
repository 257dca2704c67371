package raftlab.grade;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import raftlab.grade.store.BuildRecord;
import raftlab.grade.store.Fault;
import raftlab.grade.store.FaultRecord;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.GradingRecord;
import raftlab.grade.store.HandInRecord;
import raftlab.grade.store.HandInStatus;
import raftlab.grade.store.RunRecord;
import raftlab.grade.store.RunRecorder;
import raftlab.grade.store.ScenarioRecord;
import raftlab.grade.store.TeamRecord;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.ScenarioException;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;

/** A results folder for tests, filled with records without playing anything. */
public final class StoredGrading {
  private StoredGrading() {}

  /** A team. */
  public static TeamRecord team(String name) {
    return new TeamRecord(name, name, "/handin/" + name, "");
  }

  /** A folder of the small suite with these teams, of which nothing is known yet. */
  public static GradingFolder create(Path root, int repeats, String... teams)
      throws IOException, ScenarioException {
    GradingRecord grading =
        SmallSuite.grading(root, repeats)
            .withTeams(Arrays.stream(teams).map(StoredGrading::team).toList());
    return GradingFolder.create(root.resolve("grades"), grading);
  }

  /** The record of a hand-in that was built and can be played. */
  public static HandInRecord ready(String team) {
    return handIn(team, HandInStatus.READY, FaultRecord.NONE);
  }

  /** The record of a hand-in. */
  public static HandInRecord handIn(String team, HandInStatus status, FaultRecord fault) {
    return new HandInRecord(
        HandInRecord.FORMAT,
        team,
        status,
        fault,
        fault.text(),
        List.of("x: it is odd"),
        new BuildRecord(
            status != HandInStatus.NOT_BUILT, "make succeeded in 0.2 s", 0, 0.2, List.of("out")),
        "2026-01-02T10:00:00Z",
        0.5);
  }

  /** The record of a run with this status, without a trace. */
  public static RunRecord run(ScenarioRecord scenario, int repetition, Status status) {
    return run(scenario, repetition, status, "");
  }

  /** The record of a run with this status and this name of a trace. */
  public static RunRecord run(
      ScenarioRecord scenario, int repetition, Status status, String trace) {
    FaultRecord fault =
        switch (status) {
          case PASS -> FaultRecord.NONE;
          case UNKNOWN -> FaultRecord.of(Fault.MACHINE, "overloaded");
          case FAIL, BLOCKED -> FaultRecord.of(Fault.SUBMISSION, "it failed");
        };
    return new RunRecord(
        RunRecord.FORMAT,
        "test",
        scenario.key(),
        scenario.seed(repetition),
        repetition,
        status,
        fault,
        FaultRecord.NONE,
        fault.text(),
        List.of(),
        List.of("died"),
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        Event.EndReason.COMPLETE,
        5.5,
        false,
        "again",
        trace);
  }

  /** A trace of these events. */
  public static Trace trace(ScenarioRecord scenario, Event... events) {
    Trace trace =
        new Trace(
            new TraceHeader(
                scenario.name(),
                scenario.text(),
                "process",
                scenario.seed(),
                List.of("handin/t/4700kvstore"),
                ScenarioRunner.replicas(20),
                List.of()));
    List.of(events).forEach(trace::add);
    return trace;
  }

  /** Judges these events and records them as the first run of a scenario. */
  public static RunRecord record(
      GradingFolder folder, TeamRecord team, ScenarioRecord scenario, Event... events)
      throws IOException, ScenarioException {
    Trace trace = trace(scenario, events);
    RunRecord run =
        new RunRecorder(CopyPaths::remove)
            .record(scenario, 0, RunOutcome.of(scenario.scenario(), trace, 1), true);
    folder.write(team, run, trace);
    return run;
  }
}
