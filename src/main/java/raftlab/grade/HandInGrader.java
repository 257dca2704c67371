package raftlab.grade;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import raftlab.cluster.World;
import raftlab.cluster.process.ProcessWorld;
import raftlab.grade.ScenarioGrade.Mark;
import raftlab.grade.TeamGrade.GradingStatus;
import raftlab.handin.BuildResult;
import raftlab.handin.HandIn;
import raftlab.handin.HandInBuild;
import raftlab.handin.PreparedHandIn;
import raftlab.handin.ReplicaProgramFinder;
import raftlab.handin.archive.HandInProblem;
import raftlab.handin.archive.RefusedHandInException;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.suite.SuiteRunner;
import raftlab.suite.SuiteRunner.Task;
import raftlab.trace.Event;
import raftlab.trace.Event.EndReason;
import raftlab.trace.Trace;

/** Copies, builds and plays one hand-in. Always ends with a grade. */
final class HandInGrader {
  /** After this many runs in which no replica starts, the other runs are skipped. */
  private static final int MAX_FAILED_STARTS = 2;

  private final HandIn handIn;
  private final GradingSettings settings;
  private final Path work;
  private final Consumer<String> stage;
  private final long fromNanos = System.nanoTime();
  private final List<RunOutcome> outcomes = new ArrayList<>();
  private List<String> leftOut = List.of();
  private Optional<BuildResult> build = Optional.empty();

  /**
   * Creates a grader.
   *
   * @param work the folder to create for the copy
   * @param stage receives what is being done, on any thread
   */
  HandInGrader(HandIn handIn, GradingSettings settings, Path work, Consumer<String> stage) {
    this.handIn = handIn;
    this.settings = settings;
    this.work = work;
    this.stage = stage;
  }

  /** Grades the hand-in. */
  TeamGrade grade() throws InterruptedException {
    try {
      return gradeCopy();
    } catch (RuntimeException | OutOfMemoryError kit) {
      return of(
          GradingStatus.KIT_FAILED, Mark.UNKNOWN, "the kit failed, not the hand-in: " + cause(kit));
    }
  }

  private static Throwable cause(Throwable thrown) {
    return thrown.getCause() == null ? thrown : thrown.getCause();
  }

  private TeamGrade gradeCopy() throws InterruptedException {
    stage.accept("copying");
    PreparedHandIn prepared;
    try {
      prepared = PreparedHandIn.of(handIn, work);
    } catch (RefusedHandInException refused) {
      leftOut = refused.problems().stream().map(HandInProblem::toString).toList();
      return of(GradingStatus.NOT_COPIED, Mark.NONE, "refused: " + refused.getMessage());
    } catch (IOException cant) {
      return of(
          GradingStatus.NOT_COPIED, Mark.NONE, "can't copy the hand-in: " + cant.getMessage());
    }
    leftOut = prepared.notes();
    stage.accept("building");
    BuildResult built = HandInBuild.run(prepared.folder(), settings.buildTimeout());
    build = Optional.of(built);
    if (!built.isGood()) {
      return of(GradingStatus.NOT_BUILT, Mark.NONE, built.text());
    }
    try {
      return play(
          new ProcessWorld(
              ReplicaProgramFinder.find(
                  prepared.folder(), prepared.original(), handIn.programs())));
    } catch (ReplicaProgramFinder.NoProgramException none) {
      return of(
          GradingStatus.NO_PROGRAM,
          Mark.NONE,
          Objects.requireNonNull(none.getMessage(), "each says why"));
    }
  }

  private TeamGrade play(World world) throws InterruptedException {
    List<Task> tasks =
        SuiteRunner.tasks(List.of(settings.suite()), 1, settings.seed(), settings.onlyThisSeed());
    for (Task task : tasks.subList(0, Math.min(MAX_FAILED_STARTS, tasks.size()))) {
      stage.accept("starting replicas for " + task.scenario().name());
      Optional<RunOutcome> notStarted = notStarted(task, world);
      if (notStarted.isEmpty()) {
        break;
      }
      outcomes.add(notStarted.get());
    }
    if (outcomes.size() == Math.min(MAX_FAILED_STARTS, tasks.size())) {
      return neverStarted();
    }
    List<Task> rest = tasks.subList(outcomes.size(), tasks.size());
    SuiteRunner.SuiteListener progress = new Progress(outcomes.size(), tasks.size());
    new SuiteRunner(world, settings.jobsOfOneTeam(), progress).play(rest, outcomes::add);
    return of(GradingStatus.GRADED, Mark.UNKNOWN, "");
  }

  /**
   * Starts a run and stops it once it has begun. Returns its outcome if it ended before it could
   * begin.
   */
  private static Optional<RunOutcome> notStarted(Task task, World world) {
    long from = System.nanoTime();
    ScenarioRunner run = new ScenarioRunner(task.scenario(), world, task.seed());
    run.addListener(
        event -> {
          if (event instanceof Event.Began) {
            run.interrupt();
          }
        });
    Trace trace = run.play();
    RunOutcome outcome = RunOutcome.of(task.scenario(), trace, (System.nanoTime() - from) / 1e9);
    boolean proved =
        outcome.judgement().statistics().end() == EndReason.NOT_STARTED
            && outcome.status() == raftlab.judge.check.Verdict.Status.FAIL;
    return proved ? Optional.of(outcome) : Optional.empty();
  }

  private TeamGrade neverStarted() {
    String names =
        String.join(" and ", outcomes.stream().map(outcome -> outcome.scenario().name()).toList());
    String reason = outcomes.get(0).judgement().reason();
    boolean all = outcomes.size() == settings.suite().scenarios().size();
    return of(
        GradingStatus.NEVER_STARTED,
        Mark.FAIL,
        (all ? "" : "only " + names + " were played, and the replicas did not start in these: ")
            + reason);
  }

  /** The grade, with this mark for each scenario without an outcome. */
  private TeamGrade of(GradingStatus status, Mark ofOthers, String note) {
    List<ScenarioGrade> grades = new ArrayList<>();
    List<Scenario> scenarios = settings.suite().scenarios();
    for (int i = 0; i < scenarios.size(); i++) {
      grades.add(
          i < outcomes.size()
              ? ScenarioGrade.of(outcomes.get(i))
              : ScenarioGrade.notPlayed(
                  scenarios.get(i), ofOthers, "not played: " + status.title()));
    }
    double seconds = (System.nanoTime() - fromNanos) / 1e9;
    return new TeamGrade(handIn, status, note, leftOut, build, grades, seconds);
  }

  /**
   * Reports how many scenarios are done and which are being played; called by one thread at a time.
   */
  private final class Progress implements SuiteRunner.SuiteListener {
    private final Set<String> running = new TreeSet<>();
    private final int of;
    private int done;

    Progress(int done, int of) {
      this.done = done;
      this.of = of;
    }

    @Override
    public void began(Task task) {
      running.add(task.scenario().name());
      report();
    }

    @Override
    public void ended(Task task, RunOutcome outcome) {
      running.remove(task.scenario().name());
      done = Math.min(of, done + 1);
      report();
    }

    private void report() {
      stage.accept(
          done
              + " of "
              + of
              + " scenarios done"
              + (running.isEmpty() ? "" : ", playing " + String.join(" ", running)));
    }
  }
}
