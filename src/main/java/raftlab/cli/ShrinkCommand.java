package raftlab.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import raftlab.cluster.ProcessorCount;
import raftlab.cluster.World;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.invariant.CheckName;
import raftlab.report.OutcomeJson;
import raftlab.report.ShrinkText;
import raftlab.report.TerminalStyle;
import raftlab.run.ScenarioRunner;
import raftlab.run.concrete.ScenarioDraft;
import raftlab.run.shrink.ShrinkResult;
import raftlab.run.shrink.Shrinker;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Trace;
import raftlab.trace.TraceFile;

/** Shrinks a failing run. */
@Command(
    name = "shrink",
    description =
        "Plays a scenario in the simulated or virtual world until it fails, then removes everything that the"
            + " failure doesn't need.",
    mixinStandardHelpOptions = true,
    footer = {"", ExitCode.HELP})
final class ShrinkCommand implements Callable<Integer> {
  /** Without a seed, seeds from 1 to this are tried. */
  private static final int MAX_SEEDS = 1000;

  @Option(
      names = {"-r", "--replica"},
      paramLabel = "CMD",
      description =
          "the replica's program, or the reference replica with options, such as `reference"
              + " --no-lease`. Default: as in the trace, else the reference replica")
  private String replica;

  @Option(
      names = "--world",
      paramLabel = "WORLD",
      description = "sim or virtual; default: virtual for a program, sim for the reference replica")
  private WorldOptions.Kind kind;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "the seed that fails; default: the scenario's own, else 1, 2, ...")
  private Long seed;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "the file to write; default NAME-shrunk.json")
  private Path out;

  @Option(
      names = "--check",
      paramLabel = "NAME",
      description = "the check that must still fail; default: the first that failed")
  private String check;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "30",
      description = "the time limit; default ${DEFAULT-VALUE}")
  private double seconds;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "the number of parallel runs; default: one per core")
  private Integer jobs;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "write the statistics to this file as JSON")
  private Path jsonFile;

  @Parameters(
      paramLabel = "SCENARIO|TRACE",
      description = "a scenario file, the name of a scenario, or a trace that `run --trace` wrote")
  private String name;

  @Override
  public Integer call() throws ScenarioException, IOException {
    if (!(seconds > 0 && seconds <= 86_400)) {
      throw new UsageException("found --seconds " + seconds + ", expected 1 to 86400");
    }
    if (jobs != null && jobs < 1) {
      throw new UsageException("found --jobs " + jobs + ", expected 1 or more");
    }
    OutputFileCheck.check("--out", out);
    OutputFileCheck.check("--json", jsonFile);
    int atOnce = jobs != null ? jobs : ProcessorCount.count();
    Path file = Path.of(name);
    if (Files.isRegularFile(file) && TraceFile.isTrace(file)) {
      Trace trace = TraceFile.read(file);
      return shrink(trace, world(trace), atOnce);
    }
    Scenario scenario = ScenarioFinder.find(name);
    World world = WorldOptions.repeatable(kind, replica);
    Trace failing = findFailingRun(scenario, world);
    if (failing == null) {
      System.out.println("Nothing to shrink: " + scenario.name() + " passed " + seedsText());
      return ExitCode.PASSED;
    }
    return shrink(failing, world, atOnce);
  }

  private World world(Trace trace) {
    if (replica != null || trace.header().replicaCommand().isEmpty()) {
      return WorldOptions.repeatable(kind, replica);
    }
    return WorldOptions.repeatable(kind, String.join(" ", trace.header().replicaCommand()));
  }

  private String seedsText() {
    return seed != null ? "with seed " + seed + "." : "with all seeds tried.";
  }

  /** A run that fails; null if there is none. */
  private @Nullable Trace findFailingRun(Scenario scenario, World world) {
    long first = seed != null ? seed : scenario.seed().orElse(1);
    boolean one = seed != null || scenario.seed().isPresent();
    long end = System.nanoTime() + (long) (seconds * 1e9);
    for (long s = first; s == first || !one && s < first + MAX_SEEDS; s++) {
      Trace trace = new ScenarioRunner(scenario, world, s).play();
      if (Judgement.of(scenario, trace).status() == Status.FAIL) {
        System.out.println(scenario.name() + " fails with seed " + s + "; shrinking ...");
        return trace;
      }
      if (System.nanoTime() - end > 0) {
        return null;
      }
    }
    return null;
  }

  private int shrink(Trace failing, World world, int atOnce) throws ScenarioException, IOException {
    checkFailed(failing);
    Path target = out != null ? out : Path.of(failing.header().scenario() + "-shrunk.json");
    Shrinker shrinker = new Shrinker(world, atOnce, seconds);
    Thread onExit = new Thread(() -> saveBestOnInterrupt(shrinker, target), "raftlab-keep-best");
    Runtime.getRuntime().addShutdownHook(onExit);
    Optional<ShrinkResult> result;
    try {
      result = shrinker.shrink(failing, check == null ? null : CheckName.of(check).orElseThrow());
    } finally {
      removeShutdownHook(onExit);
    }
    if (result.isEmpty()) {
      System.out.println(
          "Nothing was shrunk: the failure doesn't occur again in this world with these"
              + " replicas, or the time limit was reached first.");
      return ExitCode.UNKNOWN;
    }
    ShrinkResult shrunk = result.get();
    Files.writeString(target, shrunk.draft().text());
    ShrinkText.of(shrunk, target, TerminalStyle.ofStdout()).forEach(System.out::println);
    if (jsonFile != null) {
      OutcomeJson.write(ShrinkText.json(shrunk, target), jsonFile);
    }
    return ExitCode.FAILED;
  }

  private void checkFailed(Trace trace) throws ScenarioException {
    Scenario scenario =
        ScenarioReader.read(trace.header().scenario(), trace.header().scenarioJson());
    List<String> failed =
        Shrinker.failedChecks(Judgement.of(scenario, trace)).stream().map(CheckName::key).toList();
    if (check != null && !failed.contains(check)) {
      throw new UsageException(
          "found --check "
              + check
              + ", which didn't fail, expected one of those that did: "
              + (failed.isEmpty() ? "none" : String.join(", ", failed)));
    }
  }

  /** On Ctrl-C, writes the smallest failing scenario so far. */
  private static void saveBestOnInterrupt(Shrinker shrinker, Path target) {
    Optional<ScenarioDraft> best = shrinker.bestSoFar();
    shrinker.stop();
    if (best.isEmpty()) {
      System.err.printf(Locale.ROOT, "%nraftlab: interrupted; nothing was shrunk yet%n");
      return;
    }
    try {
      Files.writeString(target, best.get().text());
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    System.err.printf(
        Locale.ROOT, "%nraftlab: interrupted; the smallest so far is in %s%n", target);
  }

  private static void removeShutdownHook(Thread onExit) {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException interrupted) {
      // The file is being written.
      return;
    }
  }
}
