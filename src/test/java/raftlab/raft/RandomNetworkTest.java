package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static raftlab.raft.SimulatedCluster.MILLI;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import raftlab.raft.SimulatedCluster.Machine;

/**
 * Everything goes wrong at random; nothing unsafe may happen, and all must go well again
 * afterwards.
 */
final class RandomNetworkTest {
  private static final int SEEDS = Integer.getInteger("raftlab.seeds", 500);
  private static final long FIRST_SEED = Long.getLong("raftlab.seed", 1);
  private static final long TROUBLE = 4_000 * MILLI;

  @Test
  void a_cluster_of_three_is_safe_in_all_weathers_and_recovers() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS / 2; seed++) {
      playOrExplain(3, seed, RaftSettings.DEFAULT);
    }
  }

  @Test
  void a_cluster_of_five_is_safe_in_all_weathers_and_recovers() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS / 2; seed++) {
      playOrExplain(5, seed, RaftSettings.DEFAULT);
    }
  }

  @Test
  void without_pre_vote_a_cluster_is_just_as_safe() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS / 10; seed++) {
      playOrExplain(5, seed, RaftSettings.DEFAULT.without(Setting.PRE_VOTE));
    }
  }

  private static void playOrExplain(int size, long seed, RaftSettings settings) {
    try {
      play(size, seed, settings);
    } catch (AssertionError | RuntimeException failure) {
      throw new AssertionError(
          "with " + size + " replicas and seed " + seed + ": " + failure.getMessage(), failure);
    }
  }

  private static void play(int size, long seed, RaftSettings settings) {
    SimulatedCluster cluster = new SimulatedCluster(size, seed * 31 + size, settings);
    SplittableRandom random = cluster.random.split();
    cluster.asBytes = seed % 10 == 0;
    cluster.loss = random.nextInt(3) == 0 ? 0 : random.nextDouble(0.4);
    cluster.duplication = random.nextBoolean() ? 0 : random.nextDouble(0.2);
    cluster.lateness = random.nextBoolean() ? 0 : random.nextDouble(0.1);
    cluster.maxDelay = random.nextLong(MILLI, 30 * MILLI);
    cluster.crashInEvent = random.nextBoolean() ? 0 : 0.0005;
    cluster.startAll();
    SimulatedClients clients = new SimulatedClients(cluster, 4, 2);
    clients.wandering = 0.2;
    for (long at = 300 * MILLI; at < TROUBLE; at += random.nextLong(50 * MILLI, 900 * MILLI)) {
      cluster.at(at, () -> trouble(cluster, random));
    }
    cluster.runUntil(TROUBLE);
    recover(cluster);
    boolean hasLeader = cluster.runUntil(TROUBLE + 3_000 * MILLI, () -> cluster.leader() != null);
    assertThat(hasLeader).as("a leader after the trouble").isTrue();
    int oksBefore = clients.oks;
    cluster.runUntil(cluster.now() + 3_000 * MILLI);
    assertThat(clients.oks - oksBefore).as("answers after the trouble").isGreaterThan(20);
    clients.stop();
    // pendingMillis is the longest that anybody may have to wait for an answer
    cluster.runUntil(cluster.now() + 200 * MILLI);
    for (int i = 0; i < 8 && !clients.outstanding().isEmpty(); i++) {
      cluster.runUntil(cluster.now() + 1_000 * MILLI);
    }
    assertThat(clients.outstanding()).as("unanswered requests").isEmpty();
    cluster.runUntil(cluster.now() + 1_000 * MILLI);
    cluster.safety.assertAllAppliedEverything();
    clients.assertRedirectsWereHonest();
  }

  private static void trouble(SimulatedCluster cluster, SplittableRandom random) {
    Machine any = cluster.machines.get(random.nextInt(cluster.size));
    Machine leader = cluster.leader();
    Machine victim = leader != null && random.nextBoolean() ? leader : any;
    switch (random.nextInt(8)) {
      case 0 -> cluster.partition();
      case 1 -> cluster.isolate(victim.number);
      case 2, 3 -> cluster.heal();
      case 4 -> {
        victim.crash();
        cluster.at(cluster.now() + random.nextLong(1_500 * MILLI), victim::boot);
      }
      case 5 -> victim.pause(cluster.now() + random.nextLong(1_500 * MILLI));
      case 6 -> cluster.cut[random.nextInt(cluster.size)][random.nextInt(cluster.size)] = true;
      default -> {
        victim.crash();
        victim.boot();
      }
    }
  }

  private static void recover(SimulatedCluster cluster) {
    cluster.heal();
    cluster.loss = 0;
    cluster.lateness = 0;
    cluster.crashInEvent = 0;
    for (Machine machine : cluster.machines) {
      machine.boot();
    }
  }
}
