package raftlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import raftlab.bugs.Bug;
import raftlab.report.BugsText;
import raftlab.report.OutcomeJson;
import raftlab.report.TerminalStyle;
import raftlab.scenario.ScenarioException;
import raftlab.suite.Suite;
import raftlab.suite.SuiteRunner;

/** Plays the suites against replicas with planted bugs. */
@Command(
    name = "bugs",
    description =
        "Plants bugs in the reference replica, or in a program of yours, one at a time, and plays"
            + " suites against each until a scenario catches it: which one, which judge, how long it"
            + " took, and what was said.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "`--replica 'reference --bug NAME'` plays a single scenario against a bug.",
      "With --of, the bugs are files DIR/bugs/NAME.diff; `raftlab bugs --show` shows their form.",
      "",
      "Exit codes: 0 all caught, 1 some were not, 2 wrong use or a build that fails, 130 interrupted."
    })
final class BugsCommand implements Callable<Integer> {
  private static final int SIMULATED_REPETITIONS = 1_000;
  private static final double SIMULATED_SECONDS = 10;

  /** What exchanges many messages takes long to play, and finds little that nothing else does. */
  private static final Comparator<SuiteRunner.Task> CHEAPEST_FIRST =
      Comparator.comparingInt(SuiteRunner.Task::repetition)
          .thenComparingLong(task -> task.scenario().maxPackets());

  @Option(
      names = "--of",
      paramLabel = "DIR",
      description =
          "the folder of a program as a team hands it in, with a folder bugs; each bug is planted in"
              + " a copy of it. The reference replica if not given")
  private Path program;

  @Option(
      names = "--world",
      paramLabel = "WORLD",
      description =
          "sim (simulated; the default for the reference replica) or process (real processes; the"
              + " only one for programs)")
  private WorldOptions.Kind kind;

  @Option(
      names = "--suite",
      paramLabel = "NAME|DIR",
      description =
          "what to play, in this order, as for `raftlab suite`; may be given several times. All"
              + " suites if not given; in the process world those of `make test`: probe and course")
  private List<String> suites = List.of();

  @Option(names = "--silent", description = "the replicas report nothing, as other programs don't")
  private boolean silent;

  @Option(names = "--all", description = "play everything once, and name all that caught the bug")
  private boolean all;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description =
          "how long to look for each bug; "
              + (int) SIMULATED_SECONDS
              + " in the simulated world, where everything is played with ever new seeds until then")
  private Double seconds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "the seed of the first repetition; 1 if not given")
  private long seed;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "how many runs at a time; as many as the machine has room for if not given")
  private Integer jobs;

  @Option(names = "--list", description = "only name the bugs, and say what they are")
  private boolean list;

  @Option(names = "--show", description = "only show the lines that the bugs change")
  private boolean show;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "write what was found to this file as JSON")
  private Path jsonFile;

  @Parameters(paramLabel = "NAME", arity = "0..*", description = "the bugs; all if not given")
  private List<String> names = List.of();

  @Override
  public Integer call() throws ScenarioException, IOException, InterruptedException {
    check();
    ProgramWithBugs target = target();
    List<Bug> bugs = bugs(target);
    BugsText text = new BugsText(System.out, TerminalStyle.ofStdout(), bugs);
    if (list) {
      text.list(bugs);
    } else if (show) {
      bugs.forEach(text::show);
    } else {
      hunt(target, bugs, text);
    }
    return text.isAnyNotPlayed()
        ? ExitCode.USAGE
        : text.isAnyMissed() ? ExitCode.FAILED : ExitCode.PASSED;
  }

  private void check() {
    if (jobs != null && jobs < 1) {
      throw new UsageException("found --jobs " + jobs + ", expected 1 or more");
    }
    if (seconds != null && !(seconds > 0)) {
      throw new UsageException("found --seconds " + seconds + ", expected more than 0");
    }
    if (program != null && kind == WorldOptions.Kind.sim) {
      throw new UsageException(
          "found --of with --world sim; programs can only be played in --world process");
    }
    if (program != null && silent) {
      throw new UsageException(
          "found --of with --silent, which is an option of the reference replica");
    }
    if (jsonFile != null && (list || show)) {
      throw new UsageException("found --json with --list or --show, which play nothing");
    }
    OutputFileCheck.check("--json", jsonFile);
  }

  private ProgramWithBugs target() throws IOException {
    return program != null
        ? new FolderWithBugs(program)
        : new ReferenceWithBugs(kind == null ? WorldOptions.Kind.sim : kind, silent);
  }

  private List<Bug> bugs(ProgramWithBugs target) {
    try {
      return names.isEmpty() ? target.all() : names.stream().distinct().map(target::find).toList();
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(wrong.getMessage());
    }
  }

  private void hunt(ProgramWithBugs target, List<Bug> bugs, BugsText text)
      throws ScenarioException, IOException, InterruptedException {
    boolean simulated = target.kind() == WorldOptions.Kind.sim;
    List<String> wanted = suites.isEmpty() ? target.suites() : suites;
    String world = target.kind().name();
    List<Suite> playable = SuiteFinder.find(wanted).stream().map(suite -> suite.in(world)).toList();
    int repeat = simulated && !all ? SIMULATED_REPETITIONS : 1;
    List<SuiteRunner.Task> tasks =
        new ArrayList<>(SuiteRunner.tasks(playable, repeat, seed, repeat > 1));
    tasks.sort(CHEAPEST_FIRST);
    BugsRunner hunts = new BugsRunner(target, tasks, extent(target.kind(), tasks.size() / repeat));
    text.begin(
        (program == null ? "" : "of: " + program + ", ")
            + "world: "
            + world
            + ", suites: "
            + String.join(" ", wanted));
    try (GracefulShutdown onInterruption = new GracefulShutdown(hunts::stop)) {
      hunts.play(bugs, text);
      text.end(bugs.size());
      if (jsonFile != null) {
        OutcomeJson.write(text.json(), jsonFile);
      }
    }
  }

  /** In the simulated world several bugs at a time, a core each; else one with several runs. */
  private BugsRunner.Extent extent(WorldOptions.Kind world, int round) {
    int most = jobs != null ? jobs : SuiteRunner.defaultJobs(WorldOptions.world(world, null));
    boolean simulated = world == WorldOptions.Kind.sim;
    double bound =
        seconds != null ? seconds : simulated && !all ? SIMULATED_SECONDS : Double.MAX_VALUE;
    return new BugsRunner.Extent(
        simulated ? most : 1, simulated ? 1 : most, all, bound, seconds != null ? 0 : round);
  }
}
