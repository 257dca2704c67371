package raftlab.run.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.cluster.sim.SimWorld;
import raftlab.raft.RaftNode;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.UnmetCondition;
import raftlab.wire.Id;

/** Actions that can't be played when they are due wait until they can. */
class WaitingActionsTest {
  private static final Id NEW = Id.of(3);
  private static final Id NEXT = Id.of(4);

  private Trace trace;

  private void play(String scenario) throws ScenarioException {
    Scenario read = ScenarioReader.read("waiting", scenario);
    trace = new ScenarioRunner(read, new SimWorld(RaftNode::new), 1).play();
  }

  private <T extends Event> List<T> all(Class<T> type) {
    return trace.events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  private List<Boolean> heldForGood() {
    return all(Event.FaultHeld.class).stream().map(Event.FaultHeld::forGood).toList();
  }

  private List<String> faults() {
    return all(Event.Fault.class).stream().map(Event.Fault::what).toList();
  }

  @Test
  void an_armed_restart_waits_until_a_replica_is_down() throws ScenarioException {
    play(
        """
        {"lifetime": 30, "start_wait": 0, "end_wait": 0, "replicas": 3,
         "steps": [
           {"until": "leader"},
           {"type": "restart", "on": {"message": "ok", "from": "leader", "to": "client"}},
           {"type": "put", "key": "k"},
           {"type": "crash", "who": "non_leader"},
           {"wait": 0.5},
           {"until": "ready"}]}
        """);
    assertThat(heldForGood()).containsExactly(false);
    assertThat(faults()).containsExactly("crash", "restart");
    assertThat(all(Event.Started.class)).hasSize(4);
  }

  @Test
  void an_armed_restart_that_was_never_possible_is_reported() throws ScenarioException {
    play(
        """
        {"lifetime": 30, "start_wait": 0, "end_wait": 0, "replicas": 3,
         "steps": [
           {"until": "leader"},
           {"type": "restart", "on": {"message": "ok", "from": "leader", "to": "client"}},
           {"type": "put", "key": "k"}]}
        """);
    assertThat(heldForGood()).containsExactly(false, true);
    assertThat(faults()).isEmpty();
  }

  @Test
  void an_armed_kill_leader_waits_for_a_leader() throws ScenarioException {
    play(
        """
        {"lifetime": 30, "start_wait": 0, "end_wait": 0, "replicas": 3,
         "steps": [
           {"type": "kill_leader", "on": {"from": "replica"}},
           {"until": "leader"},
           {"wait": 1}]}
        """);
    assertThat(heldForGood()).containsExactly(false);
    Event.Crashed crash = all(Event.Crashed.class).get(0);
    assertThat(crash.replica()).isEqualTo(all(Event.LeaderKnown.class).get(0).leader());
  }

  @Test
  void a_waiting_restart_is_played_when_a_replica_ends_by_itself() throws ScenarioException {
    play(
        """
        {"lifetime": 30, "start_wait": 0, "end_wait": 0, "replicas": 3,
         "events": [{"type": "restart", "time": 0.1}],
         "steps": [
           {"until": "leader"},
           {"wait": 1},
           {"type": "disk", "who": "non_leader", "state": "full", "as": "victim"},
           {"repeat": 5, "steps": [{"type": "put", "key": "k"}]},
           {"until": "ended", "who": "@victim"},
           {"wait": 1}]}
        """);
    assertThat(all(Event.Exited.class)).isNotEmpty();
    assertThat(heldForGood()).containsExactly(false);
    assertThat(faults()).containsExactly("disk", "restart");
  }

  @Test
  void an_action_on_a_replica_waits_until_it_has_joined() throws ScenarioException {
    play(
        """
        {"lifetime": 30, "start_wait": 0, "end_wait": 0, "replicas": 3,
         "events": [
           {"type": "crash", "who": "0003", "time": 0.5},
           {"type": "pause", "who": "0004", "time": 0.5, "for": 0.2}],
         "steps": [
           {"until": "leader"},
           {"wait": 2},
           {"type": "add"},
           {"wait": 1},
           {"type": "add"},
           {"wait": 2}]}
        """);
    assertThat(all(Event.FaultHeld.class))
        .filteredOn(held -> !held.what().equals("add"))
        .extracting(Event.FaultHeld::forGood)
        .containsExactly(false, false);
    assertThat(all(Event.Crashed.class)).extracting(Event.Crashed::replica).contains(NEW);
    assertThat(all(Event.Paused.class)).extracting(Event.Paused::replica).containsExactly(NEXT);
    assertThat(all(Event.Resumed.class)).extracting(Event.Resumed::replica).containsExactly(NEXT);
  }

  @Test
  void an_action_on_a_replica_that_never_joins_is_reported() throws ScenarioException {
    play(
        """
        {"lifetime": 30, "start_wait": 0, "end_wait": 0, "replicas": 3,
         "events": [
           {"type": "crash", "who": "0003", "time": 0.5},
           {"type": "add", "time": 25}],
         "steps": [
           {"until": "leader"},
           {"wait": 2}]}
        """);
    assertThat(heldForGood()).containsExactly(false, true);
    assertThat(all(Event.FaultHeld.class).get(1).why()).contains("0003 had not joined");
  }

  @Test
  void a_step_on_a_replica_that_has_not_joined_fails() throws ScenarioException {
    play(
        """
        {"lifetime": 30, "start_wait": 0, "end_wait": 0, "replicas": 3,
         "steps": [
           {"until": "leader"},
           {"type": "transfer", "who": "0003"},
           {"type": "add"}]}
        """);
    assertThat(all(Event.Step.class))
        .filteredOn(Event.Step::hasFailed)
        .extracting(Event.Step::unmet)
        .containsExactly(new UnmetCondition.NotJoined(List.of(NEW)));
  }
}
