package raftlab.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import raftlab.bugs.Bug;
import raftlab.bugs.BugCatalogue;
import raftlab.bugs.StyleCatalogue;
import raftlab.report.StyleMatrixText;
import raftlab.report.TerminalStyle;
import raftlab.scenario.ScenarioException;
import raftlab.suite.BugHunt;
import raftlab.suite.StyledBug;
import raftlab.suite.Suite;
import raftlab.suite.SuiteRunner;
import raftlab.suite.SuiteRunner.Task;

/** Plays each style with each bug. */
final class StyleMatrixPlay {
  /** The suites that catch most, with restarts for the bugs in storage. */
  static final List<String> DEFAULT_SUITES = List.of("probe", "persistence");

  /** The limits of the search in the simulated world for scenarios that catch a bug. */
  private static final int SEARCH_REPETITIONS = 1_000;

  private static final double SEARCH_SECONDS = 5;

  /** The number of rounds in any case, since chance decides in some scenarios. */
  private static final int SEARCH_ROUNDS = 3;

  private final StyleProgram program;
  private final StylesOptions options;
  private final long seed;
  private final int jobs;
  private final List<Suite> suites;
  private final List<FailedRunTraces> written = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable BugsRunner<?>> underway = new AtomicReference<>();
  private volatile boolean stopped;

  /** Creates it for these suites. */
  StyleMatrixPlay(
      StyleProgram program, StylesOptions options, List<String> suites, long seed, int jobs)
      throws ScenarioException, IOException {
    this.program = program;
    this.options = options;
    this.seed = seed;
    this.jobs = jobs;
    this.suites =
        SuiteFinder.find(suites).stream()
            .map(suite -> suite.forWorld(WorldOptions.Kind.PROCESS.key()))
            .toList();
  }

  /** Starts no new run; may be called from any thread. */
  void stop() {
    stopped = true;
    BugsRunner<?> runner = underway.get();
    if (runner != null) {
      runner.stop();
    }
  }

  /**
   * Plays, and prints the matrix.
   *
   * @param furtherBugs names of bugs in addition to those of the options
   */
  StyleMatrixText play(List<String> furtherBugs) throws IOException, InterruptedException {
    StyleCatalogue catalogue = program.catalogue();
    List<String> styles;
    List<String> bugs;
    try {
      styles = options.styles(catalogue);
      bugs = options.bugs(catalogue, furtherBugs);
    } catch (IllegalArgumentException unknownName) {
      throw new UsageException(unknownName);
    }
    List<StyledBug> possible = new ArrayList<>();
    List<StyledBug> impossible = new ArrayList<>();
    for (String style : styles) {
      for (String bug : bugs) {
        boolean isPossible =
            bug.equals(StyledBug.CORRECT) || !catalogue.bug(bug).impossibleIn().contains(style);
        (isPossible ? possible : impossible).add(StyledBug.of(style, bug));
      }
    }
    CatchingScenarios catching =
        options.isThorough() ? new CatchingScenarios() : search(catalogue, bugs);
    StyleMatrixText text =
        new StyleMatrixText(System.out, TerminalStyle.ofStdout(), bugs, styles, possible.size());
    text.begin(
        "suites: "
            + String.join(", ", suites.stream().map(Suite::name).toList())
            + ", seed: "
            + seed
            + ", parallel replicas: "
            + jobs);
    impossible.forEach(text::addImpossible);
    run(
        new BugsRunner<>(
            new StylePlan(catching),
            new BugsRunner.RunLimits(jobs, 1, BugHunt.ALL, Double.MAX_VALUE, 0)),
        possible,
        text);
    text.end();
    for (FailedRunTraces each : written) {
      each.throwWriteError();
    }
    return text;
  }

  private <B> void run(BugsRunner<B> runner, List<B> bugs, BugHunt.HuntListener<B> listener)
      throws IOException, InterruptedException {
    underway.set(runner);
    if (stopped) {
      runner.stop();
    }
    runner.play(bugs, listener);
  }

  /**
   * Finds the scenarios that catch these bugs in the reference replica. Without a bug, or for a bug
   * that the reference replica doesn't have, it needs those of all bugs.
   */
  private CatchingScenarios search(StyleCatalogue catalogue, List<String> names)
      throws IOException, InterruptedException {
    Set<String> known = Set.copyOf(BugCatalogue.names());
    boolean isSome = known.containsAll(withoutCorrect(names)) && !withoutCorrect(names).isEmpty();
    List<Bug> bugs =
        catalogue.bugs().stream()
            .map(StyleCatalogue.StyleBug::name)
            .filter(name -> known.contains(name) && (!isSome || names.contains(name)))
            .map(BugCatalogue::find)
            .toList();
    String world = WorldOptions.Kind.SIM.key();
    List<Suite> both = suites.stream().map(suite -> suite.forWorld(world)).toList();
    List<Task> tasks = new ArrayList<>(SuiteRunner.tasks(both, SEARCH_REPETITIONS, seed, true));
    tasks.sort(Comparator.comparingInt(Task::repetition));
    int round = tasks.size() / SEARCH_REPETITIONS;
    CatchingScenarios found = new CatchingScenarios();
    System.out.println("looking for scenarios that catch these bugs in the reference replica");
    run(
        new BugsRunner<>(
            BugsRunner.Plan.of(
                new BuggyReference(WorldOptions.Kind.SIM, true), bug -> tasks, (bug, hunt) -> {}),
            new BugsRunner.RunLimits(
                jobs, 1, CatchingScenarios.MOST, SEARCH_SECONDS, SEARCH_ROUNDS * round)),
        bugs,
        found);
    return found;
  }

  private static List<String> withoutCorrect(List<String> names) {
    return names.stream().filter(name -> !name.equals(StyledBug.CORRECT)).toList();
  }

  /** How each style with a bug is played. */
  private final class StylePlan implements BugsRunner.Plan<StyledBug> {
    private final CatchingScenarios catching;

    StylePlan(CatchingScenarios catching) {
      this.catching = catching;
    }

    @Override
    public ProgramWithBugs.Planted plant(StyledBug replica) {
      return () -> program.world(replica);
    }

    @Override
    public List<Task> tasks(StyledBug replica) {
      List<Task> tasks = replica.bug().map(catching::of).orElseGet(catching::all);
      return tasks.isEmpty() ? SuiteRunner.tasks(suites, 1, seed, false) : tasks;
    }

    @Override
    public void prepare(StyledBug replica, BugHunt hunt) {
      hunt.enableSuspicions();
      if (options.traces() != null) {
        FailedRunTraces traces = FailedRunTraces.ofWrong(options.traces(), replica);
        written.add(traces);
        hunt.setTraceConsumer(traces);
      }
    }
  }
}
