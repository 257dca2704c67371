package raftlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
import raftlab.report.html.SuitePages;
import raftlab.run.RunOutcome;
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
  /** More paths than this would hide the result. */
  private static final int MAX_PRINTED = 8;

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
      description =
          "write all events of runs that did not pass to DIR/NAME-SEED.jsonl; DIR/SUITE-NAME-SEED.jsonl"
              + " if two suites have a scenario of this name")
  private Path traces;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "write index.html, and a page with the picture of each run that did not pass, to this folder;"
              + " default: target/report of the kit")
  private Path reportFolder;

  @Option(names = "--no-report", description = "write no pages")
  private boolean noReport;

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
    UsageException.requireAtLeastOne("--repeat", repeat);
    UsageException.requireAtLeastOne("--jobs", jobs);
    OutputFileCheck.check("--json", jsonFile);
    if (noReport && reportFolder != null) {
      throw new UsageException("found --report and --no-report, expected one of them");
    }
    World world = worldOptions.world(certify);
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
    FailedRunTraces failing =
        FailedRunTraces.ofSuites(
            traces,
            new TraceNames(suites.stream().flatMap(each -> each.scenarios().stream()).toList()));
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
    Optional<SuitePages> pages = pages();
    run.setTraceConsumer(
        (outcome, trace) -> {
          if (traces != null) {
            failing.accept(outcome, trace);
          }
          pages.ifPresent(all -> all.accept(outcome, trace));
        });
    try (GracefulShutdown onInterruption = new GracefulShutdown(run::stop)) {
      text.end(run.play(tasks, text::add));
      certificate.lines().forEach(System.out::println);
      if (jsonFile != null) {
        OutcomeJson.write(
            SuiteJson.of(text.failureGroups(), text.outcomes(), text.seconds()), jsonFile);
      }
    }
    if (pages.isPresent()) {
      finish(pages.get(), text.outcomes().stream().flatMap(List::stream).toList(), world);
    }
    failing.throwWriteError();
    return certify && certificate.hasDifferences()
        ? ExitCode.worse(text.exitCode(), ExitCode.FAILED)
        : text.exitCode();
  }

  private Optional<SuitePages> pages() throws IOException {
    Optional<Path> folder =
        reportFolder == null ? KitHome.reportFolder() : Optional.of(reportFolder);
    return noReport || folder.isEmpty()
        ? Optional.empty()
        : Optional.of(new SuitePages(folder.get()));
  }

  /** Writes the index, and prints where the pictures are. */
  private void finish(SuitePages pages, List<RunOutcome> outcomes, World world) throws IOException {
    String replica =
        world.replicaCommand().isEmpty() ? "reference" : String.join(" ", world.replicaCommand());
    String title = String.join(" ", names) + ", replica " + replica + ", world " + world.name();
    Path index = pages.finish(title, outcomes);
    List<Path> pictures =
        outcomes.stream().map(pages::pageOf).filter(Objects::nonNull).distinct().toList();
    pictures.stream()
        .limit(MAX_PRINTED)
        .forEach(page -> System.out.println("Picture    " + KitHome.relative(page)));
    if (pictures.size() > MAX_PRINTED) {
      System.out.println("           and " + (pictures.size() - MAX_PRINTED) + " more");
    }
    System.out.println("Report     " + KitHome.relative(index));
  }
}
