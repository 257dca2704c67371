package raftlab.grade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import raftlab.cluster.World;
import raftlab.cluster.process.ProcessWorld;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.grade.HandInPreparer.PreparedHandIn;
import raftlab.grade.book.TeamGrade;
import raftlab.grade.store.Fault;
import raftlab.grade.store.FaultRecord;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.GradingRecord;
import raftlab.grade.store.HandInStatus;
import raftlab.grade.store.RunRecord;
import raftlab.grade.store.RunRecorder;
import raftlab.grade.store.ScenarioRecord;
import raftlab.grade.store.TeamRecord;
import raftlab.handin.HandIn;
import raftlab.handin.TemporaryFolder;
import raftlab.run.RunOutcome;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.suite.SuiteRunner;
import raftlab.suite.SuiteRunner.Task;
import raftlab.trace.Event.EndReason;
import raftlab.trace.Trace;

/** Grades hand-ins one after the other, and records each run as soon as it is done. */
public final class GradingRun {
  /** Receives progress; may be called from several threads at a time. */
  public interface GradingListener {
    /** What is being done with a hand-in now, in a few words. */
    void stage(TeamRecord team, String what);

    /** A hand-in is graded, and the grade recorded. */
    void ended(TeamGrade grade);

    /** The grading is interrupted. */
    void aborted();
  }

  /** After this many runs in which no replica starts, the other runs are skipped. */
  private static final int MAX_FAILED_STARTS = 2;

  private final GradingFolder folder;
  private final GradingTables tables;
  private final GradingListener listener;
  private final RunRecorder recorder = new RunRecorder(CopyPaths::remove);
  private volatile boolean stopped;

  /** Creates a grading. */
  public GradingRun(GradingFolder folder, GradingTables tables, GradingListener listener) {
    this.folder = folder;
    this.tables = tables;
    this.listener = listener;
  }

  /** Returns how many parallel runs this machine can play. */
  public static int defaultJobs() {
    return SuiteRunner.defaultJobs(new ProcessWorld(ReplicaCommand.reference()));
  }

  /** Returns the team of a hand-in. */
  public static TeamRecord team(HandIn handIn) {
    String folder = handIn.fileName();
    return new TeamRecord(
        handIn.team(), folder, handIn.source().toAbsolutePath().normalize().toString(), "");
  }

  /** Grades the hand-ins of these teams, which are those of the grading, in the same order. */
  public void grade(List<HandIn> handIns, int jobs)
      throws IOException, InterruptedException, ScenarioException {
    try (TemporaryFolder work = TemporaryFolder.create(CopyPaths.WORK, this::abort)) {
      for (int i = 0; i < handIns.size() && !stopped; i++) {
        TeamRecord team = folder.grading().teams().get(i);
        // The copy has a plain name, so that a build doesn't depend on unusual characters in a
        // team's name.
        Path copy = work.path().resolve(CopyPaths.COPY + (i + 1));
        gradeOne(team, handIns.get(i), copy, jobs);
        TemporaryFolder.delete(copy);
        TeamGrade grade = tables.write(List.of(team)).teams().get(i);
        listener.ended(grade);
      }
    } catch (UncheckedIOException unwritable) {
      IOException cause = unwritable.getCause();
      throw cause == null ? new IOException(unwritable) : cause;
    }
  }

  private void gradeOne(TeamRecord team, HandIn handIn, Path copy, int jobs)
      throws IOException, InterruptedException, ScenarioException {
    GradingRecord grading = folder.grading();
    Duration buildTimeout = Duration.ofSeconds(grading.machine().buildTimeoutSeconds());
    PreparedHandIn prepared =
        new HandInPreparer(handIn, copy, buildTimeout, what -> listener.stage(team, what))
            .prepare();
    folder.write(team, prepared.record());
    if (prepared.world().isEmpty()) {
      return;
    }
    World world = prepared.world().get();
    List<Task> tasks = new ArrayList<>();
    for (int repetition = 0; repetition < grading.repeats(); repetition++) {
      for (ScenarioRecord scenario : grading.scenarios()) {
        tasks.add(new Task(scenario.scenario(), repetition, scenario.seed(repetition)));
      }
    }
    int probes = Math.min(MAX_FAILED_STARTS, tasks.size());
    List<Task> rest = new ArrayList<>(tasks);
    List<RunOutcome> notStarted = new ArrayList<>();
    while (notStarted.size() < probes && !stopped) {
      List<RunOutcome> one = new ArrayList<>();
      play(team, world, 1, List.of(rest.remove(0)), one);
      Optional<RunOutcome> failed =
          one.stream()
              .filter(each -> each.judgement().statistics().end() == EndReason.NOT_STARTED)
              .findFirst();
      if (failed.isEmpty()) {
        play(team, world, jobs, rest, new ArrayList<>());
        return;
      }
      notStarted.add(failed.get());
    }
    if (!rest.isEmpty() && !stopped) {
      String note = "the replicas did not start: " + notStarted.get(0).judgement().reason();
      folder.write(
          team,
          prepared
              .record()
              .with(
                  HandInStatus.NEVER_STARTED,
                  FaultRecord.of(Fault.SUBMISSION, CopyPaths.remove(note)),
                  CopyPaths.remove(note)));
    }
  }

  private void play(
      TeamRecord team, World world, int jobs, List<Task> tasks, List<RunOutcome> outcomes)
      throws InterruptedException {
    if (tasks.isEmpty()) {
      return;
    }
    SuiteRunner run =
        new SuiteRunner(
            world,
            jobs,
            new SuiteRunner.SuiteListener() {
              @Override
              public void began(Task task) {
                listener.stage(team, "playing " + task.scenario().name());
              }

              @Override
              public void ended(Task task, RunOutcome outcome) {
                listener.stage(team, "played " + task.scenario().name());
              }
            });
    run.setTraceConsumer((outcome, trace) -> record(team, outcome, trace));
    run.play(tasks, outcomes::add);
  }

  private void record(TeamRecord team, RunOutcome outcome, Trace trace) {
    if (stopped) {
      return;
    }
    try {
      Scenario played = outcome.scenario();
      for (ScenarioRecord scenario : folder.grading().scenarios()) {
        long repetition = outcome.played().seed() - scenario.seed();
        if (scenario.file().equals(played.file().toString())
            && repetition >= 0
            && repetition < folder.grading().repeats()) {
          RunRecord run = recorder.record(scenario, (int) repetition, outcome, true);
          folder.write(team, run, trace);
        }
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /**
   * The worlds kill their replicas at the same time; a run that is disturbed by this must not be
   * recorded.
   */
  private void abort() {
    stopped = true;
    listener.aborted();
  }
}
