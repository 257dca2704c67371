package raftlab.run.concrete;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import raftlab.cluster.sim.SimWorld;
import raftlab.raft.RaftNode;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.file.ScenarioReader;
import raftlab.suite.SuiteReader;
import raftlab.trace.Event;
import raftlab.trace.Trace;

/** A run that was written down is the same run when it is played. */
class ConcreteScenarioWriterTest {
  private static final SimWorld WORLD = new SimWorld(RaftNode::new);
  private static final String TRAFFIC =
      "\"traffic\": [{\"clients\": 4, \"rate\": 20, \"sessions\": true,"
          + " \"mix\": {\"get\": 1, \"put\": 1, \"append\": 1, \"cas\": 1}}], ";

  static List<Scenario> suites() throws Exception {
    List<Scenario> all = new ArrayList<>();
    for (String suite : List.of("course", "election", "persistence", "partition")) {
      all.addAll(SuiteReader.read(suite, Path.of("configs")).scenarios());
    }
    return all;
  }

  private static Scenario with(String more) throws Exception {
    return ScenarioReader.read(
        "small",
        "{"
            + more
            + TRAFFIC
            + "\"lifetime\": 6, \"start_wait\": 1, \"end_wait\": 1, \"replicas\": 5}");
  }

  private static List<String> whatReplicasDo(Trace trace) {
    int client = trace.header().clients().get(0).value();
    List<String> all = new ArrayList<>();
    for (Event event : trace.events()) {
      String time = String.format(Locale.ROOT, "%012d ", event.atMicros());
      if (event instanceof Event.Sent sent
          && sent.from().value() < client
          && sent.to().value() < client) {
        all.add(time + sent.from() + " " + sent.to() + " " + sent.message().type());
      } else if (event instanceof Event.Reported report) {
        all.add(time + report.replica() + " " + report.change().getClass().getSimpleName());
      }
    }
    // What several replicas do within one microsecond is in no order.
    all.sort(null);
    return all;
  }

  private static void assertSameWhenWrittenDown(Scenario scenario, long seed) throws Exception {
    Trace trace = new ScenarioRunner(scenario, WORLD, seed).play();
    ConcreteScenarioWriter.ConcreteScenario concrete = ConcreteScenarioWriter.of(trace);
    if (!concrete.exact()) {
      // Changed bytes can't be written down.
      assertThat(trace.events()).hasAtLeastOneElementOfType(Event.Corrupted.class);
      return;
    }
    Trace again = new ScenarioRunner(concrete.draft().read("concrete"), WORLD, seed).play();
    List<String> before = whatReplicasDo(trace);
    List<String> after = whatReplicasDo(again);
    for (int i = 0; i < before.size(); i++) {
      assertThat(i < after.size() ? after.get(i) : "nothing")
          .as("seed %d, line %d of %d", seed, i, before.size())
          .isEqualTo(before.get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("suites")
  void replicas_do_the_same_at_the_same_times(Scenario scenario) throws Exception {
    assertSameWhenWrittenDown(scenario, 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void lost_late_and_doubled_messages_are_written_down_one_by_one(long seed) throws Exception {
    assertSameWhenWrittenDown(
        with(
            "\"network\": {\"loss\": 0.05, \"delay\": {\"exponential\": 0.003}, \"duplicate\": 0.05,"
                + " \"reorder\": 0.1, \"reorder_by\": 0.02, \"bandwidth\": 200000,"
                + " \"clients\": {\"loss\": 0.1, \"delay\": [0.001, 0.004]}}, "),
        seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void an_action_between_two_messages_of_one_step_stays_there(long seed) throws Exception {
    assertSameWhenWrittenDown(
        with(
            "\"events\": [{\"type\": \"crash\", \"who\": \"sender\", \"for\": 1, \"on\":"
                + " {\"message\": \"appendEntries\", \"from\": \"leader\", \"nth\": 9}},"
                + " {\"type\": \"cut\", \"who\": \"sender\", \"for\": 1, \"on\":"
                + " {\"message\": \"ok\", \"to\": \"client\", \"after\": 3, \"lose\": true}}], "),
        seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void crashes_midway_pauses_and_clocks_are_the_same(long seed) throws Exception {
    assertSameWhenWrittenDown(
        with(
            "\"events\": ["
                + "{\"type\": \"crash\", \"who\": \"leader\", \"midway\": true, \"time\": 1, \"for\": 0.7},"
                + "{\"type\": \"pause\", \"who\": \"non_leader\", \"time\": 2, \"for\": 0.5},"
                + "{\"type\": \"clock\", \"who\": \"2 random\", \"rate\": 1.3, \"time\": 2.5, \"for\": 1},"
                + "{\"type\": \"slow\", \"who\": \"leader\", \"delay\": 0.01, \"time\": 3, \"for\": 1},"
                + "{\"type\": \"ring\", \"time\": 4.2, \"for\": 0.5},"
                + "{\"type\": \"kill_leader\", \"time\": 5}, {\"type\": \"kill_leader\", \"time\": 5.001}], "),
        seed);
  }

  @Test
  void each_request_is_an_event_with_its_time_and_receiver() throws Exception {
    Trace trace = new ScenarioRunner(with(""), WORLD, 1).play();
    List<JsonObject> events = ConcreteScenarioWriter.of(trace).draft().events();
    Event.Requested last = null;
    int requests = 0;
    for (Event event : trace.events()) {
      if (event instanceof Event.Requested request) {
        last = request;
        requests++;
      }
    }
    assertThat(events).hasSize(requests);
    JsonObject written = events.get(requests - 1);
    assertThat(written.get("key").getAsString()).isEqualTo(last.key());
    assertThat(written.get("to").getAsString()).isEqualTo(last.replica().toString());
    assertThat(written.get("seq").getAsLong()).isEqualTo(last.seq());
    assertThat(Math.round(written.get("time").getAsDouble() * 1e6))
        .isEqualTo(last.atMicros() - 1_000_000);
  }

  @Test
  void asking_again_in_a_session_is_the_same_operation() throws Exception {
    Scenario scenario =
        ScenarioReader.read(
            "small",
            """
            {"lifetime": 2, "replicas": 3, "requests": 0, "start_wait": 1, "events": [\
            {"type": "append", "time": 0.1, "key": "a", "value": "x", "client": "c", "seq": 1},\
            {"type": "append", "time": 0.2, "key": "a", "value": "x", "client": "c", "seq": 1},\
            {"type": "get", "time": 0.3, "key": "a"}]}""");
    Trace trace = new ScenarioRunner(scenario, WORLD, 1).play();
    List<Event.Requested> writes = new ArrayList<>();
    String read = null;
    for (Event event : trace.events()) {
      if (event instanceof Event.Requested request && request.type().equals("append")) {
        writes.add(request);
      } else if (event instanceof Event.Answered answer && answer.value() != null) {
        read = answer.value();
      }
    }
    assertThat(read).isEqualTo("x");
    assertThat(writes).extracting(Event.Requested::operation).containsOnly(1L);
    assertThat(writes.get(writes.size() - 1).retry()).isTrue();
  }

  @Test
  void a_run_compared_with_itself_differs_nowhere() throws Exception {
    Trace trace = new ScenarioRunner(with(""), WORLD, 1).play();
    RunComparison likeness = RunComparison.of(trace, trace);
    assertThat(likeness.isIdentical()).isTrue();
    assertThat(likeness.matching()).isEqualTo(likeness.before()).isPositive();
  }

  @Test
  void the_first_difference_of_two_runs_is_named() throws Exception {
    Trace one = new ScenarioRunner(with(""), WORLD, 1).play();
    Trace other =
        new ScenarioRunner(
                with("\"events\": [{\"type\": \"kill_leader\", \"time\": 2}], "), WORLD, 1)
            .play();
    RunComparison.Difference first = RunComparison.of(one, other).first();
    assertThat(first.atMicros()).isGreaterThan(3_000_000);
    assertThat(first.before()).isNotEqualTo(first.after());
  }
}
