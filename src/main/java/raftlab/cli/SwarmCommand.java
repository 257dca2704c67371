package raftlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import raftlab.cluster.World;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.check.Verdict.Status;
import raftlab.replica.ReplicaOptions;
import raftlab.report.OutcomeJson;
import raftlab.report.ReplayCommandLine;
import raftlab.report.ShrinkText;
import raftlab.report.SwarmJson;
import raftlab.report.SwarmText;
import raftlab.report.TerminalStyle;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.run.findings.FailureGroups;
import raftlab.run.shrink.ShrinkResult;
import raftlab.run.shrink.Shrinker;
import raftlab.run.swarm.RandomScenario;
import raftlab.run.swarm.RandomSettings;
import raftlab.run.swarm.Swarm;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.suite.SuiteRunner;
import raftlab.trace.Trace;

/** Plays random scenarios in the simulated world until one fails. */
@Command(
    name = "swarm",
    description =
        "Plays random scenarios in the simulated or virtual world, one per seed, until one fails. Each has faults"
            + " of all kinds, during which no safety property may be violated, then a stable period in"
            + " which the cluster must make progress.",
    mixinStandardHelpOptions = true,
    footer = {"", ExitCode.HELP})
final class SwarmCommand implements Callable<Integer> {
  private static final long DEFAULT_SEEDS = 1_000;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description =
          "the number of scenarios; default " + DEFAULT_SEEDS + ", or unlimited with --minutes")
  private Long seeds;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "start no new scenario after M minutes")
  private Double minutes;

  @Option(
      names = "--seed",
      paramLabel = "FIRST",
      description = "the first seed; the others follow it. Default: a new one")
  private Long seed;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description =
          "the number of parallel runs; default: one per core. Results don't depend on it")
  private Integer jobs;

  @Option(
      names = {"-r", "--replica"},
      paramLabel = "CMD",
      description =
          "the replica's program, or the reference replica with options: 'reference --no-pre-vote';"
              + " see `raftlab replica --help`")
  private String replica;

  @Option(
      names = "--world",
      paramLabel = "WORLD",
      description = "sim or virtual; default: virtual for a program, sim for the reference replica")
  private WorldOptions.Kind kind;

  @Option(
      names = "--fixed-settings",
      description =
          "play all scenarios with the settings of --replica. Without it each seed draws settings"
              + " that --replica leaves at their defaults: snapshots, windows, optional rules")
  private boolean fixedSettings;

  @Option(
      names = "--keep-going",
      description = "don't stop at the first failure: count failures by cause")
  private boolean keepGoing;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      defaultValue = ".",
      description =
          "the folder for failed scenarios, as swarm-SEED.json; default: the current folder")
  private Path folder;

  @Option(
      names = "--shrink",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "the time limit for shrinking each new failure, to swarm-SEED-shrunk.json; 0 disables it;"
              + " default 30")
  private double shrinkSeconds;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "write the results to this file as JSON")
  private Path jsonFile;

  @Option(
      names = "--write",
      arity = "2",
      hideParamSyntax = true,
      paramLabel = "SEED FILE",
      description = "only write the scenario with this seed to this file, for `raftlab run`")
  private List<String> write;

  private final FailureGroups failureGroups = new FailureGroups();
  private int atOnce;

  /** Null while no failure is being shrunk. */
  private volatile @Nullable Shrinker shrinking;

  @Override
  public Integer call() throws ScenarioException, IOException, InterruptedException {
    check();
    if (write != null) {
      return writeOne();
    }
    World world = WorldOptions.repeatable(kind, replica);
    LongFunction<World> worlds = worlds();
    long first = seed != null ? seed : WorldOptions.newSeed();
    long count = seeds != null ? seeds : minutes != null ? Long.MAX_VALUE : DEFAULT_SEEDS;
    atOnce = jobs != null ? jobs : SuiteRunner.defaultJobs(world);
    Swarm swarm = new Swarm(worlds, atOnce, !WorldOptions.isReference(replica));
    SwarmText text = new SwarmText(System.out, TerminalStyle.ofStdout(), failureGroups);
    List<String> command = world.replicaCommand();
    text.begin(
        "replica: "
            + (command.isEmpty() ? "reference" : String.join(" ", command))
            + (fixedSettings || !world.name().equals(SimWorld.NAME) ? "" : ", with random settings")
            + (world.name().equals(SimWorld.NAME) ? "" : ", world: " + world.name())
            + ", first seed: "
            + first
            + ", parallel runs: "
            + atOnce);
    double mostSeconds = minutes != null ? minutes * 60 : Double.POSITIVE_INFINITY;
    try (GracefulShutdown onInterruption = new GracefulShutdown(() -> stop(swarm))) {
      swarm.play(
          first, count, outcome -> handle(outcome, worlds, text) && text.seconds() < mostSeconds);
      text.end();
      if (jsonFile != null) {
        OutcomeJson.write(SwarmJson.of(failureGroups, command, first, text.seconds()), jsonFile);
      }
    }
    return ExitCode.of(failureGroups.status());
  }

  /** The world of each seed, in which the reference replica has random settings. */
  private LongFunction<World> worlds() {
    if (kind == WorldOptions.Kind.VIRTUAL || !WorldOptions.isReference(replica)) {
      World programs = WorldOptions.repeatable(kind, replica);
      return each -> programs;
    }
    ReplicaOptions options = WorldOptions.referenceOptions(replica);
    return each ->
        WorldOptions.simulated(
            fixedSettings
                ? options
                : options.withSettings(RandomSettings.of(each, options.settings())));
  }

  private void check() {
    UsageException.requireAtLeastOne("--seeds", seeds);
    if (minutes != null && !(minutes > 0)) {
      throw new UsageException("found --minutes " + minutes + ", expected more than 0");
    }
    UsageException.requireAtLeastOne("--jobs", jobs);
    if (!(shrinkSeconds >= 0 && shrinkSeconds <= 86_400)) {
      throw new UsageException("found --shrink " + shrinkSeconds + ", expected 0 to 86400");
    }
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UsageException("found --out " + folder + ", which is a file, expected a folder");
    }
    OutputFileCheck.check("--json", jsonFile);
  }

  private void stop(Swarm swarm) {
    swarm.stop();
    Shrinker now = shrinking;
    if (now != null) {
      now.stop();
    }
  }

  private int writeOne() throws IOException {
    long its;
    try {
      its = Long.parseLong(write.get(0));
    } catch (NumberFormatException notANumber) {
      throw new UsageException(
          "found --write \""
              + write.get(0)
              + "\", expected a seed, which is a whole number, and a file");
    }
    Path file = Path.of(write.get(1));
    OutputFileCheck.check("--write", file);
    Files.writeString(file, RandomScenario.text(its, !WorldOptions.isReference(replica)));
    World world = worlds().apply(its);
    System.out.println(
        "To play it: "
            + ReplayCommandLine.command(world.name(), world.replicaCommand(), its, file));
    return ExitCode.PASSED;
  }

  /** Whether to continue after this outcome. */
  private boolean handle(RunOutcome outcome, LongFunction<World> worlds, SwarmText text) {
    boolean isNew = failureGroups.add(outcome);
    if (isNew && outcome.status() == Status.FAIL) {
      reportFailure(outcome, worlds.apply(outcome.played().seed()), text);
    }
    text.progress();
    return keepGoing || outcome.status() != Status.FAIL;
  }

  /** Writes the scenario of a failure to a file, and reports the failure. */
  private void reportFailure(RunOutcome outcome, World world, SwarmText text) {
    Path file = folder.resolve(outcome.scenario().name() + ".json");
    try {
      Files.createDirectories(folder);
      Files.writeString(file, outcome.scenario().json());
      text.found(outcome.of(ScenarioReader.read(file)), file);
      if (shrinkSeconds > 0) {
        shrink(outcome, world, text);
      }
    } catch (IOException | ScenarioException unwritten) {
      throw new UsageException(file + " could not be written: " + unwritten.getMessage());
    }
  }

  /** Shrinks a failing run, and reports the file. */
  private void shrink(RunOutcome outcome, World world, SwarmText text)
      throws ScenarioException, IOException {
    Scenario scenario = outcome.scenario();
    Trace trace = new ScenarioRunner(scenario, world, outcome.played().seed()).play();
    Shrinker shrinker = new Shrinker(world, atOnce, shrinkSeconds);
    shrinking = shrinker;
    Optional<ShrinkResult> shrunk = shrinker.shrink(trace);
    shrinking = null;
    if (shrunk.isPresent()) {
      Path file = folder.resolve(scenario.name() + "-shrunk.json");
      Files.writeString(file, shrunk.get().draft().text());
      text.shrunk(ShrinkText.of(shrunk.get(), file, TerminalStyle.ofStdout()));
    }
  }
}
