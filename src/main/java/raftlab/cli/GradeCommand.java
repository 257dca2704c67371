package raftlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import raftlab.grade.GradingLock;
import raftlab.grade.GradingPlan;
import raftlab.grade.GradingProgressText;
import raftlab.grade.GradingRun;
import raftlab.grade.GradingTables;
import raftlab.grade.GradingTeams;
import raftlab.grade.RunBudget;
import raftlab.grade.Shard;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.RubricFile;
import raftlab.grade.report.ExcusedText;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.GradingRecord;
import raftlab.handin.HandIn;
import raftlab.report.LeftOutText;
import raftlab.report.TerminalStyle;
import raftlab.sandbox.Sandbox;
import raftlab.scenario.ScenarioException;

/** Grades all hand-ins in a folder. */
@Command(
    name = "grade",
    description =
        "Builds and plays every hand-in in a folder; writes tables, and feedback for each team.",
    mixinStandardHelpOptions = true,
    subcommands = {GradeMergeCommand.class, GradeCompareCommand.class},
    footer = {
      "",
      "A hand-in is a folder or an archive with a 4700kvstore, 3700kvstore, 4730kvstore or kvstore,",
      "or with a Makefile that builds one.",
      "Hand-ins run in a sandbox if this machine has one; `raftlab doctor` says what is missing.",
      "",
      "Exit codes: 0 every hand-in passed every scenario, 1 graded with failures,",
      "  2 usage error, or results can't be written, 3 some results are open, 130 interrupted.%n"
    })
final class GradeCommand implements Callable<Integer> {
  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      defaultValue = "grades",
      description = "the folder for the results; default grades. Earlier results are moved aside")
  private Path out;

  @Option(
      names = "--resume",
      description =
          "continue the grading in the results folder: play only what has no result yet, or an open one")
  private boolean resume;

  @Option(
      names = "--time-limit",
      paramLabel = "SECONDS",
      description =
          "stop after this time and write the results so far; --resume continues. Default: none")
  private Integer timeLimitSeconds;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "write the JSON to this file instead")
  private Path jsonFile;

  @Mixin private HandInPlaces places;
  @Mixin private GradingOptions options;
  @Mixin private PolicyOptions policy;
  @Mixin private ReportOptions reports;

  private final TerminalStyle style = TerminalStyle.ofStdout();

  @Override
  public Integer call() throws ScenarioException, IOException, InterruptedException {
    UsageException.requireAtLeastOne("--time-limit", timeLimitSeconds);
    boolean continues = resume && GradingFolder.isGrading(out);
    Optional<GradingRecord> earlier =
        continues ? Optional.of(GradingFolder.open(out).grading()) : Optional.empty();
    options.check(earlier);
    List<HandIn> handIns = places.find(out, options.programs(earlier));
    reports.check(handIns.size());
    Optional<GradingRecord> begun = continues ? Optional.empty() : Optional.of(begin(handIns));
    try (GradingLock lock = GradingLock.of(out)) {
      GradingFolder results =
          begun.isEmpty() ? GradingSetup.resume(out) : GradingFolder.create(out, begun.get());
      GradingTeams teams = GradingSetup.addTeams(results, handIns);
      policy.apply(results);
      return grade(results, places.selected(teams));
    }
  }

  /** The settings of a new grading. Mistakes in options and files are found before it begins. */
  private GradingRecord begin(List<HandIn> handIns) throws ScenarioException, IOException {
    GradingTeams teams = new GradingTeams(List.of(), handIns);
    places.selected(teams);
    PlayableSuites playable = options.suites();
    GradingRecord begun = policy.applyTo(options.begin(playable).withTeams(teams.teams()));
    LeftOutText.of(playable.leftOut()).ifPresent(line -> System.out.println(style.faint(line)));
    if (resume) {
      System.out.println("There is nothing to continue in " + out + ": a new grading begins.");
    }
    GradingSetup.moveAside(out);
    return begun;
  }

  private int grade(GradingFolder results, Map<String, HandIn> handIns)
      throws IOException, InterruptedException, ScenarioException {
    GradingRecord grading = results.grading();
    Sandbox sandbox = SandboxOptions.open(grading.machine(), System.out, style);
    Shard shard = Shard.parse(grading.shard()).orElse(Shard.ALL);
    var part = shard.of(grading.teams(), grading.scenarios());
    GradingPlan plan = GradingPlan.of(results, handIns, part);
    if (plan.teams() > 0) {
      GradingSetup.setIsolation(results, sandbox.status());
    }
    int jobs = options.jobs(grading);
    printBegin(grading, plan, handIns.size(), jobs);
    Path json = jsonFile == null ? results.file(GradingTables.JSON) : jsonFile;
    GradingTables tables = new GradingTables(results, RubricFile.of(grading), json);
    reports.addTo(tables);
    GradingProgressText progress = new GradingProgressText(System.out, style, plan.teams());
    RunBudget budget = jobs == 0 ? RunBudget.measured() : RunBudget.fixed(jobs);
    GradingRun run = new GradingRun(results, tables, progress, budget, sandbox);
    try (GracefulShutdown onInterruption = new GracefulShutdown(run::stop);
        TimeLimit limit = TimeLimit.of(timeLimitSeconds, run::stop)) {
      if (!run.grade(plan)) {
        progress.interrupted();
      }
    }
    GradeBook all = tables.book();
    reports.finish(all);
    printEnd(results, all);
    GradeBook book = all.only(handIns.keySet());
    if (shard.equals(Shard.ALL)) {
      return exitCode(book);
    }
    // What other parts play is not open here.
    boolean isOpen = GradingPlan.of(results, handIns, part).teams() > 0;
    return book.hasFailed() ? ExitCode.FAILED : isOpen ? ExitCode.UNKNOWN : ExitCode.PASSED;
  }

  private void printEnd(GradingFolder results, GradeBook all) {
    ExcusedText.of(all).forEach(System.out::println);
    String warning = results.grading().machine().isolation().warning();
    if (!warning.isEmpty()) {
      System.out.println(style.error(warning + "."));
    }
    System.out.println(
        "Table: "
            + results.file(GradingTables.CSV)
            + "; the feedback for each team is in "
            + results.file("teams")
            + ".");
  }

  /** Failures count more than open results. */
  static int exitCode(GradeBook book) {
    return book.hasFailed() ? ExitCode.FAILED : book.hasOpen() ? ExitCode.UNKNOWN : ExitCode.PASSED;
  }

  private void printBegin(GradingRecord grading, GradingPlan plan, int handIns, int jobs) {
    System.out.printf(
        Locale.ROOT,
        "%s  %d hand-ins in %s, suite: %s, seed: %d, parallel runs: %s%n",
        style.bold("Grading"),
        handIns,
        places.text(),
        grading.suiteNames(),
        grading.seed(),
        jobs == 0 ? "as many as the machine can run" : jobs);
    if (plan.recorded() > 0) {
      System.out.printf(
          Locale.ROOT,
          "%d runs are recorded already, %d are left.%n",
          plan.recorded(),
          plan.runs());
    }
  }
}
