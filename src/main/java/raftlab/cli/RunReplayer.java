package raftlab.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import raftlab.cluster.World;
import raftlab.judge.Judgement;
import raftlab.judge.invariant.CheckName;
import raftlab.report.RunComparisonText;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.run.concrete.ConcreteScenarioWriter;
import raftlab.run.concrete.RunComparison;
import raftlab.run.shrink.Shrinker;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.trace.Trace;
import raftlab.trace.TraceFile;
import raftlab.trace.TraceHeader;
import raftlab.wire.PrintableText;

/** Plays a stored run again and compares both. */
final class RunReplayer {
  private static final int LINE = 200;

  private final Trace original;
  private final Scenario scenario;
  private final World world;

  /**
   * A run to play again.
   *
   * @param replica the replicas' program; null for that of the run
   */
  RunReplayer(Trace original, Scenario scenario, String replica) {
    this.original = original;
    this.scenario = scenario;
    TraceHeader header = original.header();
    String command =
        replica != null || header.replicaCommand().isEmpty()
            ? replica
            : String.join(" ", header.replicaCommand());
    this.world = WorldOptions.world(WorldOptions.Kind.of(header.world()), command);
  }

  /** Plays it, prints the comparison, and returns the exit code. */
  int play(Path file) throws IOException, ScenarioException {
    return world.usesWallClock() ? withProcesses() : repeated(file);
  }

  private int repeated(Path file) throws IOException {
    Trace after = new ScenarioRunner(scenario, world, original.header().seed()).play();
    Path again = Files.createTempFile("raftlab-replay", ".jsonl");
    try {
      TraceFile.write(after, again);
      return compare(file, again);
    } finally {
      Files.deleteIfExists(again);
    }
  }

  private int compare(Path first, Path second) throws IOException {
    try (BufferedReader old = TraceFile.reader(first);
        BufferedReader now = TraceFile.reader(second)) {
      // The header names the replicas' program, which may differ.
      old.readLine();
      now.readLine();
      for (int number = 2; ; number++) {
        String was = old.readLine();
        String is = now.readLine();
        if (was == null && is == null) {
          System.out.println(
              "The runs are identical: all " + (number - 2) + " events, byte for byte.");
          return ExitCode.PASSED;
        }
        if (was == null || !was.equals(is)) {
          System.out.println("The runs differ. First difference in line " + number + ":");
          System.out.println("  before: " + shown(was));
          System.out.println("  now:    " + shown(is));
          return ExitCode.FAILED;
        }
      }
    }
  }

  private static String shown(String line) {
    return line == null ? "nothing: the run had ended" : PrintableText.of(line, LINE);
  }

  private int withProcesses() throws ScenarioException {
    Scenario concrete = ConcreteScenarioWriter.of(original).timed().read(scenario.name());
    RunOutcome outcome;
    Trace after;
    try (InterruptNotice interruption = new InterruptNotice()) {
      after = new ScenarioRunner(concrete, world, original.header().seed()).play();
      outcome = RunOutcome.of(concrete, after, 0);
    }
    RunComparisonText.of(RunComparison.of(original, after)).forEach(System.out::println);
    String failed = failedChecks(Judgement.of(scenario, original));
    String failsNow = failedChecks(outcome.judgement());
    System.out.println(
        "Failed checks before: " + failed + ". Failed checks now: " + failsNow + ".");
    return ExitCode.of(outcome.status());
  }

  private static String failedChecks(Judgement judgement) {
    List<CheckName> failed = Shrinker.failedChecks(judgement);
    return failed.isEmpty()
        ? "nothing"
        : failed.stream().map(CheckName::key).collect(Collectors.joining(", "));
  }
}
