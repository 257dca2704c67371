package raftlab.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.Judgement;
import raftlab.raft.RaftNode;
import raftlab.raft.RaftSettings;
import raftlab.raft.Setting;
import raftlab.run.ScenarioRunner;
import raftlab.run.swarm.RandomScenario;
import raftlab.scenario.Scenario;
import raftlab.trace.Trace;

/**
 * Nothing that no correct replica does is found in runs of the reference replica, whatever its
 * settings: each seed draws a scenario with random faults, transfers, member changes and restarts,
 * and random settings. Settings that make a replica incorrect (no ReadIndex, a lease that is too
 * long) are not drawn.
 *
 * <p>{@code -Draftlab.settings.seeds=N} plays more seeds, {@code -Draftlab.settings.seed=N} begins
 * with another one. A failure names each seed, its settings and what was found.
 */
final class RandomSettingsTest {
  private static final int SEEDS = Integer.getInteger("raftlab.settings.seeds", 40);
  private static final long FIRST_SEED = Long.getLong("raftlab.settings.seed", 1);

  /** A failure of the kit would otherwise give as many lines as there are seeds. */
  private static final int MAX_FOUND = 20;

  @Test
  void a_correct_replica_is_accused_of_nothing_whatever_its_settings() {
    List<String> found = new ArrayList<>();
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS && found.size() < MAX_FOUND; seed++) {
      play(seed, found);
    }
    assertThat(found).isEmpty();
  }

  private static void play(long seed, List<String> found) {
    RaftSettings settings = settings(new SplittableRandom(seed));
    Scenario scenario = RandomScenario.of(seed);
    SimWorld world = new SimWorld(host -> new RaftNode(host, settings));
    Trace trace = new ScenarioRunner(scenario, world, seed).play();
    String run = "seed " + seed + ", " + settings + ": ";
    Explanation.certain(scenario, trace).forEach(cause -> found.add(run + cause));
    Explanation.suspicion(scenario, trace).ifPresent(cause -> found.add(run + "passed, " + cause));
    Collection<?> wrong = Judgement.of(scenario, trace).contradictions();
    wrong.forEach(each -> found.add(run + each));
  }

  private static RaftSettings settings(SplittableRandom random) {
    RaftSettings settings = RaftSettings.DEFAULT;
    for (Setting onOrOff :
        List.of(
            Setting.PRE_VOTE,
            Setting.CHECK_QUORUM,
            Setting.LEASE,
            Setting.BATCHING,
            Setting.MAJORITY_FIRST)) {
      settings = random.nextInt(3) == 0 ? settings.without(onOrOff) : settings;
    }
    if (random.nextInt(4) == 0) {
      settings = settings.with(Setting.PLAIN_SENDING, 1);
    }
    return settings
        .with(Setting.SNAPSHOT_THRESHOLD, any(random, 0, 2, 3, 5, 10, 20, 50, 5_000))
        .with(Setting.SNAPSHOT_KEEP, any(random, 0, 1, 2, 5, 20, 500))
        .with(Setting.SNAPSHOT_CHUNK, any(random, 50, 200, 1_000, 36_000))
        .with(Setting.WINDOW, any(random, 1, 2, 4, 10, 100))
        .with(Setting.WINDOW_BYTES, any(random, 1, 1_000, 100_000))
        .with(Setting.BATCH_ENTRIES, any(random, 1, 2, 10, 500))
        .with(Setting.BATCH_BYTES, any(random, 1, 300, 30_000))
        .with(Setting.HEARTBEAT, any(random, 50, 150, 310))
        .with(Setting.LEASE_TIME, any(random, 100, 345))
        .with(Setting.RETRANSMIT_MAX, any(random, 10, 50, 150))
        .check();
  }

  private static int any(SplittableRandom random, int... values) {
    return values[random.nextInt(values.length)];
  }
}
