package raftlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import raftlab.cluster.process.ProcessWorld;
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
import raftlab.grade.store.MachineRecord;
import raftlab.grade.store.TeamRecord;
import raftlab.handin.HandIn;
import raftlab.handin.HandInBuild;
import raftlab.handin.HandInFinder;
import raftlab.report.LeftOutText;
import raftlab.report.TerminalStyle;
import raftlab.sandbox.Sandbox;
import raftlab.scenario.ScenarioException;
import raftlab.suite.Suite;
import raftlab.wire.NearestWord;

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
  private static final String DEFAULT_SUITE = "course";

  @Option(
      names = "--suite",
      paramLabel = "NAME",
      description =
          "the name of a suite, or a folder of scenario files; may be given several times; default course")
  private List<String> suiteNames;

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
      names = "--only",
      paramLabel = "TEAM",
      description = "grade only this team; may be given several times")
  private List<String> only;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description =
          "the number of parallel runs, of all teams together; by default as many as the machine can run")
  private Integer jobs;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "play each scenario N times, with seed, seed + 1, ...; default 1")
  private Integer repeats;

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

  @Option(
      names = "--program",
      paramLabel = "NAME",
      description =
          "the name of the program, if it is not 4700kvstore, 3700kvstore, 4730kvstore or kvstore")
  private String program;

  @Spec private CommandSpec spec;

  /** Not required by the parser, which would also require it before a subcommand. */
  @Parameters(
      paramLabel = "DIR|ARCHIVE",
      arity = "0..*",
      description =
          "folders with the hand-ins, a folder or an archive each; or single archives (.tar.gz, .tgz, .tar, .zip)")
  private List<Path> places;

  @Mixin private PolicyOptions policy;
  @Mixin private ReportOptions reports;

  @Mixin private SandboxOptions sandboxOptions;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = "play only the I-th of N parts; `grade merge` puts the parts together")
  private String shardText;

  private final TerminalStyle style = TerminalStyle.ofStdout();
  private Shard shard = Shard.ALL;

  @Override
  public Integer call() throws ScenarioException, IOException, InterruptedException {
    atLeastOne("--jobs", jobs);
    atLeastOne("--repeat", repeats);
    atLeastOne("--build-timeout", buildSeconds);
    atLeastOne("--time-limit", timeLimitSeconds);
    shard = shard();
    List<HandIn> handIns = handIns();
    reports.check(handIns.size());
    GradingRecord begun = null;
    if (!resume || !GradingFolder.isGrading(out)) {
      // Mistakes in options and files are found before anything is moved or written.
      GradingTeams teams = new GradingTeams(List.of(), handIns);
      selected(teams);
      PlayableSuites playable = suites();
      begun = policy.applyTo(settings(playable).withTeams(teams.teams()));
      LeftOutText.of(playable.leftOut()).ifPresent(line -> System.out.println(style.faint(line)));
      if (resume) {
        System.out.println("There is nothing to continue in " + out + ": a new grading begins.");
      }
      GradingSetup.moveAside(out);
    }
    try (GradingLock lock = GradingLock.of(out)) {
      GradingFolder results =
          begun == null
              ? GradingSetup.resume(out, givenSettings())
              : GradingFolder.create(out, begun);
      GradingTeams teams = GradingSetup.addTeams(results, handIns);
      policy.apply(results);
      return grade(results, selected(teams));
    }
  }

  /** Parts that are played with different seeds can't be put together. */
  private Shard shard() {
    if (shardText == null) {
      return Shard.ALL;
    }
    Shard part =
        Shard.parse(shardText)
            .orElseThrow(
                () ->
                    new UsageException(
                        "found --shard " + shardText + ", expected a part such as 2/4"));
    if (seed == null && !(resume && GradingFolder.isGrading(out))) {
      throw new UsageException(
          "found --shard without --seed, expected a seed, the same for all parts");
    }
    return part;
  }

  private static void atLeastOne(String option, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw new UsageException("found " + option + " " + value + ", expected 1 or more");
    }
  }

  private PlayableSuites suites() throws ScenarioException, IOException {
    List<String> names = suiteNames == null ? List.of(DEFAULT_SUITE) : suiteNames;
    return PlayableSuites.of(SuiteFinder.find(names), ProcessWorld.NAME);
  }

  private GradingRecord settings(PlayableSuites playable) {
    return GradingRecord.of(
            playable.suites(),
            seed == null ? WorldOptions.newSeed() : seed,
            seed != null,
            repeats == null ? 1 : repeats,
            new MachineRecord(jobs == null ? 0 : jobs, buildSeconds, ""))
        .withShard(shardText == null ? "" : shard.toString());
  }

  private GradingSetup.GivenSettings givenSettings() throws ScenarioException, IOException {
    Optional<List<String>> suites =
        suiteNames == null
            ? Optional.empty()
            : Optional.of(suites().suites().stream().map(Suite::name).toList());
    return new GradingSetup.GivenSettings(
        Optional.ofNullable(shardText),
        Optional.ofNullable(seed),
        Optional.ofNullable(repeats),
        suites);
  }

  /** The hand-ins of the teams to grade, by the folders of the teams. */
  private Map<String, HandIn> selected(GradingTeams teams) {
    if (only == null) {
      return teams.handIns();
    }
    Map<String, HandIn> selected = new HashMap<>();
    for (String name : only) {
      TeamRecord team =
          teams.teams().stream()
              .filter(
                  each ->
                      each.team().equals(name)
                          || each.folder().equals(name)
                          || each.source().equals(name))
              .filter(each -> teams.handIns().containsKey(each.folder()))
              .findFirst()
              .orElseThrow(() -> unknownTeam(name, teams));
      selected.put(team.folder(), Objects.requireNonNull(teams.handIns().get(team.folder())));
    }
    return selected;
  }

  private UsageException unknownTeam(String name, GradingTeams teams) {
    List<String> names = teams.teams().stream().map(TeamRecord::team).toList();
    return new UsageException(
        "found no hand-in of "
            + name
            + " in "
            + placesText()
            + ", expected a team's name"
            + NearestWord.of(name, names).map(near -> "; did you mean " + near + "?").orElse(""));
  }

  private int grade(GradingFolder results, Map<String, HandIn> handIns)
      throws IOException, InterruptedException, ScenarioException {
    Sandbox sandbox = sandboxOptions.open(System.out, style);
    GradingRecord grading = GradingSetup.setIsolation(results, sandbox.status().summary());
    GradingPlan plan =
        GradingPlan.of(results, handIns, shard.of(grading.teams(), grading.scenarios()));
    printBegin(grading, plan, handIns.size());
    Path json = jsonFile == null ? results.file(GradingTables.JSON) : jsonFile;
    GradingTables tables = new GradingTables(results, RubricFile.of(grading), json);
    reports.addTo(tables);
    GradingProgressText progress = new GradingProgressText(System.out, style, plan.teams());
    RunBudget budget = jobs == null ? RunBudget.measured() : RunBudget.fixed(jobs);
    GradingRun run = new GradingRun(results, tables, progress, budget, sandbox);
    try (GracefulShutdown onInterruption = new GracefulShutdown(run::stop);
        TimeLimit limit = TimeLimit.of(timeLimitSeconds, run::stop)) {
      if (!run.grade(plan)) {
        progress.interrupted();
      }
    }
    GradeBook all = tables.book();
    reports.finish(all);
    ExcusedText.of(all).forEach(System.out::println);
    sandbox.status().warning().stream().limit(1).map(style::error).forEach(System.out::println);
    System.out.println(
        "Table: "
            + results.file(GradingTables.CSV)
            + "; the feedback for each team is in "
            + results.file("teams")
            + ".");
    GradeBook book = all.only(handIns.keySet());
    return exitCode(book);
  }

  /** Failures count more than open results. */
  static int exitCode(GradeBook book) {
    return book.hasFailed() ? ExitCode.FAILED : book.hasOpen() ? ExitCode.UNKNOWN : ExitCode.PASSED;
  }

  private void printBegin(GradingRecord grading, GradingPlan plan, int handIns) {
    System.out.printf(
        Locale.ROOT,
        "%s  %d hand-ins in %s, suite: %s, seed: %d, parallel runs: %s%n",
        style.bold("Grading"),
        handIns,
        placesText(),
        grading.suiteNames(),
        grading.seed(),
        jobs == null ? "as many as the machine can run" : jobs);
    if (plan.recorded() > 0) {
      System.out.printf(
          Locale.ROOT,
          "%d runs are recorded already, %d are left.%n",
          plan.recorded(),
          plan.runs());
    }
  }

  private String placesText() {
    return String.join(", ", places.stream().map(Path::toString).toList());
  }

  private List<HandIn> handIns() throws IOException {
    if (places == null) {
      throw new ParameterException(
          spec.commandLine(), "found no DIR, expected the folder with the hand-ins");
    }
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
    String earlier = out.toAbsolutePath().normalize().getFileName() + GradingSetup.OLD;
    List<HandIn> handIns =
        HandInFinder.find(places, out, ProgramNames.of(program)).stream()
            .filter(each -> !each.source().getFileName().toString().startsWith(earlier))
            .toList();
    if (handIns.isEmpty()) {
      throw new UsageException(
          "found no hand-ins in " + placesText() + ", expected a folder or an archive per team");
    }
    // Else every team would fail because of this machine.
    if (!HandInBuild.isPossible()
        && handIns.stream().anyMatch(each -> HandInBuild.isNeeded(each.source()))) {
      throw new UsageException("found hand-ins with a Makefile, but make is not installed");
    }
    return handIns;
  }
}
