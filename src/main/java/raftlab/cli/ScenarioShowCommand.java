package raftlab.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import raftlab.cluster.World;
import raftlab.cluster.sim.SimWorld;
import raftlab.raft.RaftNode;
import raftlab.raft.RaftSettings;
import raftlab.report.PlayedFaultsText;
import raftlab.report.ScenarioJson;
import raftlab.report.ScenarioText;
import raftlab.report.TerminalStyle;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.trace.Trace;

/** Shows the events of a scenario. */
@Command(
    name = "show",
    description = "Shows the events and steps of a scenario, with their times.",
    mixinStandardHelpOptions = true,
    footer = {"", ExitCode.HELP})
final class ScenarioShowCommand implements Callable<Integer> {
  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "the seed of all random choices; default: the scenario's own, else a new one")
  private Long seed;

  @Option(
      names = "--play",
      description =
          "play it in the simulated world with the reference replica, and show the replicas that each action affected")
  private boolean play;

  @Option(names = "--json", description = "print the scenario as JSON")
  private boolean json;

  @Parameters(
      paramLabel = "NAME|FILE",
      description = "a scenario file, or the name of a scenario of the kit")
  private String name;

  @Override
  public Integer call() throws ScenarioException, IOException {
    if (play && json) {
      throw new UsageException("found --play and --json, expected one of them");
    }
    Scenario scenario = ScenarioFinder.find(name);
    long its = seed != null ? seed : scenario.seed().orElseGet(WorldOptions::newSeed);
    if (json) {
      ScenarioListCommand.print(ScenarioJson.of(scenario, its));
      return ExitCode.PASSED;
    }
    TerminalStyle style = TerminalStyle.ofStdout();
    ScenarioText.of(scenario, its, style).forEach(System.out::println);
    return play ? play(scenario, its, style) : ExitCode.PASSED;
  }

  private static int play(Scenario scenario, long seed, TerminalStyle style) {
    if (scenario.onlyWorld().filter("process"::equals).isPresent()) {
      throw new UsageException(
          "found --play with a scenario for the process world only, expected one for the simulated world");
    }
    World world = new SimWorld(host -> new RaftNode(host, RaftSettings.DEFAULT));
    long from = System.nanoTime();
    Trace trace = new ScenarioRunner(scenario, world, seed).play();
    RunOutcome outcome = RunOutcome.of(scenario, trace, (System.nanoTime() - from) / 1e9);
    System.out.println();
    PlayedFaultsText.of(trace, outcome, style).forEach(System.out::println);
    return ExitCode.of(outcome.status());
  }
}
