package raftlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import raftlab.bugs.Bug;
import raftlab.bugs.Catalogue;
import raftlab.cluster.World;
import raftlab.report.BugsText;
import raftlab.report.OutcomeJson;
import raftlab.report.Style;
import raftlab.scenario.ScenarioException;
import raftlab.suite.Hunt;
import raftlab.suite.Suite;
import raftlab.suite.SuiteRun;

/** Plays the suites against replicas with planted bugs. */
@Command(
    name = "bugs",
    description =
        "Plants bugs in the reference replica, one at a time, and plays suites against each until a"
            + " scenario catches it: which one, which judge, how long it took, and what was said.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "`--replica 'reference --bug NAME'` plays a single scenario against a bug.",
      "",
      "Exit codes: 0 all caught, 1 some were not, 2 wrong use, 130 interrupted."
    })
final class BugsCommand implements Callable<Integer> {
  private static final int SIMULATED_REPETITIONS = 1_000;
  private static final double SIMULATED_SECONDS = 10;

  /** All suites, those first whose scenarios take least to play: most bugs are found early. */
  private static final List<String> USUAL =
      List.of(
          "probe",
          "election",
          "replication",
          "partition",
          "persistence",
          "membership",
          "unreliable",
          "service",
          "compaction",
          "course");

  private static final List<String> USUAL_PROCESSES = List.of("probe", "course");

  @Option(
      names = "--world",
      paramLabel = "WORLD",
      defaultValue = "sim",
      description = "sim (simulated; the default) or process (real processes)")
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

  private volatile boolean stopped;

  @Override
  public Integer call() throws ScenarioException, IOException, InterruptedException {
    check();
    List<Bug> bugs = bugs();
    BugsText text = new BugsText(System.out, Style.ofStdout(), bugs);
    if (list) {
      text.list(bugs);
    } else if (show) {
      bugs.forEach(text::show);
    } else {
      hunt(bugs, text);
      return text.isAnyMissed() ? ExitCode.FAILED : ExitCode.PASSED;
    }
    return ExitCode.PASSED;
  }

  private void check() {
    if (jobs != null && jobs < 1) {
      throw new WrongUseException("found --jobs " + jobs + ", expected 1 or more");
    }
    if (seconds != null && !(seconds > 0)) {
      throw new WrongUseException("found --seconds " + seconds + ", expected more than 0");
    }
    OutputFile.check("--json", jsonFile);
  }

  private List<Bug> bugs() {
    try {
      return names.isEmpty() ? Catalogue.all() : names.stream().map(Catalogue::find).toList();
    } catch (IllegalArgumentException wrong) {
      throw new WrongUseException(wrong.getMessage());
    }
  }

  private void hunt(List<Bug> bugs, BugsText text)
      throws ScenarioException, IOException, InterruptedException {
    boolean simulated = kind == WorldOptions.Kind.sim;
    List<String> wanted = !suites.isEmpty() ? suites : simulated ? USUAL : USUAL_PROCESSES;
    List<Suite> playable =
        Suites.find(wanted).stream().map(suite -> suite.in(kind.name())).toList();
    int repeat = simulated && !all ? SIMULATED_REPETITIONS : 1;
    List<SuiteRun.Task> tasks = SuiteRun.tasks(playable, repeat, seed, repeat > 1);
    text.begin("world: " + kind.name() + ", suites: " + String.join(" ", wanted));
    try (OrderlyEnd onInterruption = new OrderlyEnd(() -> stopped = true)) {
      int most = jobs != null ? jobs : SuiteRun.defaultJobs(world(bugs.get(0)));
      huntAll(bugs, tasks, simulated ? most : 1, simulated ? 1 : most, text);
      text.end();
      if (jsonFile != null) {
        OutcomeJson.write(text.json(), jsonFile);
      }
    }
  }

  /** In the simulated world several bugs at a time, a core each; else one with several runs. */
  private void huntAll(
      List<Bug> bugs, List<SuiteRun.Task> tasks, int hunts, int runs, BugsText text)
      throws InterruptedException {
    double most = seconds != null ? seconds : runs > 1 || all ? 1e9 : SIMULATED_SECONDS;
    ExecutorService pool = Executors.newFixedThreadPool(hunts);
    try {
      List<Future<Hunt.Result>> results = new ArrayList<>();
      for (Bug bug : bugs) {
        results.add(
            pool.submit(() -> new Hunt(runs, all, most, () -> stopped).play(world(bug), tasks)));
      }
      for (int i = 0; i < bugs.size() && !stopped; i++) {
        Hunt.Result result = results.get(i).get();
        if (!stopped) {
          text.add(bugs.get(i), result);
        }
      }
    } catch (ExecutionException broken) {
      throw new IllegalStateException(broken.getCause());
    } finally {
      pool.shutdown();
    }
  }

  private World world(Bug bug) {
    return WorldOptions.world(kind, "reference --bug " + bug.name() + (silent ? " --silent" : ""));
  }
}
