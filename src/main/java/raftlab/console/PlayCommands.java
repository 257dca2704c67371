package raftlab.console;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import raftlab.judge.check.Verdict.Status;
import raftlab.report.RunProgress;
import raftlab.report.RunText;
import raftlab.report.SuiteText;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.suite.Suite;
import raftlab.suite.SuiteRunner;
import raftlab.trace.Trace;

/**
 * Commands that play scenarios with their own replicas, while the console's cluster keeps running.
 */
final class PlayCommands {
  private final ConsoleSession session;
  private final ConsoleOutput output;

  PlayCommands(ConsoleSession session) {
    this.session = session;
    this.output = session.output();
  }

  List<ConsoleCommand> all() {
    return List.of(
        ConsoleCommand.onReader(
            "run FILE",
            "play a scenario",
            """
            run crash-1            a scenario of the kit
            run path/to/my.json    a scenario file
            It runs in the same world with its own replicas; your cluster keeps running. Ctrl-C stops it.""",
            this::run),
        ConsoleCommand.onReader(
            "suite NAME",
            "play all scenarios of a suite",
            """
            suite course    a suite of the kit, or a folder of scenario files
            It runs in the same world with its own replicas; your cluster keeps running. Ctrl-C stops it.""",
            this::suite));
  }

  private ConsoleCommandResult run(CommandArguments arguments)
      throws ScenarioException, IOException {
    String name = arguments.next("a scenario file or name").text();
    arguments.requireAtMost(0);
    Scenario scenario = session.library().scenario(name);
    Optional<String> only = scenario.onlyWorld();
    if (only.isPresent() && !only.get().equals(session.world().name())) {
      throw new CommandException(scenario.name() + " can only be played in --world " + only.get());
    }
    output.holdNews();
    try {
      RunOutcome outcome = play(scenario);
      if (outcome != null && outcome.judgement().wasOverloaded()) {
        output.print(
            output.style().warning("The machine was overloaded; playing the scenario once more."));
        outcome = play(scenario);
      }
      return outcome == null ? ConsoleCommandResult.FAILED : result(outcome.status());
    } finally {
      output.releaseNews();
    }
  }

  /** Plays and reports a run; null if it was stopped. */
  private @Nullable RunOutcome play(Scenario scenario) {
    long seed = session.givenSeed().orElseGet(() -> scenario.seed().orElseGet(session::newSeed));
    output.print(output.style().bold(scenario.name()) + "  " + scenario.title() + "  seed " + seed);
    scenario.warnings().forEach(text -> output.print(output.style().warning("warning: ") + text));
    ScenarioRunner run = new ScenarioRunner(scenario, session.world(), seed);
    run.addListener(
        new RunProgress(
            output.out(),
            output.style(),
            Set.copyOf(ScenarioRunner.replicas(scenario.replicas())),
            false));
    session.interruptFlag().setAction(run::interrupt);
    long from = System.nanoTime();
    Trace trace = run.play();
    RunOutcome outcome =
        RunOutcome.of(scenario, trace, (System.nanoTime() - from) / 1e9).withSuspicion(trace);
    if (session.interruptFlag().interrupted()) {
      output.print("stopped; an unfinished run is not judged");
      return null;
    }
    RunText.of(outcome, trace, output.style()).forEach(output::print);
    return outcome;
  }

  private static ConsoleCommandResult result(Status status) {
    return switch (status) {
      case PASS -> ConsoleCommandResult.DONE;
      case FAIL, BLOCKED -> ConsoleCommandResult.FAILED;
      case UNKNOWN -> ConsoleCommandResult.UNKNOWN;
    };
  }

  private ConsoleCommandResult suite(CommandArguments arguments)
      throws ScenarioException, IOException, InterruptedException {
    String name = arguments.next("the name of a suite or a folder").text();
    arguments.requireAtMost(0);
    Suite suite = session.library().suite(name).forWorld(session.world().name());
    if (suite.groups().isEmpty()) {
      throw new CommandException("found a suite that can only be played in the other world");
    }
    long seed = session.seedOrNew();
    output.holdNews();
    try {
      SuiteText text = new SuiteText(output.out(), output.style(), List.of(suite), 1, false);
      text.begin("world: " + session.world().name() + ", seed: " + seed);
      SuiteRunner run = SuiteRunner.measured(session.world(), text);
      session.interruptFlag().setAction(run::stop);
      boolean whole =
          run.play(
              SuiteRunner.tasks(List.of(suite), 1, seed, session.givenSeed().isPresent()),
              text::add);
      text.end(whole);
      if (!whole) {
        output.print("stopped; the remaining scenarios were not played");
        return ConsoleCommandResult.FAILED;
      }
      return text.exitCode() == 0
          ? ConsoleCommandResult.DONE
          : text.exitCode() == ConsoleCommandResult.UNKNOWN.exitCode()
              ? ConsoleCommandResult.UNKNOWN
              : ConsoleCommandResult.FAILED;
    } finally {
      output.releaseNews();
    }
  }
}
