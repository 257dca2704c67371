package raftlab.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.raft.RaftNode;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.trace.Event.EndReason;
import raftlab.trace.Event.StepPhase;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;

/** Judges give a verdict on any trace: one that is cut off, out of order, or lacks events. */
class OddTracesTest {
  private static final int ODD_TRACES = 60;

  private static Trace trace(TraceHeader header, List<Event> events) {
    Trace trace = new Trace(header);
    events.forEach(trace::add);
    return trace;
  }

  /** The events, with one thing or several wrong. */
  private static List<Event> spoilt(List<Event> events, Random random) {
    List<Event> odd = new ArrayList<>(events);
    int size = odd.size();
    switch (random.nextInt(7)) {
      case 0 -> odd = odd.subList(0, random.nextInt(size + 1));
      case 1 -> odd = odd.subList(random.nextInt(size + 1), size);
      case 2 -> odd.removeIf(event -> random.nextInt(10) == 0);
      case 3 -> {
        Class<?> kind = odd.get(random.nextInt(size)).getClass();
        odd.removeIf(kind::isInstance);
      }
      case 4 -> Collections.reverse(odd);
      case 5 -> {
        for (int i = 0; i < size / 10; i++) {
          Collections.swap(odd, random.nextInt(size), random.nextInt(size));
        }
      }
      default -> {
        for (int i = 0; i < size / 10; i++) {
          odd.add(random.nextInt(size), odd.get(random.nextInt(size)));
        }
      }
    }
    return odd.size() > 1 && random.nextInt(3) == 0 ? spoilt(odd, random) : odd;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "course/crash-3",
        "course/partition-2",
        "replication/message-budget",
        "replication/follower-returns",
        "election/split-vote",
        "persistence/restart-leader",
        "compaction/bounded-log",
        "service/exactly-once",
        "membership/add"
      })
  void no_judge_throws_on_an_odd_trace(String name) throws Exception {
    Scenario scenario = ScenarioReader.read(Path.of("configs", name + ".json"));
    Trace good = new ScenarioRunner(scenario, new SimWorld(RaftNode::new), 1).play();
    for (int seed = 0; seed < ODD_TRACES; seed++) {
      Trace odd = trace(good.header(), spoilt(good.events(), new Random(seed)));
      assertThatCode(() -> Judgement.of(scenario, odd))
          .as("seed %d", seed)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void a_bounded_step_that_ends_without_a_beginning_is_not_judged() throws Exception {
    Scenario scenario =
        ScenarioReader.read(
            "x.json",
            """
            {"lifetime": 5, "replicas": 3,
             "steps": [{"type": "put", "key": "k"}, {"wait": 1, "at_most": {"messages": 0}}]}
            """);
    Trace good = new ScenarioRunner(scenario, new SimWorld(RaftNode::new), 1).play();
    List<Event> events = new ArrayList<>(good.events());
    events.removeIf(event -> event instanceof Event.Step step && step.phase() == StepPhase.BEGAN);
    assertThat(events).hasSizeLessThan(good.events().size());
    assertThat(limits(scenario, good).status()).isEqualTo(Status.FAIL);
    assertThat(limits(scenario, trace(good.header(), events)).status()).isEqualTo(Status.UNKNOWN);
  }

  @Test
  void a_complete_run_without_a_beginning_is_not_judged_by_its_bounds() throws Exception {
    Scenario scenario =
        ScenarioReader.read(
            "x.json",
            """
            {"lifetime": 5, "replicas": 3, "requests": 9, "at_most": {"messages": 0}}""");
    Trace good = new ScenarioRunner(scenario, new SimWorld(RaftNode::new), 1).play();
    List<Event> events = new ArrayList<>(good.events());
    events.removeIf(event -> event instanceof Event.Began);
    events.removeIf(event -> event instanceof Event.Ended);
    events.add(new Event.Ended(5_000_000, EndReason.COMPLETE));
    assertThat(limits(scenario, trace(good.header(), events)).status()).isEqualTo(Status.UNKNOWN);
  }

  private static Verdict limits(Scenario scenario, Trace trace) {
    return JudgementTraceBuilder.verdict(Judgement.of(scenario, trace), "limits");
  }
}
