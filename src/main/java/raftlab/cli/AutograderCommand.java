package raftlab.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import raftlab.cluster.process.ProcessWorld;
import raftlab.grade.book.RubricFile;
import raftlab.grade.platform.GradescopePackage;
import raftlab.grade.platform.TimedPlan;
import raftlab.grade.store.GradingRecord;
import raftlab.grade.store.MachineRecord;
import raftlab.grade.store.PolicyRecord;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioFileChecker;

/** Makes the package with which a course platform grades. */
@Command(
    name = "autograder",
    description =
        "Makes the package with which Gradescope grades hand-ins: this program, the scenarios that fit"
            + " into its time limit, and the scripts that it starts.",
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 done, 2 usage error, or the package can't be written.%n"})
final class AutograderCommand implements Callable<Integer> {
  private static final int LEAST_MINUTES = 3;

  @Option(
      names = "--gradescope",
      paramLabel = "OUT.zip",
      required = true,
      description = "the package to write")
  private Path zip;

  @Option(
      names = "--suite",
      paramLabel = "NAME",
      description =
          "the name of a suite, or a folder of scenario files; may be given several times; default course")
  private List<String> suiteNames;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "the seed of all random choices, the same for all teams; default: a new one")
  private Long seed;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "10",
      description = "the time limit of the assignment in Gradescope; default 10")
  private int minutes;

  @Option(
      names = "--rubric",
      paramLabel = "FILE",
      description = "the rubric: points, visibility, late penalties")
  private Path rubric;

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description = "the program to pack; default: this one")
  private Path jar;

  @Override
  public Integer call() throws ScenarioException, IOException {
    if (minutes < LEAST_MINUTES) {
      throw new UsageException(
          "found --minutes " + minutes + ", expected " + LEAST_MINUTES + " or more");
    }
    List<String> names = suiteNames == null ? List.of("course") : suiteNames;
    PlayableSuites playable = PlayableSuites.of(SuiteFinder.find(names), ProcessWorld.NAME);
    long itsSeed = seed == null ? WorldOptions.newSeed() : seed;
    GradescopePackage.Settings settings = GradescopePackage.Settings.of(itsSeed, minutes);
    TimedPlan plan = TimedPlan.of(playable.suites(), settings.playSeconds());
    if (plan.suites().isEmpty()) {
      throw new UsageException(
          "found no scenario that can be played in "
              + settings.playSeconds()
              + " s, expected more --minutes");
    }
    String text = rubric == null ? "" : ScenarioFileChecker.text(rubric);
    check(plan, itsSeed, text);
    new GradescopePackage(plan, settings, text).write(zip, jar());
    print(plan, settings);
    return ExitCode.PASSED;
  }

  /** A mistake in the rubric is found now, not on the platform. */
  private void check(TimedPlan plan, long itsSeed, String text) throws ScenarioException {
    if (!text.isEmpty()) {
      RubricFile.of(
          GradingRecord.of(plan.suites(), itsSeed, true, 1, MachineRecord.of(1, 1))
              .withPolicy(new PolicyRecord(rubric.toString(), text, "", "")));
    }
  }

  private Path jar() {
    Path found = jar == null ? program() : jar;
    if (!Files.isRegularFile(found)) {
      throw new UsageException(
          "found " + found + ", expected the file raftlab.jar: build it with make");
    }
    return found;
  }

  private static Path program() {
    try {
      return Path.of(
          AutograderCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void print(TimedPlan plan, GradescopePackage.Settings settings) {
    System.out.printf(
        Locale.ROOT,
        "%s: %d scenarios, %d s of runs, one at a time, seed %d. It ends by itself after %d s.%n",
        zip,
        plan.suites().stream().mapToInt(suite -> suite.scenarios().size()).sum(),
        plan.seconds(),
        settings.seed(),
        settings.gradingSeconds());
    if (!plan.leftOut().isEmpty()) {
      System.out.println(
          "Left out, since they don't fit into "
              + minutes
              + " minutes: "
              + plan.leftOut().stream().map(Scenario::name).collect(Collectors.joining(", ")));
    }
  }
}
