package raftlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import raftlab.cluster.ProcessorCount;
import raftlab.grade.GradingLock;
import raftlab.grade.GradingTables;
import raftlab.grade.Regrading;
import raftlab.grade.Regrading.RegradingResult;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.GradeComparison;
import raftlab.grade.book.RubricFile;
import raftlab.grade.report.GradeComparisonText;
import raftlab.grade.store.GradingFolder;
import raftlab.report.TerminalStyle;
import raftlab.scenario.ScenarioException;
import raftlab.wire.PrintableText;

/** Judges all stored runs of a grading again. */
@Command(
    name = "regrade",
    description =
        "Judges all stored runs of a grading again, with another rubric if one is given, and prints"
            + " which grades change and why. Plays nothing.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 done, 2 usage error, 3 some runs could not be judged; their results are kept.%n"
    })
final class RegradeCommand implements Callable<Integer> {
  @Mixin private PolicyOptions policy;
  @Mixin private ReportOptions reports;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description =
          "how many runs are judged at a time; by default as many as there are processors")
  private Integer jobs;

  @Option(
      names = "--points-only",
      description =
          "judge nothing again: only count the points by the rubric, and write the tables")
  private boolean pointsOnly;

  @Parameters(paramLabel = "DIR", description = "the results folder of `grade`")
  private Path folder;

  @Override
  public Integer call() throws ScenarioException, IOException, InterruptedException {
    UsageException.requireAtLeastOne("--jobs", jobs);
    GradingFolder results = GradingFolder.open(folder);
    reports.check(results.grading().teams().size());
    try (GradingLock lock = GradingLock.of(folder)) {
      return regrade(results);
    }
  }

  private int regrade(GradingFolder results)
      throws ScenarioException, IOException, InterruptedException {
    long from = System.nanoTime();
    GradeBook before = GradeBook.of(results, RubricFile.of(results.grading()));
    policy.apply(results);
    RegradingResult result =
        pointsOnly
            ? new RegradingResult(0, 0, List.of())
            : Regrading.regrade(results, jobs == null ? ProcessorCount.count() : jobs);
    GradingTables tables =
        new GradingTables(
            results, RubricFile.of(results.grading()), results.file(GradingTables.JSON));
    reports.addTo(tables);
    GradeBook after = tables.write(results.grading().teams());
    reports.finish(after);
    GradeComparison changes = GradeComparison.of(before, after);
    new GradeComparisonText(TerminalStyle.ofStdout()).of(changes).forEach(System.out::println);
    System.out.printf(
        Locale.ROOT,
        "%d runs judged again in %.1f s, %d records changed.%n",
        result.judged(),
        (System.nanoTime() - from) / 1e9,
        result.changed());
    printKept(result.kept());
    return result.kept().isEmpty() ? ExitCode.PASSED : ExitCode.UNKNOWN;
  }

  private static void printKept(List<String> kept) {
    if (!kept.isEmpty()) {
      System.out.println("Not judged again, so these results are kept: " + kept.size());
      kept.forEach(line -> System.out.println("  " + PrintableText.of(line, 300)));
    }
  }
}
