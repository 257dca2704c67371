package raftlab.handin.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import raftlab.cluster.process.ProcessWorld;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.explain.LikelyCause;
import raftlab.handin.archive.HandInProblem;
import raftlab.handin.archive.HandInProblem.Kind;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.trace.Event;
import raftlab.trace.Event.EndReason;
import raftlab.trace.Trace;

/** Plays one short scenario, to find out whether replicas start and answer. */
final class SmokeTest {
  private static final int ATTEMPTS = 2;
  private static final int MAX_DETAILS = 12;
  private static final long SEED = 1;

  private final Scenario scenario;
  private final ProcessWorld world;
  private final List<String> details = new ArrayList<>();
  private String passed = "";

  SmokeTest(Scenario scenario, ReplicaCommand command) {
    this.scenario = scenario;
    world = new ProcessWorld(command);
  }

  /** What the replicas printed before they exited; empty if they didn't. */
  List<String> details() {
    return details;
  }

  /** What is right, in words. */
  String passed() {
    return passed;
  }

  /** Plays it; on a machine that is too busy, once more. Returns what is wrong. */
  List<HandInProblem> play() {
    RunOutcome outcome = playOnce();
    for (int i = 1; i < ATTEMPTS && outcome.status() == Status.UNKNOWN; i++) {
      outcome = playOnce();
    }
    if (outcome.status() == Status.PASS) {
      passed =
          String.format(
              Locale.ROOT,
              "passes the scenario %s in %.1f s",
              scenario.name(),
              outcome.wallSeconds());
      return List.of();
    }
    return List.of(HandInProblem.ofAll(kind(outcome), text(outcome)));
  }

  private static Kind kind(RunOutcome outcome) {
    if (outcome.status() == Status.UNKNOWN) {
      return Kind.SMOKE_UNKNOWN;
    }
    return outcome.judgement().statistics().end() == EndReason.NOT_STARTED
        ? Kind.START
        : Kind.SMOKE;
  }

  private String text(RunOutcome outcome) {
    String cause =
        outcome
            .cause()
            .filter(LikelyCause::isDetected)
            .map(found -> "; likely cause: " + found.text())
            .orElse("");
    return (kind(outcome) == Kind.START
            ? "its replicas don't start: "
            : "does not pass the scenario " + scenario.name() + ": ")
        + outcome.judgement().reason()
        + cause;
  }

  private RunOutcome playOnce() {
    details.clear();
    long from = System.nanoTime();
    ScenarioRunner run = new ScenarioRunner(scenario, world, SEED);
    Trace trace = run.play();
    for (Event event : trace.events()) {
      if (event instanceof Event.Exited exited && details.isEmpty()) {
        List<String> words = exited.lastWords();
        details.addAll(words.subList(Math.max(0, words.size() - MAX_DETAILS), words.size()));
      }
    }
    return RunOutcome.of(scenario, trace, (System.nanoTime() - from) / 1e9);
  }
}
