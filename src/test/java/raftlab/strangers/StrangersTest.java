package raftlab.strangers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import raftlab.cluster.sim.SimWorld;
import raftlab.explain.LikelyCause;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.suite.SuiteReader;
import raftlab.trace.Trace;

/**
 * Correct replicas pass with any message names, without any finding. They report no change of their
 * state, as replicas of students do. {@code -Draftlab.seeds=N} plays more seeds.
 */
class StrangersTest {
  private static final int SEEDS = Integer.getInteger("raftlab.seeds", 1);

  @ParameterizedTest
  @EnumSource(MessageStyle.class)
  void a_correct_replica_passes_without_findings(MessageStyle style) throws ScenarioException {
    List<String> found = new ArrayList<>();
    for (Scenario scenario :
        SuiteReader.read("probe", Path.of("configs")).forWorld("sim").scenarios()) {
      LongStream.rangeClosed(1, SEEDS).forEach(seed -> found.addAll(play(style, scenario, seed)));
    }
    assertThat(found).as(style.toString()).isEmpty();
  }

  /** The failures, causes and suspicions of a run. */
  private static List<String> play(MessageStyle style, Scenario scenario, long seed) {
    SimWorld world = new SimWorld(host -> new PlainRaft(host, style, PlainBug.NONE));
    Trace trace = new ScenarioRunner(scenario, world, seed).play();
    RunOutcome outcome = RunOutcome.of(scenario, trace, 0).withSuspicion(trace);
    List<String> found = new ArrayList<>();
    String where = scenario.name() + ", seed " + seed + ": ";
    if (outcome.status() != Status.PASS) {
      found.add(where + outcome.status() + " " + outcome.judgement().reason());
    }
    outcome.cause().map(LikelyCause::text).ifPresent(text -> found.add(where + "cause: " + text));
    outcome
        .suspicion()
        .map(LikelyCause::text)
        .ifPresent(text -> found.add(where + "suspicious: " + text));
    return found;
  }
}
