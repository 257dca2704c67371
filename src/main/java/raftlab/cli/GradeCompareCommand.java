package raftlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.GradeComparison;
import raftlab.grade.book.Rubric;
import raftlab.grade.book.RubricFile;
import raftlab.grade.report.GradeComparisonText;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.GradingRecord;
import raftlab.report.TerminalStyle;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioFileChecker;

/** Compares two gradings. */
@Command(
    name = "compare",
    description =
        "Compares two gradings: the teams and scenarios whose results changed, with the causes.",
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 no grade differs, 1 some differ, 2 usage error.%n"})
final class GradeCompareCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "A",
      description = "the results folder of the first grading")
  private Path first;

  @Parameters(index = "1", paramLabel = "B", description = "that of the second, or the same")
  private Path second;

  @Option(
      names = "--rubric",
      paramLabel = "FILE",
      description = "see the second grading through this rubric instead of its own")
  private Path rubric;

  @Override
  public Integer call() throws IOException, ScenarioException {
    GradingFolder before = GradingFolder.open(first);
    GradingFolder after = GradingFolder.open(second);
    print("first: ", first, before.grading());
    print("second:", second, after.grading());
    Rubric other =
        rubric == null
            ? RubricFile.of(after.grading())
            : RubricFile.read(rubric.toString(), ScenarioFileChecker.text(rubric), after.grading());
    GradeComparison comparison =
        GradeComparison.of(
            GradeBook.of(before, RubricFile.of(before.grading())), GradeBook.of(after, other));
    new GradeComparisonText(TerminalStyle.ofStdout()).of(comparison).forEach(System.out::println);
    return comparison.isEmpty() ? ExitCode.PASSED : ExitCode.FAILED;
  }

  private static void print(String which, Path folder, GradingRecord grading) {
    System.out.printf(
        Locale.ROOT,
        "%s %s, suite: %s, seed: %d, runs of each scenario: %d%n",
        which,
        folder,
        grading.suiteNames(),
        grading.seed(),
        grading.repeats());
  }
}
