package raftlab.cli;

import com.google.gson.JsonArray;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import raftlab.cluster.World;
import raftlab.dialect.Dialect;
import raftlab.dialect.MessageReader;
import raftlab.report.CertificateText;
import raftlab.report.DialectText;
import raftlab.report.MessageListText;
import raftlab.report.OutcomeJson;
import raftlab.report.RunProgress;
import raftlab.report.RunText;
import raftlab.report.TerminalStyle;
import raftlab.report.html.RunPage;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.trace.Trace;
import raftlab.trace.TraceDifference;
import raftlab.trace.TraceFile;

/** Plays scenario files, one after the other, with full output. */
@Command(
    name = "run",
    description = "Plays scenarios one after the other, shows their events, and judges them.",
    mixinStandardHelpOptions = true,
    footer = {"", ExitCode.HELP})
final class RunCommand implements Callable<Integer> {
  @Mixin private WorldOptions worldOptions;

  @Option(
      names = {"-s", "--silent"},
      description = "do not show the output of the replicas")
  private boolean silent;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description =
          "write all events to this file (with several scenarios: FILE-NAME, or FILE-SUITE-NAME if two"
              + " have the same name)")
  private Path traceFile;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "write a page with the picture of the run to this HTML file (with several scenarios: NAME-FILE)")
  private Path reportFile;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "write the results to this file as JSON, again after each run")
  private Path jsonFile;

  @Option(
      names = "--dialect",
      description =
          "also show what was learned about the messages between the replicas, as `raftlab dialect` does")
  private boolean showsDialect;

  @Option(
      names = "--certify",
      description =
          "play each scenario twice, and say whether both runs were the same to the byte. Not in the"
              + " process world")
  private boolean certify;

  @Mixin private EventFilterOptions selectionOptions;

  @Parameters(
      paramLabel = "SCENARIO",
      arity = "1..*",
      description =
          "a scenario file, or the name of a scenario of the kit, such as crash-1 or"
              + " service/stale-reads")
  private List<String> names;

  private TraceNames traceNames = new TraceNames(List.of());
  private final CertificateText certificate = new CertificateText();

  @Override
  public Integer call() throws ScenarioException, IOException {
    OutputFileCheck.check("--json", jsonFile);
    OutputFileCheck.check("--trace", traceFile);
    OutputFileCheck.check("--report", reportFile);
    selectionOptions.eventFilter(true);
    World world = worldOptions.world(certify);
    CorrectionFileCheck.beside(world.replicaCommand());
    List<Scenario> scenarios = new ArrayList<>();
    for (String name : names) {
      Scenario scenario = ScenarioFinder.find(name);
      Optional<String> only = scenario.onlyWorld();
      if (only.isPresent() && !only.get().equals(world.name())) {
        throw new UsageException(
            "found --world "
                + world.name()
                + ", expected --world "
                + only.get()
                + ": it is the only world for "
                + scenario.name());
      }
      scenarios.add(scenario);
    }
    TerminalStyle style = TerminalStyle.ofStdout();
    traceNames = new TraceNames(scenarios);
    JsonArray results = new JsonArray();
    int exitCode = ExitCode.PASSED;
    try (InterruptNotice interruption = new InterruptNotice()) {
      for (Scenario scenario : scenarios) {
        RunOutcome outcome = playFairly(scenario, world, style);
        results.add(OutcomeJson.of(outcome));
        if (jsonFile != null) {
          OutcomeJson.write(results, jsonFile);
        }
        exitCode = ExitCode.worse(exitCode, ExitCode.of(outcome.status()));
      }
    }
    certificate.lines().forEach(System.out::println);
    if (certificate.hasDifferences()) {
      exitCode = ExitCode.worse(exitCode, ExitCode.FAILED);
    }
    return exitCode;
  }

  private RunOutcome playFairly(Scenario scenario, World world, TerminalStyle style)
      throws IOException {
    RunOutcome outcome = play(scenario, world, style);
    if (!outcome.judgement().wasOverloaded()) {
      return outcome;
    }
    System.out.println(
        style.warning("The machine was overloaded; playing the scenario once more."));
    return play(scenario, world, style).asRepetition();
  }

  private RunOutcome play(Scenario scenario, World world, TerminalStyle style) throws IOException {
    long seed =
        worldOptions.hasSeed()
            ? worldOptions.seedOrNew()
            : scenario.seed().orElseGet(WorldOptions::newSeed);
    System.out.printf(
        Locale.ROOT, "%s  %s  seed %d%n", style.bold(scenario.name()), scenario.title(), seed);
    System.out.println(
        style.faint(
            String.format(
                Locale.ROOT,
                "Times count from when all replicas are ready; requests and faults start at %.1f s, and the run ends %s %.1f s.",
                scenario.startWaitMillis() / 1000.0,
                scenario.steps().isEmpty() ? "at" : "after the last step, or at",
                scenario.totalMillis() / 1000.0)));
    scenario
        .warnings()
        .forEach(warning -> System.out.println(style.warning("warning: ") + warning));
    ScenarioRunner run = new ScenarioRunner(scenario, world, seed);
    run.addListener(
        new RunProgress(
            System.out, style, Set.copyOf(ScenarioRunner.replicas(scenario.replicas())), !silent));
    long from = System.nanoTime();
    Trace trace = run.play();
    RunOutcome outcome =
        RunOutcome.of(scenario, trace, (System.nanoTime() - from) / 1e9).withSuspicion(trace);
    RunText.of(outcome, trace, style).forEach(System.out::println);
    if (selectionOptions.messages()) {
      showMessages(trace, style);
    }
    if (showsDialect) {
      Dialect dialect = Dialect.of(trace);
      CorrectionFileCheck.warn(dialect.problems());
      System.out.println();
      DialectText.of(dialect, MessageReader.source(trace, dialect), style)
          .forEach(System.out::println);
    }
    if (certify) {
      Trace again = new ScenarioRunner(scenario, world, seed).play();
      TraceDifference.between(trace, again)
          .ifPresentOrElse(
              found -> certificate.different(scenario.name(), found), certificate::same);
    }
    if (traceFile != null) {
      Path file =
          names.size() == 1
              ? traceFile
              : traceFile.resolveSibling(traceFile.getFileName() + "-" + traceNames.of(scenario));
      TraceFile.write(trace, file);
      System.out.println("All events are in " + file);
    }
    if (reportFile != null) {
      Path file =
          names.size() == 1
              ? reportFile
              : reportFile.resolveSibling(scenario.name() + "-" + reportFile.getFileName());
      RunPage.write(outcome, trace, file);
      System.out.println("The picture of the run is in " + file);
    }
    return outcome;
  }

  /** Shows messages, after the report of the run. */
  private void showMessages(Trace trace, TerminalStyle style) {
    PrintStream out =
        new PrintStream(new BufferedOutputStream(System.out), false, StandardCharsets.UTF_8);
    MessageListText.ofRun(trace, selectionOptions.eventFilter(true), style).forEach(out::println);
    out.flush();
  }
}
