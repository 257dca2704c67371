package raftlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import raftlab.cluster.process.ProcessWorld;
import raftlab.grade.GradingProgressText;
import raftlab.grade.GradingRun;
import raftlab.grade.GradingTables;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.Rubric;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.GradingRecord;
import raftlab.grade.store.MachineRecord;
import raftlab.handin.HandIn;
import raftlab.handin.HandInBuild;
import raftlab.handin.HandInFinder;
import raftlab.report.LeftOutText;
import raftlab.report.TerminalStyle;
import raftlab.scenario.ScenarioException;
import raftlab.suite.SuiteReader;

/** Grades all hand-ins in a folder. */
@Command(
    name = "grade",
    description =
        "Builds and plays every hand-in in a folder; writes a table, and feedback for each team.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A hand-in is a folder with a 4700kvstore, 3700kvstore or 4730kvstore, or a Makefile that builds one.",
      "Hand-ins run with your user's rights: grade untrusted code on a machine that holds nothing else.",
      "",
      "Exit codes: 0 every hand-in passed every scenario, 1 graded with failures,",
      "  2 usage error, 3 some verdicts are unknown, 130 interrupted.%n"
    })
final class GradeCommand implements Callable<Integer> {
  @Option(
      names = "--suite",
      paramLabel = "NAME",
      defaultValue = "course",
      description = "the name of a suite, or a folder of scenario files; default course")
  private String suiteName;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      defaultValue = "grades",
      description =
          "the folder for grades.csv, grades.json and the teams' feedback; default grades")
  private Path out;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description =
          "the number of parallel runs, of all teams together; by default as many as the machine can run")
  private Integer jobs;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "the seed of all random choices, the same for all teams; default: a new one")
  private Long seed;

  @Option(
      names = "--build-timeout",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "the time limit for a build; default 120")
  private int buildSeconds;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "write the JSON to this file instead")
  private Path jsonFile;

  @Parameters(paramLabel = "DIR", description = "the folder with the hand-ins, one folder each")
  private Path folder;

  @Override
  public Integer call() throws ScenarioException, IOException, InterruptedException {
    atLeastOne("--jobs", jobs == null ? 1 : jobs);
    atLeastOne("--build-timeout", buildSeconds);
    PlayableSuites playable =
        PlayableSuites.of(
            List.of(SuiteReader.read(suiteName, KitHome.configs())), ProcessWorld.NAME);
    List<HandIn> handIns = handIns();
    int runs = jobs == null ? GradingRun.defaultJobs() : jobs;
    GradingRecord grading =
        GradingRecord.of(
                playable.suites(),
                seed == null ? WorldOptions.newSeed() : seed,
                seed != null,
                1,
                new MachineRecord(runs, buildSeconds, ""))
            .withTeams(handIns.stream().map(GradingRun::team).toList());
    GradingFolder results = GradingFolder.create(out, grading);
    GradingTables tables =
        new GradingTables(
            results, Rubric.DEFAULT, jsonFile == null ? out.resolve("grades.json") : jsonFile);

    TerminalStyle style = TerminalStyle.ofStdout();
    System.out.printf(
        Locale.ROOT,
        "%s  %d hand-ins in %s, suite: %s, seed: %d, parallel runs: %d%n",
        style.bold("Grading"),
        handIns.size(),
        folder,
        grading.suiteNames(),
        grading.seed(),
        runs);
    LeftOutText.of(playable.leftOut()).ifPresent(line -> System.out.println(style.faint(line)));
    new GradingRun(results, tables, new GradingProgressText(System.out, style, handIns.size()))
        .grade(handIns, runs);
    System.out.println(
        "Table: "
            + results.file(GradingTables.CSV)
            + "; the feedback for each team is in "
            + results.file("teams")
            + ".");
    GradeBook book = tables.book();
    return book.hasFailed() ? ExitCode.FAILED : book.hasOpen() ? ExitCode.UNKNOWN : ExitCode.PASSED;
  }

  private static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new UsageException("found " + option + " " + value + ", expected 1 or more");
    }
  }

  private List<HandIn> handIns() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new UsageException("found no folder " + folder + ", expected a folder with hand-ins");
    }
    if (HandInFinder.isHandIn(folder)) {
      throw new UsageException(
          "found the hand-in " + folder + ", expected the folder that contains it");
    }
    if (Files.exists(out, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(out)) {
      throw new UsageException("found the file " + out + ", expected a folder for the results");
    }
    List<HandIn> handIns = HandInFinder.find(folder, out);
    if (handIns.isEmpty()) {
      throw new UsageException("found no hand-ins in " + folder + ", expected one folder per team");
    }
    // Else every team would fail because of this machine.
    if (!HandInBuild.isPossible()
        && handIns.stream().anyMatch(each -> HandInBuild.isNeeded(each.source()))) {
      throw new UsageException("found hand-ins with a Makefile, but make is not installed");
    }
    return handIns;
  }
}
