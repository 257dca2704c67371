package raftlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import raftlab.cluster.World;
import raftlab.cluster.process.ProcessWorld;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.report.CourseOutput;
import raftlab.report.RunProgress;
import raftlab.report.TerminalStyle;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.suite.Suite;
import raftlab.suite.SuiteReader;
import raftlab.suite.SuiteRunner;
import raftlab.trace.Trace;

/**
 * The command behind {@code test-scripts/run}: the course's own script, with the same arguments.
 */
@Command(
    name = "course",
    hidden = true,
    description = "Plays the course's scenarios, with the arguments of the course's own script.",
    customSynopsis = "run [-h] [-r REPLICA] [-s] [-c DIR] CONFIG|all",
    footer = {"", ExitCode.HELP})
final class CourseScriptCommand implements Callable<Integer> {
  private static final List<String> DEFAULT_NAMES =
      List.of("4700kvstore", "3700kvstore", "4730kvstore");

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  private boolean help;

  @Option(
      names = {"-r", "--replica"},
      paramLabel = "REPLICA",
      description =
          "the replica's program. Default: 4700kvstore, 3700kvstore or 4730kvstore in the current folder,"
              + " else the reference replica")
  private String replica;

  @Option(
      names = {"-s", "--silent"},
      description = "do not show the output of the replicas")
  private boolean silent;

  @Option(
      names = {"-c", "--config-directory"},
      paramLabel = "DIR",
      description = "the folder that \"all\" plays; default configs/course")
  private Path folder;

  @Parameters(
      paramLabel = "CONFIG|all",
      description = "a scenario file, the name of a scenario, or \"all\" for all of the folder")
  private String config;

  @Override
  public Integer call() throws ScenarioException, IOException, InterruptedException {
    World world = new ProcessWorld(command());
    Path course = folder != null ? folder : KitHome.configs().resolve("course");
    try (InterruptNotice interruption = new InterruptNotice()) {
      return play(course, world);
    }
  }

  private int play(Path course, World world)
      throws ScenarioException, IOException, InterruptedException {
    if (!config.equals("all")) {
      Path inFolder = course.resolve(config);
      Scenario scenario =
          folder != null && Files.exists(inFolder)
              ? ScenarioReader.read(inFolder)
              : ScenarioFinder.find(config);
      return playOne(scenario, world);
    }
    return playAll(SuiteReader.read(course.toString(), course), world);
  }

  private ReplicaCommand command() {
    try {
      if (replica != null) {
        return ReplicaCommand.parse(replica);
      }
      for (String name : DEFAULT_NAMES) {
        if (Files.isExecutable(Path.of(name))) {
          return ReplicaCommand.parse("./" + name);
        }
      }
      return ReplicaCommand.reference();
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(wrong);
    }
  }

  private int playOne(Scenario scenario, World world) {
    TerminalStyle style = TerminalStyle.ofStdout();
    long seed = scenario.seed().orElseGet(WorldOptions::newSeed);
    long from = System.nanoTime();
    ScenarioRunner run = new ScenarioRunner(scenario, world, seed);
    run.addListener(
        new RunProgress(
            System.out, style, Set.copyOf(ScenarioRunner.replicas(scenario.replicas())), !silent));
    Trace trace = run.play();
    RunOutcome outcome =
        RunOutcome.of(scenario, trace, (System.nanoTime() - from) / 1e9).withSuspicion(trace);
    CourseOutput.of(outcome).forEach(System.out::println);
    return ExitCode.of(outcome.status());
  }

  private int playAll(Suite suite, World world) throws InterruptedException {
    long seed = WorldOptions.newSeed();
    List<RunOutcome> outcomes = new ArrayList<>();
    SuiteRunner.SuiteListener quiet =
        new SuiteRunner.SuiteListener() {
          @Override
          public void began(SuiteRunner.Task task) {}

          @Override
          public void ended(SuiteRunner.Task task, RunOutcome outcome) {}
        };
    SuiteRunner.measured(world, quiet)
        .play(
            SuiteRunner.tasks(List.of(suite), 1, seed, false),
            outcome -> {
              outcomes.add(outcome);
              CourseOutput.line(suite, outcome).forEach(System.out::println);
            });
    CourseOutput.total(outcomes).forEach(System.out::println);
    int exitCode = ExitCode.PASSED;
    for (RunOutcome outcome : outcomes) {
      exitCode = ExitCode.worse(exitCode, ExitCode.of(outcome.status()));
    }
    return exitCode;
  }
}
