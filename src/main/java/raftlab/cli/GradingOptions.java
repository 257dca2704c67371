package raftlab.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import raftlab.cluster.process.ProcessWorld;
import raftlab.grade.Shard;
import raftlab.grade.store.GradingRecord;
import raftlab.grade.store.MachineRecord;
import raftlab.grade.store.SuiteRecord;
import raftlab.sandbox.IsolationLevel;
import raftlab.sandbox.SandboxChoice;
import raftlab.scenario.ScenarioException;
import raftlab.suite.Suite;

/**
 * The options that decide what is played and how. They are kept with the results: a grading is
 * continued with its own settings.
 */
final class GradingOptions {
  private static final String DEFAULT_SUITE = "course";
  private static final int DEFAULT_BUILD_SECONDS = 120;

  @Option(
      names = "--suite",
      paramLabel = "NAME",
      description =
          "the name of a suite, or a folder of scenario files; may be given several times; default course")
  private @Nullable List<String> suiteNames;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description =
          "the number of parallel runs, of all teams together; by default as many as the machine can run")
  private @Nullable Integer jobs;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "play each scenario N times, with seed, seed + 1, ...; default 1")
  private @Nullable Integer repeats;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "the seed of all random choices, the same for all teams; default: a new one")
  private @Nullable Long seed;

  @Option(
      names = "--build-timeout",
      paramLabel = "SECONDS",
      description = "the time limit for a build; default " + DEFAULT_BUILD_SECONDS)
  private @Nullable Integer buildSeconds;

  @Option(
      names = "--program",
      paramLabel = "NAME",
      description =
          "the name of the program, if it is not 4700kvstore, 3700kvstore, 4730kvstore or kvstore")
  private @Nullable String program;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = "play only the I-th of N parts; `grade merge` puts the parts together")
  private @Nullable String shard;

  @Mixin private SandboxOptions sandbox;

  /**
   * Throws what is wrong with an option by itself, or with the settings of the grading to continue.
   */
  void check(Optional<GradingRecord> earlier) throws ScenarioException, IOException {
    UsageException.requireAtLeastOne("--jobs", jobs);
    UsageException.requireAtLeastOne("--repeat", repeats);
    UsageException.requireAtLeastOne("--build-timeout", buildSeconds);
    String part = part();
    if (earlier.isPresent()) {
      requireSame(earlier.get());
    } else if (part != null && seed == null) {
      // Parts that are played with different seeds can't be put together.
      throw new UsageException(
          "found --shard without --seed, expected a seed, the same for all parts");
    }
    ProgramNames.of(program);
    sandbox.readable();
  }

  private void requireSame(GradingRecord earlier) throws ScenarioException, IOException {
    requireSame("--shard", part(), earlier.shard());
    requireSame("--seed", seed, earlier.seed());
    requireSame("--repeat", repeats, earlier.repeats());
    if (suiteNames != null) {
      requireSame(
          "--suite",
          String.join(" ", suites().suites().stream().map(Suite::name).toList()),
          String.join(" ", earlier.suites().stream().map(SuiteRecord::name).toList()));
    }
    MachineRecord machine = earlier.machine();
    requireSame("--build-timeout", buildSeconds, machine.buildTimeoutSeconds());
    requireSame("--program", program, machine.program());
    requireSame(
        "--sandbox",
        sandbox.choice().map(GradingOptions::word).orElse(null),
        word(machine.sandbox()));
    requireSame(
        "--sandbox-read",
        sandbox.readable().map(folders -> String.join(" ", folders)).orElse(null),
        String.join(" ", machine.readable()));
  }

  /** The part, in its usual form. */
  private @Nullable String part() {
    return shard == null
        ? null
        : Shard.parse(shard)
            .orElseThrow(
                () ->
                    new UsageException("found --shard " + shard + ", expected a part such as 2/4"))
            .toString();
  }

  private static String word(SandboxChoice choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  private static <T> void requireSame(String option, @Nullable T given, T found) {
    if (given != null && !given.equals(found)) {
      String expected = found.equals("") ? "none" : found.toString();
      throw new UsageException(
          "found "
              + option
              + " "
              + given
              + " with --resume, expected "
              + expected
              + " as in the grading to continue, or no "
              + option);
    }
  }

  /** The scenarios to play. */
  PlayableSuites suites() throws ScenarioException, IOException {
    List<String> names = suiteNames == null ? List.of(DEFAULT_SUITE) : suiteNames;
    return PlayableSuites.of(SuiteFinder.find(names), ProcessWorld.NAME);
  }

  /** The settings of a new grading, without rubric and teams. */
  GradingRecord begin(PlayableSuites playable) {
    return GradingRecord.of(
            playable.suites(),
            seed == null ? WorldOptions.newSeed() : seed,
            seed != null,
            repeats == null ? 1 : repeats,
            new MachineRecord(
                jobs == null ? 0 : jobs,
                buildSeconds == null ? DEFAULT_BUILD_SECONDS : buildSeconds,
                program == null ? "" : program,
                sandbox.choice().orElse(SandboxChoice.AUTO),
                sandbox.readable().orElse(List.of()),
                IsolationLevel.SANDBOX,
                ""))
        .withShard(Objects.requireNonNullElse(part(), ""));
  }

  /** The names under which programs are looked for. */
  List<String> programs(Optional<GradingRecord> earlier) {
    String kept = earlier.map(grading -> grading.machine().program()).orElse("");
    return ProgramNames.of(kept.isEmpty() ? program : kept);
  }

  /** The number of parallel runs; 0 for as many as the machine can run. */
  int jobs(GradingRecord grading) {
    return jobs == null ? grading.machine().jobs() : jobs;
  }
}
