package raftlab.run.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.cluster.sim.SimWorld;
import raftlab.raft.RaftNode;
import raftlab.raft.RaftSettings;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.PlannedAction;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.trace.Trace;

/** The times shown before a run are those of the run. */
class EventTimesTest {
  private static Scenario scenario(String event) throws ScenarioException {
    return ScenarioReader.read(
        "x",
        "{\"lifetime\": 20, \"replicas\": 3, \"start_wait\": 1, \"requests\": 1, \"events\": [{"
            + event
            + "}]}");
  }

  private static List<Long> times(String event, long seed) throws ScenarioException {
    PlannedAction planned = scenario(event).events().get(0);
    return EventTimes.of(planned, seed);
  }

  @Test
  void an_event_at_a_time_does_not_depend_on_the_seed() throws ScenarioException {
    assertThat(times("\"type\": \"heal\", \"time\": 3", 1)).containsExactly(3_000_000L);
  }

  @Test
  void an_event_that_waits_for_a_message_has_no_times() throws ScenarioException {
    assertThat(
            times(
                """
                "type": "heal", "on": {}""",
                1))
        .isEmpty();
  }

  @Test
  void jitter_moves_each_time_within_its_bounds_as_the_seed_has_it() throws ScenarioException {
    String event = "\"type\": \"heal\", \"every\": 2, \"jitter\": 0.5, \"last\": 19";
    List<Long> times = times(event, 1);

    assertThat(times).hasSize(9).isEqualTo(times(event, 1)).isNotEqualTo(times(event, 2));
    for (int i = 0; i < 9; i++) {
      assertThat(times.get(i)).isBetween(2_000_000L * i + 1_500_000, 2_000_000L * i + 2_500_000);
    }
  }

  @Test
  void a_run_plays_an_event_at_these_times() throws ScenarioException {
    String event =
        "\"type\": \"pause\", \"who\": \"0001\", \"every\": 3, \"jitter\": 1, \"for\": 0.1";
    SimWorld world = new SimWorld(host -> new RaftNode(host, RaftSettings.DEFAULT));

    Trace trace = new ScenarioRunner(scenario(event), world, 5).play();

    long began =
        trace.events().stream()
            .filter(Event.Began.class::isInstance)
            .findFirst()
            .orElseThrow()
            .atMicros();
    assertThat(trace.events().stream().filter(Event.Paused.class::isInstance))
        .extracting(paused -> paused.atMicros() - began - 1_000_000)
        .containsExactlyElementsOf(times(event, 5));
  }
}
