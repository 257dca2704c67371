package raftlab.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import raftlab.cluster.Cluster;
import raftlab.cluster.World;
import raftlab.cluster.WorldCapability;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.check.Verdict.Status;
import raftlab.raft.RaftNode;
import raftlab.run.RunOutcome;
import raftlab.run.SmallScenario;
import raftlab.scenario.Scenario;
import raftlab.suite.SuiteRunner.Task;
import raftlab.wire.Id;

class SuiteRunnerTest {
  private final List<Task> begun = new ArrayList<>();
  private final List<Task> ended = new ArrayList<>();
  private final List<Long> seeds = new ArrayList<>();
  private SuiteRunner run;

  /** Notes what is told, and stops everything when so many runs have begun. */
  private SuiteRunner stoppingAt(int count) {
    run =
        new SuiteRunner(
            new SimWorld(RaftNode::new),
            1,
            new SuiteRunner.Listener() {
              @Override
              public void began(Task task) {
                begun.add(task);
                if (begun.size() == count) {
                  run.stop();
                }
              }

              @Override
              public void ended(Task task, RunOutcome outcome) {
                ended.add(task);
              }
            });
    return run;
  }

  private static List<Task> tasks(int count) {
    Scenario scenario = SmallScenario.with("");
    Suite suite = new Suite("one", "", List.of(new Suite.Group("", List.of(scenario))));
    return SuiteRunner.tasks(List.of(suite), count, 1, true);
  }

  private void take(RunOutcome outcome) {
    assertThat(outcome.status()).isEqualTo(Status.PASS);
    seeds.add(outcome.played().seed());
  }

  @Test
  void outcomes_come_in_the_tasks_order() throws InterruptedException {
    assertThat(stoppingAt(-1).play(tasks(3), this::take)).isTrue();
    assertThat(seeds).containsExactly(1L, 2L, 3L);
  }

  @Test
  void what_was_played_before_a_stop_is_told_and_what_was_under_way_is_not()
      throws InterruptedException {
    assertThat(stoppingAt(3).play(tasks(5), this::take)).isFalse();
    assertThat(seeds).containsExactly(1L, 2L);
    assertThat(ended).hasSize(2);
    assertThat(begun).hasSize(3);
  }

  /** A world of which every second cluster can't be opened. */
  private static final class BrokenWorld implements World {
    private final World sound = new SimWorld(RaftNode::new);
    private int opened;

    @Override
    public String name() {
      return sound.name();
    }

    @Override
    public List<String> replicaCommand() {
      return sound.replicaCommand();
    }

    @Override
    public boolean can(WorldCapability ability) {
      return sound.can(ability);
    }

    @Override
    public Cluster open(List<Id> replicas, long seed, boolean durable, Cluster.Observer observer) {
      if (opened++ % 2 == 0) {
        throw new IllegalStateException("a bug");
      }
      return sound.open(replicas, seed, durable, observer);
    }
  }

  @Test
  void a_run_that_the_kit_fails_to_play_is_unknown_and_the_others_are_played()
      throws InterruptedException {
    List<RunOutcome> outcomes = new ArrayList<>();
    SuiteRunner suite =
        new SuiteRunner(
            new BrokenWorld(),
            1,
            new SuiteRunner.Listener() {
              @Override
              public void began(Task task) {
                begun.add(task);
              }

              @Override
              public void ended(Task task, RunOutcome outcome) {
                ended.add(task);
              }
            });
    assertThat(suite.play(tasks(4), outcomes::add)).isTrue();
    assertThat(outcomes)
        .extracting(RunOutcome::status)
        .containsExactly(Status.UNKNOWN, Status.PASS, Status.UNKNOWN, Status.PASS);
    assertThat(outcomes.get(0).judgement().why())
        .startsWith("the kit failed: java.lang.IllegalStateException: a bug, at raftlab.");
    assertThat(outcomes.get(0).judgement().wasOverloaded()).isFalse();
    assertThat(ended).isEqualTo(begun).hasSize(4);
  }

  /** A world that notes whether the thread of a run is interrupted, and lets no run end early. */
  private static final class InterruptNotingWorld implements World {
    private final World sound = new SimWorld(RaftNode::new);
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final CountDownLatch secondIsUnderway = new CountDownLatch(1);
    private final CountDownLatch suiteHasThrown = new CountDownLatch(1);

    @Override
    public String name() {
      return sound.name();
    }

    @Override
    public List<String> replicaCommand() {
      return sound.replicaCommand();
    }

    @Override
    public boolean can(WorldCapability ability) {
      return sound.can(ability);
    }

    @Override
    public Cluster open(List<Id> replicas, long seed, boolean durable, Cluster.Observer observer) {
      if (seed == 2) {
        secondIsUnderway.countDown();
        try {
          suiteHasThrown.await();
        } catch (InterruptedException noted) {
          interrupted.set(true);
        }
      }
      return sound.open(replicas, seed, durable, observer);
    }
  }

  @Test
  void a_suite_that_ends_by_an_exception_interrupts_no_run_and_tells_no_outcome_of_it()
      throws Exception {
    InterruptNotingWorld world = new InterruptNotingWorld();
    SuiteRunner suite =
        new SuiteRunner(
            world,
            2,
            new SuiteRunner.Listener() {
              @Override
              public void began(Task task) {
                begun.add(task);
              }

              @Override
              public void ended(Task task, RunOutcome outcome) {
                ended.add(task);
              }
            });
    List<Thread> before = List.copyOf(Thread.getAllStackTraces().keySet());
    assertThatThrownBy(
            () ->
                suite.play(
                    tasks(2),
                    outcome -> {
                      try {
                        world.secondIsUnderway.await();
                      } catch (InterruptedException never) {
                        throw new AssertionError(never);
                      }
                      throw new IllegalStateException("no room on the disk");
                    }))
        .hasMessage("no room on the disk");
    world.suiteHasThrown.countDown();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && thread.getName().startsWith("pool-")) {
        thread.join(20_000);
      }
    }
    assertThat(world.interrupted).isFalse();
    assertThat(ended).extracting(Task::seed).containsExactly(1L);
  }
}
