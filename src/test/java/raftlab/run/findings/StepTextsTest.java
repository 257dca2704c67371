package raftlab.run.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.invariant.CheckName;
import raftlab.node.NodeFactory;
import raftlab.raft.RaftNode;
import raftlab.run.IdleNode;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceFile;
import raftlab.trace.UnmetCondition;

/** Texts of steps and faults are for people only: they change no verdict, cause or group. */
class StepTextsTest {
  private static final String ANY_TEXT = "until agreed: no leader was elected: x";

  @TempDir private Path folder;

  private static Scenario scenario(String steps) throws Exception {
    return ScenarioReader.read(
        "steps",
        "{\"lifetime\": 30, \"start_wait\": 0, \"end_wait\": 0, \"replicas\": 3, \"steps\": ["
            + steps
            + "]}");
  }

  /** Returns the trace with other texts, written to a file and read back. */
  private Trace withOtherTexts(Trace trace) throws Exception {
    Trace other = new Trace(trace.header());
    trace.events().forEach(event -> other.add(withOtherText(event)));
    Path file = folder.resolve("trace.jsonl");
    TraceFile.write(other, file);
    return TraceFile.read(file);
  }

  private static Event withOtherText(Event event) {
    if (event instanceof Event.Step step) {
      return new Event.Step(
          step.atMicros(),
          step.number(),
          step.round(),
          step.phase(),
          step.task(),
          step.isLifetimeOver(),
          step.unmet(),
          ANY_TEXT);
    } else if (event instanceof Event.Fault fault) {
      return new Event.Fault(fault.atMicros(), fault.what(), ANY_TEXT, fault.action());
    }
    return event;
  }

  private static Verdict steps(RunOutcome outcome) {
    return outcome.judgement().verdicts().stream()
        .filter(verdict -> verdict.check() == CheckName.STEPS)
        .findFirst()
        .orElseThrow();
  }

  /** The facts of a verdict, without its text. */
  private static List<Object> facts(Verdict verdict) {
    return List.of(
        verdict.check(),
        verdict.status(),
        verdict.summary(),
        String.valueOf(verdict.metric()),
        verdict.loadCanCause(),
        verdict.more(),
        verdict.evidence().stream().map(Event::atMicros).toList());
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          FAIL    | NoLeaderElected | {"until": "leader", "within": 3}
          BLOCKED | NoLeaderElected | {"until": "leader", "within": 3, "setup": true}
          FAIL    | NoLeaderElected | {"until": "new_leader", "within": 3}
          FAIL    | NoLeaderElected | {"until": "agreed", "within": 3}
          FAIL    | LeaderUnknown   | {"type": "kill_leader"}
          FAIL    | NoOk            | {"type": "put", "key": "put: a", "within": 2}
          FAIL    | TooFewAnswered  | {"until": "answered", "count": 3, "within": 3}
          FAIL    | NotTriggered    | {"type": "crash", "who": "sender", "on": {"message": "ok"}}, {"until": "triggered", "within": 3}
          FAIL    | StillRunning    | {"until": "ended", "who": "0001", "within": 3}
          FAIL    | null            | {"wait": 20}, {"wait": 20}
          FAIL    | NoLeaderElected | {"steps": [{"until": "leader", "within": 60}], "title": "until caught_up"}
          """)
  void texts_change_nothing_if_replicas_are_idle(Status status, String unmet, String steps)
      throws Exception {
    assertOnlyTextsChange(IdleNode::new, status, unmet, steps);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          FAIL    | LeaderUnchanged | {"until": "leader"}, {"type": "choose", "who": "leader", "as": "a"}, {"until": "leader"}, {"type": "slow", "who": "leader", "delay": 0.001}, {"until": "new_leader", "within": 3}
          FAIL    | LeaderKnown     | {"until": "leader"}, {"until": "no_leader", "within": 3}
          FAIL    | NoOk            | {"until": "leader"}, {"type": "crash", "who": "2 non_leader"}, {"type": "put", "key": "k", "within": 2}
          FAIL    | WrongAnswer     | {"until": "leader"}, {"type": "put", "key": "k", "answer": "no_ok"}
          FAIL    | RequestsOpen    | {"until": "leader"}, {"type": "crash", "who": "2 non_leader"}, {"type": "requests", "count": 5}, {"until": "all_answered", "within": 3}
          FAIL    | NoReplicaDown   | {"until": "leader"}, {"type": "restart"}
          """)
  void texts_change_nothing_if_replicas_are_correct(Status status, String unmet, String steps)
      throws Exception {
    assertOnlyTextsChange(RaftNode::new, status, unmet, steps);
  }

  private void assertOnlyTextsChange(NodeFactory factory, Status status, String unmet, String steps)
      throws Exception {
    Scenario scenario = scenario(steps);
    Trace trace = new ScenarioRunner(scenario, new SimWorld(factory), 1).play();
    RunOutcome before = RunOutcome.of(scenario, trace, 0);
    RunOutcome after = RunOutcome.of(scenario, withOtherTexts(trace), 0);
    Event.Step failed = steps(before).failedStep().orElseThrow();
    UnmetCondition missing = failed.unmet();
    assertThat(missing == null ? "null" : missing.getClass().getSimpleName()).isEqualTo(unmet);
    assertThat(steps(before).status()).isEqualTo(status);

    assertThat(after.status()).isEqualTo(before.status());
    assertThat(after.judgement().verdicts().stream().map(StepTextsTest::facts))
        .isEqualTo(before.judgement().verdicts().stream().map(StepTextsTest::facts).toList());
    assertThat(after.cause().orElseThrow())
        .usingRecursiveComparison()
        .ignoringFields("evidence")
        .isEqualTo(before.cause().orElseThrow());
    assertThat(FailureCause.of(after)).isEqualTo(FailureCause.of(before));
    assertThat(after.missing()).isEqualTo(before.missing());
    assertThat(steps(after).text())
        .isEqualTo(steps(before).text().replace(failed.text(), ANY_TEXT));
  }
}
