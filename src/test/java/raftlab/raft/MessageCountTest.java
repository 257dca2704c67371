package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static raftlab.raft.SimulatedCluster.MILLI;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** What the replica costs: messages, and time without a leader. */
final class MessageCountTest {
  private static final Id CLIENT = Id.of(100);

  private static SimulatedCluster settledCluster(long seed) {
    return settledCluster(seed, RaftSettings.DEFAULT);
  }

  private static SimulatedCluster settledCluster(long seed, RaftSettings settings) {
    SimulatedCluster cluster = new SimulatedCluster(5, seed, settings);
    cluster.startAll();
    cluster.runUntil(1_000 * MILLI);
    assertThat(cluster.leader()).isNotNull();
    return cluster;
  }

  /** The heartbeats and replies of four followers in this time. */
  private static long heartbeats(double seconds) {
    return (long) Math.ceil(8 * seconds * 1000 / RaftSettings.DEFAULT.get(Setting.HEARTBEAT));
  }

  @Test
  void a_put_costs_four_messages_with_five_replicas() {
    long messages = 0;
    double seconds = 0;
    for (long seed = 1; seed <= 20; seed++) {
      SimulatedCluster cluster = settledCluster(seed);
      long before = cluster.messages;
      long begun = cluster.now();
      sequentialPuts(cluster, 100);
      seconds += (cluster.now() - begun) / 1e6;
      messages += cluster.messages - before;
    }
    // Now and then a slow answer is taken for a lost one; no more often than heartbeats are saved.
    assertThat(messages).isLessThanOrEqualTo(20 * 400 + heartbeats(seconds));
  }

  @Test
  void with_plain_sending_a_put_costs_eight_messages_with_five_replicas() {
    RaftSettings plain = RaftSettings.DEFAULT.with(Setting.PLAIN_SENDING, 1);
    SimulatedCluster cluster = settledCluster(1, plain);
    long before = cluster.messages;

    sequentialPuts(cluster, 100);

    assertThat(cluster.messages - before).isBetween(790L, 808L);
  }

  private static void sequentialPuts(SimulatedCluster cluster, int count) {
    List<Message> answers = new ArrayList<>();
    cluster.clientInbox = answers::add;
    Id leader = cluster.leader().id();
    for (int i = 0; i < count; i++) {
      int number = i;
      cluster.request(Message.put(CLIENT, leader, leader, "m" + i, "k", "v" + i));
      assertThat(cluster.runUntil(cluster.now() + 1_000 * MILLI, () -> answers.size() > number))
          .isTrue();
      assertThat(answers.get(i).type()).isEqualTo(Message.OK);
    }
  }

  @Test
  void an_idle_cluster_sends_a_heartbeat_and_its_answer_a_follower_and_interval() {
    SimulatedCluster cluster = settledCluster(1);
    long before = cluster.messages;
    cluster.runUntil(cluster.now() + 10_000 * MILLI);
    assertThat(cluster.messages - before).isLessThanOrEqualTo(heartbeats(10) + 16);
  }

  @Test
  void reads_under_a_lease_cost_nothing() {
    SimulatedCluster cluster = settledCluster(1);
    sequentialPuts(cluster, 1);
    List<Message> answers = new ArrayList<>();
    cluster.clientInbox = answers::add;
    long before = cluster.messages;
    Id leader = cluster.leader().id();
    for (int i = 0; i < 50; i++) {
      cluster.request(Message.get(CLIENT, leader, leader, "g" + i, "k"));
    }
    cluster.runUntil(cluster.now() + 20 * MILLI);
    assertThat(answers).hasSize(50).allMatch(answer -> "v0".equals(answer.textOrNull("value")));
    assertThat(cluster.messages).isEqualTo(before);
  }

  @Test
  void a_fresh_cluster_of_five_has_a_leader_soon_and_with_few_messages() {
    for (long seed = 1; seed <= 200; seed++) {
      SimulatedCluster cluster = new SimulatedCluster(5, seed, RaftSettings.DEFAULT);
      cluster.startAll();
      assertThat(cluster.runUntil(300 * MILLI, () -> cluster.leader() != null))
          .as("a leader with seed " + seed)
          .isTrue();
      cluster.runUntil(300 * MILLI);
      assertThat(cluster.messages).as("messages with seed " + seed).isLessThanOrEqualTo(50);
    }
  }

  @Test
  void a_crashed_leader_is_replaced_within_a_second_even_if_a_third_of_the_messages_is_lost() {
    for (double loss : new double[] {0, 0.3}) {
      List<Long> times = new ArrayList<>();
      for (long seed = 1; seed <= 200; seed++) {
        SimulatedCluster cluster = settledCluster(seed);
        cluster.loss = loss;
        cluster.runUntil(2_000 * MILLI + seed * 7 * MILLI);
        if (cluster.leader() == null) {
          continue;
        }
        cluster.leader().crash();
        long crashed = cluster.now();
        assertThat(cluster.runUntil(crashed + 10_000 * MILLI, () -> cluster.leader() != null))
            .isTrue();
        times.add((cluster.now() - crashed) / MILLI);
      }
      times.sort(null);
      assertThat(times.get(times.size() / 2)).as("median with losses of " + loss).isLessThan(600);
      assertThat(times.get(times.size() * 9 / 10)).isLessThan(1_000);
    }
  }
}
