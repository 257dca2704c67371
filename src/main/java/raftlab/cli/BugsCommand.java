package raftlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import raftlab.bugs.Bug;
import raftlab.report.BugsText;
import raftlab.report.OutcomeJson;
import raftlab.report.StyleMatrixJson;
import raftlab.report.StyleMatrixText;
import raftlab.report.TerminalStyle;
import raftlab.scenario.ScenarioException;
import raftlab.suite.BugHunt;
import raftlab.suite.Suite;
import raftlab.suite.SuiteRunner;

/** Plays suites against replicas with planted bugs. */
@Command(
    name = "bugs",
    description =
        "Plants one bug at a time in the reference replica, or in your own program, and plays suites"
            + " against it until a scenario fails. Shows for each bug which scenario and check caught it,"
            + " and after how long.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "`--replica 'reference --bug NAME'` plays a single scenario against a bug.",
      "With --of, bugs are files DIR/bugs/NAME.diff; `raftlab bugs --show` shows their format.",
      "",
      "Exit codes: 0 all bugs caught, 1 some not caught, 2 usage error or failed build, 130 interrupted.",
      "With --styles: 0 no cause was false and all correct replicas passed, else 1."
    })
final class BugsCommand implements Callable<Integer> {
  private static final int SIMULATED_REPETITIONS = 1_000;
  private static final double SIMULATED_SECONDS = 10;
  private static final double VIRTUAL_SECONDS = 60;

  @Option(
      names = "--of",
      paramLabel = "DIR",
      description =
          "the folder of your program, like a hand-in, with a folder bugs; each bug is planted in a"
              + " copy. Default: the reference replica")
  private Path program;

  @Option(
      names = "--world",
      paramLabel = "WORLD",
      description =
          "sim (simulated; the default for the reference replica), process (real processes; the default"
              + " for programs) or virtual (the same on virtual time)")
  private WorldOptions.Kind kind;

  @Option(
      names = "--suite",
      paramLabel = "NAME|DIR",
      description =
          "what to play, as for `raftlab suite`; may be repeated. Scenarios about the section of the"
              + " paper that a bug names come first. Default: all suites;"
              + " in the process world probe and course, as in `make test`; with --styles probe and"
              + " persistence")
  private List<String> suites = List.of();

  @Mixin private StylesOptions stylesOptions;

  @Option(
      names = "--silent",
      description = "replicas don't report their state, as programs without RAFTLAB_TRACE")
  private boolean silent;

  @Option(
      names = "--all",
      description = "play every scenario once, and list all that catch the bug")
  private boolean all;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description =
          "the time limit for each bug. In the simulated world (default "
              + (int) SIMULATED_SECONDS
              + ") and in the virtual world (default "
              + (int) VIRTUAL_SECONDS
              + ") everything is repeated with new seeds until then")
  private Double seconds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "the seed of the first repetition; default 1")
  private long seed;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "the number of parallel runs; by default as many as the machine can run")
  private Integer jobs;

  @Option(names = "--list", description = "only list the bugs, with a description")
  private boolean list;

  @Option(names = "--show", description = "only show the lines that each bug changes")
  private boolean show;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "write the results to this file as JSON")
  private Path jsonFile;

  @Parameters(paramLabel = "NAME", arity = "0..*", description = "the bugs; default: all")
  private List<String> names = List.of();

  @Override
  public Integer call() throws ScenarioException, IOException, InterruptedException {
    check();
    if (stylesOptions.isWanted()) {
      return playStyles();
    }
    ProgramWithBugs target = target();
    List<Bug> bugs = bugs(target);
    BugsText text = new BugsText(System.out, TerminalStyle.ofStdout(), bugs);
    if (list) {
      text.list(bugs);
    } else if (show) {
      bugs.forEach(text::show);
    } else {
      playAll(target, bugs, text);
    }
    return text.isAnyNotPlayed()
        ? ExitCode.USAGE
        : text.isAnyMissed() ? ExitCode.FAILED : ExitCode.PASSED;
  }

  private void check() {
    UsageException.requireAtLeastOne("--jobs", jobs);
    if (seconds != null && !(seconds > 0)) {
      throw new UsageException("found --seconds " + seconds + ", expected more than 0");
    }
    if (program != null && kind == WorldOptions.Kind.SIM) {
      throw new UsageException(
          "found --of with --world sim, expected --world process or virtual: a program can't be simulated");
    }
    if (program != null && silent) {
      throw new UsageException(
          "found --of with --silent, which is an option of the reference replica only");
    }
    stylesOptions.check();
    if (stylesOptions.traces() != null && (list || show)) {
      throw new UsageException("found --trace with --list or --show, which play nothing");
    }
    if (stylesOptions.isWanted()
        && (program != null
            || kind == WorldOptions.Kind.SIM
            || silent
            || all
            || seconds != null
            || show)) {
      throw new UsageException(
          "found --styles with --of, --world sim, --silent, --all, --seconds or --show,"
              + " expected --styles without them");
    }
    if (jsonFile != null && (list || show)) {
      throw new UsageException("found --json with --list or --show, which play nothing");
    }
    OutputFileCheck.check("--json", jsonFile);
  }

  private int playStyles() throws ScenarioException, IOException, InterruptedException {
    try (StyleProgram styles = StyleProgram.create()) {
      if (list) {
        StyleMatrixText.list(System.out, styles.catalogue());
        return ExitCode.PASSED;
      }
      StyleMatrixPlay play =
          new StyleMatrixPlay(
              styles,
              stylesOptions,
              suites.isEmpty() ? StyleMatrixPlay.DEFAULT_SUITES : suites,
              seed,
              jobs != null
                  ? jobs
                  : SuiteRunner.defaultJobs(WorldOptions.world(WorldOptions.Kind.PROCESS, null)));
      try (GracefulShutdown onInterruption = new GracefulShutdown(play::stop)) {
        StyleMatrixText text = play.play(names);
        if (jsonFile != null) {
          OutcomeJson.write(StyleMatrixJson.of(text), jsonFile);
        }
        return text.isAnyWrong() ? ExitCode.FAILED : ExitCode.PASSED;
      }
    }
  }

  private ProgramWithBugs target() throws IOException {
    return program != null
        ? new BuggyFolderProgram(program, kind == null ? WorldOptions.Kind.PROCESS : kind)
        : new BuggyReference(kind == null ? WorldOptions.Kind.SIM : kind, silent);
  }

  private List<Bug> bugs(ProgramWithBugs target) {
    try {
      return names.isEmpty() ? target.all() : names.stream().distinct().map(target::find).toList();
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(wrong);
    }
  }

  private void playAll(ProgramWithBugs target, List<Bug> bugs, BugsText text)
      throws ScenarioException, IOException, InterruptedException {
    boolean simulated = target.kind() != WorldOptions.Kind.PROCESS;
    List<String> wanted = suites.isEmpty() ? target.suites() : suites;
    String world = target.kind().key();
    List<Suite> playable =
        SuiteFinder.find(wanted).stream().map(suite -> suite.forWorld(world)).toList();
    int repeat = simulated && !all ? SIMULATED_REPETITIONS : 1;
    List<SuiteRunner.Task> round = SuiteRunner.tasks(playable, 1, seed, repeat > 1);
    BugTraces traces = new BugTraces(stylesOptions.traces(), playable);
    BugsRunner<Bug> hunts =
        new BugsRunner<>(
            BugsRunner.Plan.of(target, bug -> HuntOrder.of(bug, round, repeat), traces::addTo),
            limits(target.kind(), round.size()));
    text.begin(
        (program == null ? "" : "of: " + program + ", ")
            + "world: "
            + world
            + ", suites: "
            + String.join(" ", wanted));
    try (GracefulShutdown onInterruption = new GracefulShutdown(hunts::stop)) {
      hunts.play(bugs, text);
      text.end(bugs.size());
      traces.throwWriteError();
      if (jsonFile != null) {
        OutcomeJson.write(text.json(), jsonFile);
      }
    }
  }

  /**
   * On the wall clock one bug with several runs at a time; else several bugs in parallel, one core
   * each.
   */
  private BugsRunner.RunLimits limits(WorldOptions.Kind world, int round) {
    int most = jobs != null ? jobs : SuiteRunner.defaultJobs(WorldOptions.world(world, null));
    boolean simulated = world != WorldOptions.Kind.PROCESS;
    double usual = world == WorldOptions.Kind.SIM ? SIMULATED_SECONDS : VIRTUAL_SECONDS;
    double bound = seconds != null ? seconds : simulated && !all ? usual : Double.MAX_VALUE;
    return new BugsRunner.RunLimits(
        simulated ? most : 1,
        simulated ? 1 : most,
        all ? BugHunt.ALL : 1,
        bound,
        seconds != null ? 0 : round);
  }
}
