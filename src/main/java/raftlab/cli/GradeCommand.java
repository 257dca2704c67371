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
import raftlab.cluster.process.ProcessWorld;
import raftlab.grade.GradingProgressText;
import raftlab.grade.GradingResultFiles;
import raftlab.grade.GradingRun;
import raftlab.grade.GradingSettings;
import raftlab.handin.HandIn;
import raftlab.handin.HandInBuild;
import raftlab.handin.HandInFinder;
import raftlab.report.LeftOutText;
import raftlab.report.TerminalStyle;
import raftlab.scenario.ScenarioException;
import raftlab.suite.Suite;
import raftlab.suite.SuiteReader;

/** Grades all hand-ins in a folder. */
@Command(
    name = "grade",
    description =
        "Builds and plays every hand-in in a folder; writes a table, and feedback for each team.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A hand-in is a folder or an archive with a 4700kvstore, 3700kvstore, 4730kvstore or kvstore,",
      "or with a Makefile that builds one.",
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
      names = "--side-by-side",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "the number of teams graded in parallel; default 1, so that teams don't disturb each other")
  private int sideBySide;

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

  @Option(
      names = "--program",
      paramLabel = "NAME",
      description =
          "the name of the program, if it is not 4700kvstore, 3700kvstore, 4730kvstore or kvstore")
  private String program;

  @Parameters(
      paramLabel = "DIR|ARCHIVE",
      arity = "1..*",
      description =
          "folders with the hand-ins, a folder or an archive each; or single archives (.tar.gz, .tgz, .tar, .zip)")
  private List<Path> places;

  @Override
  public Integer call() throws ScenarioException, IOException, InterruptedException {
    atLeastOne("--jobs", jobs == null ? 1 : jobs);
    atLeastOne("--side-by-side", sideBySide);
    atLeastOne("--build-timeout", buildSeconds);
    PlayableSuites playable =
        PlayableSuites.of(
            List.of(SuiteReader.read(suiteName, KitHome.configs())), ProcessWorld.NAME);
    Suite suite = playable.suites().get(0);
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
        "%s  %d hand-ins in %s, suite: %s, seed: %d, parallel runs: %d%n",
        style.bold("Grading"),
        handIns.size(),
        String.join(", ", places.stream().map(Path::toString).toList()),
        suite.name(),
        settings.seed(),
        settings.jobs());
    LeftOutText.of(playable.leftOut()).ifPresent(line -> System.out.println(style.faint(line)));
    new GradingRun(settings, results, new GradingProgressText(System.out, style, handIns.size()))
        .grade(handIns);
    System.out.println(
        "Table: " + results.table() + "; the feedback for each team is in the same folder.");
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
    List<String> names = ProgramNames.of(program);
    for (Path place : places) {
      if (Files.isDirectory(place) ? HandInFinder.isHandIn(place) : !Files.isRegularFile(place)) {
        throw new UsageException(
            Files.isDirectory(place)
                ? "found the hand-in " + place + ", expected the folder that contains it"
                : "found no folder or archive " + place + ", expected hand-ins");
      }
    }
    if (Files.exists(out, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(out)) {
      throw new UsageException("found the file " + out + ", expected a folder for the results");
    }
    List<HandIn> handIns = HandInFinder.find(places, out, names);
    if (handIns.isEmpty()) {
      throw new UsageException(
          "found no hand-ins in " + places.get(0) + ", expected a folder or an archive per team");
    }
    // Else every team would fail because of this machine.
    if (!HandInBuild.isPossible()
        && handIns.stream().anyMatch(each -> HandInBuild.isNeeded(each.source()))) {
      throw new UsageException("found hand-ins with a Makefile, but make is not installed");
    }
    return handIns;
  }
}
