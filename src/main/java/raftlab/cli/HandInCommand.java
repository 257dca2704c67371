package raftlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import raftlab.handin.HandInBuild;
import raftlab.handin.Manifest;
import raftlab.handin.archive.HandInProblem;
import raftlab.handin.check.HandInCheck;
import raftlab.handin.check.HandInReport;
import raftlab.report.TerminalStyle;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;

/** Checks a submission and packs it. */
@Command(
    name = "handin",
    description =
        "Checks a submission as the grader does, reports everything that is wrong, and packs it.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Builds the submission in a copy, without files that are left out, and plays one short scenario.",
      "Errors must be fixed; warnings may be ignored. The same files always give the same archive.",
      "",
      "Exit codes: 0 checked and packed, 1 errors were found and nothing was packed, 2 usage error.%n"
    })
final class HandInCommand implements Callable<Integer> {
  private static final String SMOKE = "replication/basic-agreement.json";
  private static final String TEAM_NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

  @Option(
      names = "--name",
      paramLabel = "TEAM",
      required = true,
      description = "the team's name: letters, digits, \".\", \"_\" and \"-\"")
  private String team;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "the archive to write; default TEAM.tar.gz")
  private Path out;

  @Option(
      names = "--program",
      paramLabel = "NAME",
      description =
          "the name of the program, if it is not 4700kvstore, 3700kvstore, 4730kvstore or kvstore")
  private String program;

  @Option(
      names = "--build-timeout",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "the time limit for the build; default 120")
  private int buildSeconds;

  @Parameters(paramLabel = "DIR", description = "the folder of the submission")
  private Path folder;

  @Override
  public Integer call() throws ScenarioException, IOException, InterruptedException {
    Path archive = out == null ? Path.of(team + ".tar.gz") : out;
    checkUsage(archive);
    Scenario smoke = ScenarioReader.read(KitHome.configs().resolve(SMOKE));
    TerminalStyle style = TerminalStyle.ofStdout();
    System.out.println(style.bold("Checking") + "  " + folder + " as team " + team);
    HandInReport report =
        new HandInCheck(
                team,
                ProgramNames.of(program),
                smoke,
                Duration.ofSeconds(buildSeconds),
                stage -> showStage(style, stage))
            .check(folder, archive);
    showStage(style, "");
    print(report, style);
    if (!report.isGood()) {
      long errors = report.problems().stream().filter(HandInProblem::isError).count();
      System.out.println(
          style.error("Not packed") + "  errors: " + errors + "; fix them and try again");
      return ExitCode.FAILED;
    }
    System.out.printf(
        Locale.ROOT,
        "%s    %s, %.1f kB, SHA-256 %s%n",
        style.success("Packed"),
        archive,
        Files.size(archive) / 1e3,
        Manifest.hash(archive));
    return ExitCode.PASSED;
  }

  private void checkUsage(Path archive) {
    if (!team.matches(TEAM_NAME)) {
      throw new UsageException(
          "found --name \"" + team + "\", expected letters, digits, \".\", \"_\" and \"-\"");
    }
    UsageException.requireAtLeastOne("--build-timeout", buildSeconds);
    if (!Files.isDirectory(folder)) {
      throw new UsageException("found no folder " + folder + ", expected that of a submission");
    }
    if (Files.isDirectory(archive)) {
      throw new UsageException("found the folder " + archive + ", expected --out FILE");
    }
    Path into = archive.toAbsolutePath().normalize().getParent();
    if (into == null || !Files.isDirectory(into)) {
      throw new UsageException("found no folder " + into + " for the archive");
    }
    if (into.startsWith(folder.toAbsolutePath().normalize())) {
      throw new UsageException(
          "found the archive "
              + archive
              + " in the submission's own folder, expected another one: --out ../"
              + archive.getFileName());
    }
    if (HandInBuild.isNeeded(folder) && !HandInBuild.isPossible()) {
      throw new UsageException("found a Makefile in " + folder + ", but make is not installed");
    }
  }

  private static void showStage(TerminalStyle style, String stage) {
    if (style.terminal()) {
      System.out.print("\r\033[K" + (stage.isEmpty() ? "" : style.faint(stage + " ...")));
      System.out.flush();
    }
  }

  private static void print(HandInReport report, TerminalStyle style) {
    report
        .passed()
        .forEach(line -> System.out.println("  " + style.success("ok") + "       " + line));
    print(
        report.problems().stream()
            .filter(each -> !each.isError())
            .sorted(Comparator.comparing(HandInProblem::path))
            .toList(),
        style.warning("warning"));
    print(
        report.problems().stream().filter(HandInProblem::isError).toList(),
        style.error("error") + "  ");
    report.details().forEach(line -> System.out.println("           | " + line));
  }

  private static void print(List<HandInProblem> problems, String severity) {
    problems.forEach(each -> System.out.println("  " + severity + "  " + each));
  }
}
