package raftlab.run.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.check.Verdict.Status;
import raftlab.raft.RaftNode;
import raftlab.raft.RaftSettings;
import raftlab.raft.Setting;
import raftlab.run.FailingWorld;
import raftlab.run.RunOutcome;

class SwarmTest {
  private static final SimWorld REFERENCE = new SimWorld(RaftNode::new);

  private static List<String> outcomes(SimWorld world, int jobs, long first, int count)
      throws InterruptedException {
    List<String> outcomes = new ArrayList<>();
    new Swarm(world, jobs)
        .play(
            first,
            count,
            outcome ->
                outcomes.add(
                    outcome.played().seed()
                        + " "
                        + outcome.status()
                        + " "
                        + outcome.judgement().statistics().messages()));
    return outcomes;
  }

  private static List<String> failures(SimWorld world, long first, int count)
      throws InterruptedException {
    List<String> failures = new ArrayList<>();
    new Swarm(world, 2)
        .play(
            first,
            count,
            outcome -> {
              if (outcome.status() == Status.FAIL) {
                failures.add(outcome.played().seed() + ": " + outcome.judgement().reason());
              }
              return true;
            });
    return failures;
  }

  @Test
  void the_reference_replica_comes_through() throws InterruptedException {
    assertThat(failures(REFERENCE, 1, 200)).isEmpty();
  }

  @Test
  void the_reference_replica_comes_through_with_random_settings() throws InterruptedException {
    List<String> failures = new ArrayList<>();
    new Swarm(
            seed -> {
              RaftSettings settings = RandomSettings.of(seed, RaftSettings.DEFAULT);
              return new SimWorld(host -> new RaftNode(host, settings));
            },
            2)
        .play(
            1,
            200,
            outcome -> {
              if (outcome.status() != Status.PASS) {
                failures.add(outcome.played().seed() + ": " + outcome.judgement().reason());
              }
              return true;
            });
    assertThat(failures).isEmpty();
  }

  @Test
  void the_reference_replica_comes_through_with_many_small_snapshots() throws InterruptedException {
    RaftSettings settings =
        RaftSettings.DEFAULT
            .with(Setting.SNAPSHOT_THRESHOLD, 20)
            .with(Setting.SNAPSHOT_KEEP, 5)
            .with(Setting.SNAPSHOT_CHUNK, 200);
    SimWorld small = new SimWorld(host -> new RaftNode(host, settings));
    assertThat(failures(small, 1_000, 100)).isEmpty();
  }

  @Test
  void outcomes_come_in_the_seeds_order_and_are_the_same_however_many_run_at_a_time()
      throws InterruptedException {
    List<String> alone = outcomes(REFERENCE, 1, 40, 20);
    assertThat(alone).hasSize(20);
    assertThat(outcomes(REFERENCE, 3, 40, 20)).isEqualTo(alone);
  }

  @Test
  void it_ends_when_no_other_is_wanted() throws InterruptedException {
    List<Long> seeds = new ArrayList<>();
    Predicate<RunOutcome> three =
        outcome -> {
          seeds.add(outcome.played().seed());
          return seeds.size() < 3;
        };
    new Swarm(REFERENCE, 2).play(9, Long.MAX_VALUE, three);
    assertThat(seeds).containsExactly(9L, 10L, 11L);
  }

  @Test
  void it_ends_when_it_is_stopped() throws InterruptedException {
    List<Long> seeds = new ArrayList<>();
    Swarm swarm = new Swarm(REFERENCE, 2);
    swarm.play(
        9,
        Long.MAX_VALUE,
        outcome -> {
          seeds.add(outcome.played().seed());
          swarm.stop();
          return true;
        });
    assertThat(seeds).containsExactly(9L);
  }

  @Test
  void a_run_that_the_kit_fails_to_play_is_unknown_and_the_others_are_played()
      throws InterruptedException {
    List<Status> statuses = new ArrayList<>();
    List<Long> seeds = new ArrayList<>();
    new Swarm(new FailingWorld(REFERENCE, seed -> seed == 10), 2)
        .play(
            9,
            3,
            outcome -> {
              seeds.add(outcome.played().seed());
              return statuses.add(outcome.status());
            });
    assertThat(seeds).containsExactly(9L, 10L, 11L);
    assertThat(statuses).containsExactly(Status.PASS, Status.UNKNOWN, Status.PASS);
  }
}
