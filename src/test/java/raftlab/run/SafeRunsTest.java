package raftlab.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import raftlab.cluster.World;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.node.Storage;
import raftlab.raft.RaftNode;
import raftlab.raft.RaftSettings;
import raftlab.raft.Setting;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.wire.Message;

/** Runs of the reference replica give no reason for accusations; runs of it with a fault do. */
class SafeRunsTest {
  private static final Set<String> SAFETY =
      Set.of(
          "one_vote",
          "durability",
          "only_forward",
          "election_safety",
          "leader_append_only",
          "log_matching",
          "leader_completeness",
          "state_machine_safety",
          "early_ok",
          "one_leader",
          "blind_read");

  private static final List<String> EVENTS =
      List.of(
          "kill_leader",
          "kill_non_leader",
          "restart",
          "restart",
          "restart_all",
          "add",
          "remove",
          "remove_leader",
          "transfer",
          "part_easy",
          "part_hard",
          "part_end");

  private static String event(String type, double time) {
    return "{\"type\": \"" + type + "\", \"time\": " + time + "}";
  }

  private static Scenario scenario(String events, double drops, int replicas)
      throws ScenarioException {
    return ScenarioReader.read(
        "random",
        "{\"events\": ["
            + events
            + "], \"drops\": "
            + drops
            + ", \"replicas\": "
            + replicas
            + ", \"lifetime\": 10, \"start_wait\": 1, \"end_wait\": 1, \"requests\": 200,"
            + " \"mix\": 0.5}");
  }

  /**
   * Kills, restarts, partitions and changes of members at random, in some order that is possible.
   */
  private static Scenario random(long seed) {
    Random random = new Random(seed);
    while (true) {
      StringBuilder events = new StringBuilder(event(EVENTS.get(random.nextInt(2)), 0.5));
      for (int i = 1 + random.nextInt(6); i > 0; i--) {
        String type = EVENTS.get(random.nextInt(EVENTS.size()));
        events.append(", ").append(event(type, 1 + random.nextInt(26) / 3.0));
      }
      try {
        return scenario(events.toString(), random.nextInt(4) / 10.0, 3 + random.nextInt(3));
      } catch (ScenarioException impossible) {
        continue;
      }
    }
  }

  private static List<Verdict> safety(Scenario scenario, World world, long seed) {
    List<Verdict> verdicts =
        Judgement.of(scenario, new ScenarioRunner(scenario, world, seed).play()).verdicts().stream()
            .filter(verdict -> SAFETY.contains(verdict.check().key()))
            .toList();
    assertThat(verdicts).hasSameSizeAs(SAFETY);
    return verdicts;
  }

  private static Verdict verdict(String check, Scenario scenario, World world) {
    return safety(scenario, world, 1).stream()
        .filter(verdict -> verdict.check().key().equals(check))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void nothing_is_held_against_the_reference_replica_through_restarts_and_changes_of_members() {
    for (long seed = 0; seed < 60; seed++) {
      assertThat(safety(random(seed), new SimWorld(RaftNode::new), seed))
          .as("seed %d", seed)
          .allMatch(verdict -> verdict.status() == Status.PASS);
    }
  }

  /** The same host, but with another storage. */
  private static Host with(Storage storage, Host host) {
    return (Host)
        Proxy.newProxyInstance(
            Host.class.getClassLoader(),
            new Class<?>[] {Host.class},
            (proxy, method, arguments) ->
                method.getName().equals("storage") ? storage : method.invoke(host, arguments));
  }

  private record ForgetfulStorage(Storage storage) implements Storage {
    @Override
    public List<byte[]> load() {
      List<byte[]> all = storage.load();
      return all.subList(0, Math.max(0, all.size() - 9));
    }

    @Override
    public void append(byte[] record) {
      storage.append(record);
    }

    @Override
    public void replace(List<byte[]> records) {
      storage.replace(records);
    }
  }

  @Test
  void a_disk_that_forgets_its_last_records_is_noticed() throws Exception {
    Scenario restarts = scenario(event("restart_all", 5), 0, 3);
    World forgetful =
        new SimWorld(host -> new RaftNode(with(new ForgetfulStorage(host.storage()), host)));
    Verdict found = verdict("durability", restarts, forgetful);
    assertThat(found.status()).isEqualTo(Status.FAIL);
    assertThat(found.text()).contains("log up to entry");
    assertThat(found.section()).isEqualTo("§5.1 and Figure 2");
    assertThat(found.evidence()).hasSize(2).allMatch(event -> event instanceof Event.Reported);
  }

  /** Says ok to each put before it does anything about it. */
  private record HastyNode(Host host, Node node) implements Node {
    @Override
    public void start() {
      node.start();
    }

    @Override
    public void receive(Message message) {
      if (message.type().equals(Message.PUT)) {
        JsonObject none = new JsonObject();
        host.send(Message.of(host.id(), message.src(), host.id(), Message.OK, message.mid(), none));
      }
      node.receive(message);
    }

    @Override
    public void timeout(String timer) {
      node.timeout(timer);
    }
  }

  @Test
  void an_ok_without_replication_is_noticed() throws Exception {
    Scenario idle = scenario("", 0, 5);
    Verdict found =
        verdict("early_ok", idle, new SimWorld(host -> new HastyNode(host, new RaftNode(host))));
    assertThat(found.status()).isEqualTo(Status.FAIL);
    assertThat(found.text()).contains("could confirm it on 1 of 5 replicas");
    assertThat(found.loadCanCause()).isFalse();
  }

  @Test
  void a_deposed_leader_that_answers_gets_is_caught() throws Exception {
    RaftSettings withoutReadIndex =
        RaftSettings.DEFAULT.without(Setting.READ_INDEX).without(Setting.CHECK_QUORUM);
    Scenario cut = scenario(event("part_hard", 2), 0, 5);
    Verdict found =
        verdict("blind_read", cut, new SimWorld(host -> new RaftNode(host, withoutReadIndex)));
    assertThat(found.status()).isEqualTo(Status.FAIL);
    assertThat(found.text()).contains("it had messages from only 2 of 5 replicas");
    assertThat(found.loadCanCause()).isTrue();
  }
}
