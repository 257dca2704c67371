package raftlab.run.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import raftlab.cluster.World;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict.Status;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.raft.RaftNode;
import raftlab.run.ScenarioRunner;
import raftlab.run.SmallScenario;
import raftlab.scenario.Scenario;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Faults affect the replicas that they name, with any leader. */
class FaultsTest {
  private static final World RAFT = new SimWorld(RaftNode::new);
  private static final Pattern CUT = Pattern.compile("cut into \\[(.*)] and \\[(.*)], leader (.*)");

  /** Answers every request at once and names the leader that it was given. */
  private record AlwaysOkNode(Host host, Id leader) implements Node {
    @Override
    public void start() {
      host.send(Message.of(host.id(), Id.BROADCAST, leader, "here", null, new JsonObject()));
    }

    @Override
    public void receive(Message message) {
      if (message.mid() != null) {
        JsonObject fields = new JsonObject();
        fields.addProperty("value", "");
        host.send(Message.of(host.id(), message.src(), leader, "ok", message.mid(), fields));
      }
    }

    @Override
    public void timeout(String timer) {
      throw new IllegalStateException("no timer was set");
    }
  }

  private static Scenario with(String events) {
    return SmallScenario.with("\"events\": [" + events + "], ");
  }

  private static String event(String type, double time) {
    return "{\"type\": \"" + type + "\", \"time\": " + time + "}";
  }

  private static <T extends Event> List<T> all(Trace trace, Class<T> type) {
    return trace.events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  void a_hard_partition_always_puts_the_leader_into_the_minority() {
    assertPartition("part_hard", false);
  }

  @Test
  void an_easy_partition_always_puts_the_leader_into_the_majority() {
    assertPartition("part_easy", true);
  }

  private static void assertPartition(String type, boolean leaderInMajority) {
    Scenario scenario = with(event(type, 1) + ", " + event("part_end", 3));
    for (long seed = 0; seed < 30; seed++) {
      Trace trace = new ScenarioRunner(scenario, RAFT, seed).play();
      Event.Fault fault = all(trace, Event.Fault.class).get(0);
      Matcher cut = CUT.matcher(fault.how());
      assertThat(cut.matches()).as(fault.how()).isTrue();
      assertThat(cut.group(1).split(", ")).hasSize(2);
      assertThat(cut.group(1).contains(cut.group(3))).isEqualTo(leaderInMajority);
      assertThat(Judgement.of(scenario, trace).status()).isEqualTo(Status.PASS);
    }
  }

  @Test
  void kill_leader_kills_the_one_that_most_name_and_kill_non_leader_another() {
    Scenario scenario = with(event("kill_non_leader", 1));
    for (long seed = 0; seed < 30; seed++) {
      Trace trace = new ScenarioRunner(scenario, RAFT, seed).play();
      Id leader = all(trace, Event.LeaderKnown.class).get(0).leader();
      assertThat(all(trace, Event.Crashed.class).get(0).replica()).isNotEqualTo(leader);
      Trace other = new ScenarioRunner(with(event("kill_leader", 1)), RAFT, seed).play();
      assertThat(all(other, Event.Crashed.class).get(0).replica())
          .isEqualTo(all(other, Event.LeaderKnown.class).get(0).leader());
    }
  }

  @Test
  void a_second_kill_waits_until_a_new_leader_is_known() {
    Scenario scenario =
        SmallScenario.with(
            "\"events\": [" + event("kill_leader", 1) + ", " + event("kill_leader", 1.001) + "], ");
    Trace trace = new ScenarioRunner(scenario, RAFT, 1).play();
    List<Event.Crashed> crashed = all(trace, Event.Crashed.class);
    assertThat(crashed).hasSize(2);
    assertThat(crashed.get(1).replica()).isNotEqualTo(crashed.get(0).replica());
    assertThat(all(trace, Event.FaultHeld.class)).singleElement().matches(held -> !held.forGood());
  }

  @Test
  void a_fault_that_no_named_leader_allows_fails_the_run_with_its_reason() {
    Scenario scenario = with(event("kill_leader", 1));
    World silent = new SimWorld(host -> new AlwaysOkNode(host, Id.BROADCAST));
    Judgement judgement = Judgement.of(scenario, new ScenarioRunner(scenario, silent, 1).play());
    assertThat(judgement.verdicts())
        .filteredOn(verdict -> verdict.check().key().equals("faults_played"))
        .singleElement()
        .matches(verdict -> verdict.status() == Status.FAIL)
        .matches(verdict -> verdict.text().contains("no leader was known"));
  }

  @Test
  void a_leader_field_that_names_a_client_causes_no_error() {
    Scenario scenario = with(event("kill_leader", 1));
    World confused = new SimWorld(host -> new AlwaysOkNode(host, Id.of(0x13)));
    Trace trace = new ScenarioRunner(scenario, confused, 1).play();
    assertThat(all(trace, Event.Crashed.class)).isEmpty();
    assertThat(all(trace, Event.LeaderKnown.class)).isEmpty();
  }

  @Test
  void a_node_that_throws_is_a_replica_that_died_with_its_stack_trace() {
    Scenario scenario = SmallScenario.with("");
    World broken =
        new SimWorld(
            host ->
                new Node() {
                  @Override
                  public void start() {
                    host.setTimer("bomb", 2_000);
                  }

                  @Override
                  public void receive(Message message) {}

                  @Override
                  public void timeout(String timer) {
                    throw new IllegalStateException("the bomb went off");
                  }
                });
    Judgement judgement = Judgement.of(scenario, new ScenarioRunner(scenario, broken, 1).play());
    assertThat(judgement.status()).isEqualTo(Status.FAIL);
    assertThat(judgement.reason()).startsWith("died: replica 0000 exited with exit code 1");
  }

  @Test
  void an_idle_replica_with_a_pending_crash_midway_crashes_at_its_restart() {
    // A follower of a silent leader sends nothing: there is no step in whose middle it could crash.
    String crash =
        """
        {"type": "crash", "who": "non_leader", "time": 2, "midway": true, "for": 0.001}
        """;
    Trace trace = new ScenarioRunner(with(crash), RAFT, 1).play();
    List<Event.Crashed> crashes = all(trace, Event.Crashed.class);
    assertThat(crashes).hasSize(1);
    Id victim = crashes.get(0).replica();
    Event.Started last =
        all(trace, Event.Started.class).stream()
            .filter(started -> started.replica().equals(victim))
            .reduce((first, second) -> second)
            .orElseThrow();
    assertThat(last.atMicros()).isEqualTo(crashes.get(0).atMicros());
    assertThat(last.atMicros()).isGreaterThan(2_000_000);
  }
}
