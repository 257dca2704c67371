package raftlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import raftlab.cluster.World;
import raftlab.cluster.virtual.VirtualWorld;
import raftlab.report.CertificateText;
import raftlab.report.OutcomeJson;
import raftlab.report.SuiteJson;
import raftlab.report.SuiteText;
import raftlab.report.TerminalStyle;
import raftlab.scenario.ScenarioException;
import raftlab.suite.Suite;
import raftlab.suite.SuiteRunner;

/** Plays all scenarios of suites. */
@Command(
    name = "suite",
    description =
        "Plays all scenarios of suites, several in parallel. Prints a line for each, the points, and the total.",
    mixinStandardHelpOptions = true,
    footer = {"", ExitCode.HELP})
final class SuiteCommand implements Callable<Integer> {
  @Mixin private WorldOptions worldOptions;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "the number of parallel runs; by default as many as the machine can run")
  private Integer jobs;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "play each scenario N times, with seed, seed + 1, ...; shows pass rates, and failures grouped"
              + " by cause")
  private int repeat;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "write the results to this file as JSON")
  private Path jsonFile;

  @Option(
      names = "--trace",
      paramLabel = "DIR",
      description = "write all events of failed runs to DIR/NAME-SEED.jsonl")
  private Path traces;

  @Option(
      names = {"-v", "--verbose"},
      description =
          "explain below each scenario why it did not pass; by default only causes are shown")
  private boolean verbose;

  @Option(
      names = "--certify",
      description =
          "play each run twice, and say whether both were the same to the byte; in the virtual world"
              + " the first run always is. Not in the process world")
  private boolean certify;

  @Parameters(
      paramLabel = "NAME|DIR",
      arity = "1..*",
      description =
          "names of suites, such as course, folders of scenario files, or single scenarios; \"all\" for"
              + " all suites of the kit")
  private List<String> names;

  @Override
  public Integer call() throws ScenarioException, IOException, InterruptedException {
    if (repeat < 1) {
      throw new UsageException("found --repeat " + repeat + ", expected 1 or more");
    }
    if (jobs != null && jobs < 1) {
      throw new UsageException("found --jobs " + jobs + ", expected 1 or more");
    }
    OutputFileCheck.check("--json", jsonFile);
    World world = worldOptions.world();
    if (certify && world.usesWallClock()) {
      throw new UsageException(
          "found --certify with --world "
              + world.name()
              + ", expected --world virtual or sim: processes keep their own time");
    }
    CorrectionFileCheck.beside(world.replicaCommand());
    PlayableSuites playable = PlayableSuites.of(SuiteFinder.find(names), world.name());
    List<Suite> suites = playable.suites();
    long seed = worldOptions.seedOrNew();
    List<SuiteRunner.Task> tasks = SuiteRunner.tasks(suites, repeat, seed, worldOptions.hasSeed());

    SuiteText text = new SuiteText(System.out, TerminalStyle.ofStdout(), suites, repeat, verbose);
    text.begin(
        "replica: "
            + (world.replicaCommand().isEmpty()
                ? "reference"
                : String.join(" ", world.replicaCommand()))
            + ", world: "
            + world.name()
            + ", seed: "
            + seed
            + (jobs == null ? "" : ", parallel runs: " + Math.min(jobs, tasks.size())));
    text.leftOut(playable.leftOut());
    FailedRunTraces failing = new FailedRunTraces(traces);
    SuiteRunner run =
        jobs == null ? SuiteRunner.measured(world, text) : new SuiteRunner(world, jobs, text);
    if (repeat == 1) {
      run.stopIfBlocked();
    }
    CertificateText certificate = new CertificateText();
    if (certify || world.name().equals(VirtualWorld.NAME)) {
      run.certify(
          certify,
          (task, difference) ->
              difference.ifPresentOrElse(
                  found -> certificate.different(task.scenario().name(), found),
                  certificate::same));
    }
    if (traces != null) {
      run.setTraceConsumer(failing);
    }
    try (GracefulShutdown onInterruption = new GracefulShutdown(run::stop)) {
      text.end(run.play(tasks, text::add));
      certificate.lines().forEach(System.out::println);
      if (jsonFile != null) {
        OutcomeJson.write(
            SuiteJson.of(text.failureGroups(), text.outcomes(), text.seconds()), jsonFile);
      }
    }
    failing.throwWriteError();
    return certify && certificate.hasDifferences()
        ? ExitCode.worse(text.exitCode(), ExitCode.FAILED)
        : text.exitCode();
  }
}
