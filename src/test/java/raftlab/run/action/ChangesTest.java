package raftlab.run.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.cluster.World;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.node.StateChange;
import raftlab.raft.RaftNode;
import raftlab.run.ReconfigurableCluster;
import raftlab.run.ScenarioRunner;
import raftlab.run.SmallScenario;
import raftlab.scenario.Scenario;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceFile;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Replicas come back, come, go, and lead in turns as scenarios plan it. */
class ChangesTest {
  private static final Id NEW = Id.of(3);
  private static final String ALL =
      events(
          "kill_leader 0.5",
          "restart 1",
          "restart_all 1.5",
          "add 2.5",
          "transfer 3",
          "remove 3.5",
          "remove_leader 4");

  private static String events(String... events) {
    StringBuilder text = new StringBuilder();
    for (String event : events) {
      String[] parts = event.split(" ");
      text.append(text.isEmpty() ? "" : ", ")
          .append(
              String.format(
                  Locale.ROOT,
                  """
                  {"type": "%s", "time": %s}""",
                  parts[0],
                  parts[1]));
    }
    return text.toString();
  }

  private static Scenario scenario(String events) {
    return SmallScenario.with("\"events\": [" + events + "], ");
  }

  private static Trace play(String events) {
    return play(events, ReconfigurableCluster.world(0));
  }

  private static Trace play(String events, World world) {
    return new ScenarioRunner(scenario(events), world, 1).play();
  }

  private static <T extends Event> List<T> all(Trace trace, Class<T> type) {
    return trace.events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static List<String> faults(Trace trace) {
    return all(trace, Event.Fault.class).stream().map(Event.Fault::how).toList();
  }

  private static List<String> never(Trace trace) {
    return all(trace, Event.FaultHeld.class).stream()
        .filter(Event.FaultHeld::forGood)
        .map(Event.FaultHeld::why)
        .toList();
  }

  private static Verdict faultsPlayed(String events, Trace trace) {
    return Judgement.of(scenario(events), trace).verdicts().stream()
        .filter(verdict -> verdict.check().key().equals("faults_played"))
        .findFirst()
        .orElseThrow();
  }

  private static void assertPass(String events, Trace trace) {
    Judgement judgement = Judgement.of(scenario(events), trace);
    assertThat(judgement.status()).as(judgement.reason()).isEqualTo(Status.PASS);
  }

  @Test
  void a_restart_brings_back_the_replica_that_was_killed_first_with_what_it_had_stored() {
    String events = events("kill_leader 1", "kill_non_leader 2", "restart 3", "restart 4");
    Trace trace = play(events);
    List<Id> killed = all(trace, Event.Crashed.class).stream().map(Event.Crashed::replica).toList();
    List<Id> started =
        all(trace, Event.Started.class).stream().map(Event.Started::replica).toList();
    assertThat(started.subList(3, 5)).isEqualTo(killed);
    assertThat(all(trace, Event.Reported.class))
        .filteredOn(report -> report.change() instanceof StateChange.Restored)
        .extracting(Event.Reported::replica)
        .isEqualTo(killed);
    assertPass(events, trace);
  }

  @Test
  void a_restart_waits_until_a_replica_is_down() {
    // No leader is known before 1.7 s, so that the kill, planned for 1 s, is late.
    String events = events("kill_leader 0", "restart 0");
    World late = new SimWorld(host -> new LateLeaderNode(host, 1_700));
    Trace trace = play(events, late);
    assertThat(all(trace, Event.FaultHeld.class))
        .extracting(Event.FaultHeld::why)
        .containsExactly("no leader was known", "no replica was down");
    assertThat(faults(trace)).containsExactly("replica 0000 killed", "replica 0000 restarted");
  }

  @Test
  void restart_all_kills_all_at_once_and_starts_them_again() {
    String events = events("restart_all 2");
    Trace trace = play(events);
    List<Event> down =
        trace.events().stream()
            .filter(event -> event instanceof Event.Crashed)
            .map(Event.class::cast)
            .toList();
    assertThat(down).hasSize(3).extracting(Event::atMicros).containsOnly(down.get(0).atMicros());
    assertThat(all(trace, Event.Started.class)).hasSize(6);
    assertPass(events, trace);
  }

  @Test
  void the_reference_replica_comes_through_a_restart_of_all() {
    String events = events("kill_leader 1", "restart 2", "restart_all 3");
    assertPass(events, play(events, new SimWorld(RaftNode::new)));
  }

  @Test
  void an_added_replica_gets_the_next_id_and_the_clients_keep_theirs() {
    String events = events("add 1");
    Trace trace = play(events);
    assertThat(all(trace, Event.Started.class).get(3).replica()).isEqualTo(NEW);
    assertThat(trace.header().clients().get(0)).isEqualTo(Id.of(19));
    assertThat(faults(trace))
        .hasSize(2)
        .anyMatch(
            how -> how.matches("replica 0003 is a member of the cluster, 0\\.\\d+ s after.*"));
    assertPass(events, trace);
  }

  @Test
  void messages_of_a_replica_that_joined_count_like_those_of_the_others() {
    String events = events("add 1");
    Trace trace = play(events);
    long toNew = all(trace, Event.Sent.class).stream().filter(s -> s.to().equals(NEW)).count();
    assertThat(toNew).isGreaterThan(50);
    long began = all(trace, Event.Began.class).get(0).atMicros();
    List<Id> replicas = List.of(Id.of(0), Id.of(1), Id.of(2), NEW);
    assertThat(Judgement.of(scenario(events), trace).statistics().messages())
        .isEqualTo(
            all(trace, Event.Sent.class).stream()
                .filter(s -> s.atMicros() >= began)
                .filter(s -> replicas.contains(s.from()) && replicas.contains(s.to()))
                .count());
  }

  @Test
  void a_follower_or_the_leader_is_removed_and_goes_on_running() {
    String events = events("remove 1", "remove_leader 2");
    Trace trace = play(events);
    assertThat(all(trace, Event.Crashed.class)).isEmpty();
    assertThat(all(trace, Event.LeaderKnown.class).get(0).leader()).isEqualTo(Id.of(0));
    assertThat(faults(trace).get(2)).isEqualTo("replica 0000 is to be removed");
    assertPass(events, trace);
  }

  @Test
  void leadership_goes_to_another_running_replica() {
    String events = events("transfer 1");
    Trace trace = play(events);
    List<Event.LeaderKnown> leaders = all(trace, Event.LeaderKnown.class);
    Id last = leaders.get(leaders.size() - 1).leader();
    assertThat(last).isNotEqualTo(Id.of(0));
    assertThat(faults(trace).get(0)).isEqualTo("replica " + last + " is to lead, in place of 0000");
    assertPass(events, trace);
  }

  @Test
  void what_the_operator_asks_counts_as_no_request_of_a_client() {
    Scenario idle = scenario(events("transfer 1"));
    Trace trace = new ScenarioRunner(idle, ReconfigurableCluster.world(5), 1).play();
    assertThat(all(trace, Event.Requested.class))
        .filteredOn(Event.Requested::isAdministration)
        .hasSize(6);
    var statistics = Judgement.of(idle, trace).statistics();
    assertThat(statistics.gets() + statistics.puts()).isEqualTo(100);
    assertThat(statistics.failures()).isZero();
    assertThat(statistics.duplicates()).isZero();
  }

  @Test
  void a_change_that_the_replicas_never_make_fails_the_run_with_its_reason() {
    String events = events("add 1");
    Trace trace = play(events, ReconfigurableCluster.ignoringChanges());
    assertThat(never(trace))
        .singleElement()
        .asString()
        .startsWith("not done for replica 0003 in 4.5")
        .endsWith("replica 0000 did not answer");
    assertThat(faultsPlayed(events, trace).status()).isEqualTo(Status.FAIL);
    assertThat(faultsPlayed(events, trace).text()).startsWith("add was not executed: not done");
  }

  @Test
  void a_change_that_is_asked_for_once_has_one_request_and_need_not_be_done() {
    String events =
        """
        {"type": "remove", "time": 1, "within": 2, "once": true}""";
    Trace ignored = play(events, ReconfigurableCluster.ignoringChanges());
    Trace refused = play(events, ReconfigurableCluster.world(1));
    Trace done = play(events, ReconfigurableCluster.world(0));
    for (Trace trace : List.of(ignored, refused, done)) {
      assertThat(all(trace, Event.Requested.class))
          .filteredOn(Event.Requested::isAdministration)
          .hasSize(1);
      assertThat(all(trace, Event.FaultHeld.class)).isEmpty();
      assertThat(faultsPlayed(events, trace).status()).isEqualTo(Status.PASS);
    }
    assertThat(faults(ignored).get(1)).startsWith("not done for replica ");
    assertThat(faults(refused).get(1)).startsWith("not done for replica ");
    assertThat(faults(done).get(1)).contains("is no longer a member");
  }

  @Test
  void a_change_that_could_not_even_be_asked_for_fails_the_run() {
    String events =
        """
        {"type": "crash", "who": "all", "time": 1},
        {"type": "remove", "who": "0001", "time": 2, "once": true}""";
    Trace trace = play(events);
    assertThat(faultsPlayed(events, trace).status()).isEqualTo(Status.FAIL);
  }

  @Test
  void the_network_to_a_replica_can_be_set_before_it_is_added() {
    String events =
        """
        {"type": "network", "to": "0003", "loss": 1, "time": 0.5}, {"type": "add", "time": 1}""";
    Trace trace = play(events);
    List<Long> toNew =
        all(trace, Event.Sent.class).stream()
            .filter(sent -> sent.to().equals(NEW) && sent.from().value() < 3)
            .map(Event.Sent::number)
            .toList();
    assertThat(toNew).isNotEmpty();
    assertThat(all(trace, Event.Dropped.class))
        .extracting(Event.Dropped::number)
        .containsAll(toNew);
  }

  @Test
  void a_run_with_all_of_them_passes() {
    assertPass(ALL, play(ALL));
  }

  @Test
  void the_same_seed_gives_the_same_trace_byte_for_byte(@TempDir Path folder) throws Exception {
    TraceFile.write(play(ALL), folder.resolve("first"));
    TraceFile.write(play(ALL), folder.resolve("second"));
    assertThat(Files.mismatch(folder.resolve("first"), folder.resolve("second"))).isEqualTo(-1);
  }

  @Test
  void a_stored_run_with_all_of_them_is_judged_as_before(@TempDir Path folder) throws Exception {
    Trace trace = play(ALL);
    TraceFile.write(trace, folder.resolve("trace"));
    Trace stored = TraceFile.read(folder.resolve("trace"));
    assertThat(stored.events()).hasSameSizeAs(trace.events());
    assertPass(ALL, stored);
    assertThat(all(stored, Event.Requested.class))
        .filteredOn(request -> request.type().equals(Message.ADD))
        .extracting(Event.Requested::key)
        .containsExactly("0003");
  }
}
