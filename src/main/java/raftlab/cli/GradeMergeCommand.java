package raftlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import raftlab.grade.GradingLock;
import raftlab.grade.GradingMerge;
import raftlab.grade.GradingMerge.MergeResult;
import raftlab.grade.GradingTables;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.RubricFile;
import raftlab.grade.report.ExcusedText;
import raftlab.grade.store.GradingFolder;
import raftlab.scenario.ScenarioException;
import raftlab.wire.PrintableText;

/** Puts the parts of a grading together. */
@Command(
    name = "merge",
    description =
        "Puts the parts of a grading together that `grade --shard` played, and writes the tables.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 every hand-in passed every scenario, 1 graded with failures,",
      "  2 usage error, 3 some results are open.%n"
    })
final class GradeMergeCommand implements Callable<Integer> {
  @Mixin private ReportOptions reports;

  @Parameters(
      index = "0",
      paramLabel = "OUT",
      description = "the folder for all results; parts are added to those that it has")
  private Path out;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "DIR",
      description = "the results folders of the parts")
  private List<Path> parts;

  @Override
  public Integer call() throws IOException, ScenarioException {
    List<GradingFolder> folders = new ArrayList<>();
    for (Path part : parts) {
      folders.add(GradingFolder.open(part));
    }
    reports.check(folders.get(0).grading().teams().size());
    try (GradingLock lock = GradingLock.of(out)) {
      MergeResult merged = GradingMerge.merge(out, folders);
      GradingFolder all = merged.folder();
      GradingTables tables =
          new GradingTables(all, RubricFile.of(all.grading()), all.file(GradingTables.JSON));
      reports.addTo(tables);
      GradeBook book = tables.write(all.grading().teams());
      reports.finish(book);
      merged.notes().forEach(note -> System.out.println(PrintableText.of(note, 300)));
      System.out.printf(
          Locale.ROOT,
          "%d runs added; %d of %d teams have their final grade. Table: %s%n",
          merged.runs(),
          book.finished(),
          book.teams().size(),
          all.file(GradingTables.CSV));
      ExcusedText.of(book).forEach(System.out::println);
      return GradeCommand.exitCode(book);
    }
  }
}
