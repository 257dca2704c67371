package raftlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import raftlab.grade.BuildResult;
import raftlab.grade.GradingProgressText;
import raftlab.grade.GradingResultFiles;
import raftlab.grade.GradingRun;
import raftlab.grade.GradingSettings;
import raftlab.grade.HandIn;
import raftlab.grade.HandInFinder;
import raftlab.report.TerminalStyle;
import raftlab.scenario.ScenarioException;
import raftlab.suite.Suite;
import raftlab.suite.SuiteReader;

/** Grades all hand-ins of a folder. */
@Command(
    name = "grade",
    description =
        "Builds and plays every hand-in of a folder; writes a table and feedback for each team.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A hand-in is a folder with a 4700kvstore, 3700kvstore or 4730kvstore, or a Makefile that builds one.",
      "Hand-ins run with your rights: grade those of strangers on a machine that you can do without.",
      "",
      "Exit codes: 0 every hand-in passed everything, 1 graded and something failed, 2 wrong use,",
      "3 some verdict is unknown, 130 broken off.%n"
    })
final class GradeCommand implements Callable<Integer> {
  @Option(
      names = "--suite",
      paramLabel = "NAME",
      defaultValue = "course",
      description = "a suite's name, or a folder of scenario files; course if not given")
  private String suiteName;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      defaultValue = "grades",
      description = "where grades.csv, grades.json and the teams' feedback go; grades if not given")
  private Path out;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description =
          "how many runs at a time, of all teams together; as many as the machine has room for if not given")
  private Integer jobs;

  @Option(
      names = "--side-by-side",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "how many teams at a time; one after the other if not given, so that none disturbs another")
  private int sideBySide;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "the seed of all random choices, the same for all teams; a new one if not given")
  private Long seed;

  @Option(
      names = "--build-timeout",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "how long a build may take; 120 if not given")
  private int buildSeconds;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "write the JSON to this file instead")
  private Path jsonFile;

  @Parameters(paramLabel = "DIR", description = "the folder of the hand-ins, one folder each")
  private Path folder;

  @Override
  public Integer call() throws ScenarioException, IOException, InterruptedException {
    atLeastOne("--jobs", jobs == null ? 1 : jobs);
    atLeastOne("--side-by-side", sideBySide);
    atLeastOne("--build-timeout", buildSeconds);
    Suite suite = SuiteReader.read(suiteName, KitHome.configs());
    List<HandIn> handIns = handIns();
    GradingSettings settings =
        new GradingSettings(
            suite,
            seed == null ? WorldOptions.newSeed() : seed,
            seed != null,
            jobs == null ? GradingSettings.defaultJobs() : jobs,
            sideBySide,
            Duration.ofSeconds(buildSeconds));
    GradingResultFiles results =
        new GradingResultFiles(
            settings, handIns, out, jsonFile == null ? out.resolve("grades.json") : jsonFile);

    TerminalStyle style = TerminalStyle.ofStdout();
    System.out.printf(
        Locale.ROOT,
        "%s  %d hand-ins of %s, suite: %s, seed: %d, runs at a time: %d%n",
        style.bold("Grading"),
        handIns.size(),
        folder,
        suite.name(),
        settings.seed(),
        settings.jobs());
    new GradingRun(settings, results, new GradingProgressText(System.out, style, handIns.size()))
        .grade(handIns);
    System.out.println(
        "The table is " + results.table() + ", and each team's feedback is beside it.");
    return results.hasFailed()
        ? ExitCode.FAILED
        : results.hasUnknown() ? ExitCode.UNKNOWN : ExitCode.PASSED;
  }

  private static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new UsageException("found " + option + " " + value + ", expected 1 or more");
    }
  }

  private List<HandIn> handIns() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new UsageException("found " + folder + ", expected a folder of hand-ins");
    }
    if (HandInFinder.isOne(folder)) {
      throw new UsageException(folder + " is a hand-in itself, expected the folder that holds it");
    }
    if (Files.exists(out, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(out)) {
      throw new UsageException("found the file " + out + ", expected a folder for the results");
    }
    List<HandIn> handIns = HandInFinder.in(folder, out);
    if (handIns.isEmpty()) {
      throw new UsageException("there is no hand-in in " + folder + ", expected a folder each");
    }
    // Else every team would pay for what is the machine's fault.
    if (!BuildResult.isPossible()
        && handIns.stream().anyMatch(each -> BuildResult.isNeeded(each.folder()))) {
      throw new UsageException("there are hand-ins to build, but make is not installed");
    }
    return handIns;
  }
}
