package raftlab.run.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import raftlab.cluster.World;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.check.Verdict.Status;
import raftlab.raft.RaftNode;
import raftlab.run.FailingWorld;
import raftlab.run.RunOutcome;
import raftlab.run.SmallScenario;
import raftlab.scenario.Scenario;
import raftlab.trace.Trace;

/** Runs that are played several at a time don't disturb each other. */
class RunPoolTest {
  private static final World SOUND = new SimWorld(RaftNode::new);
  private final Scenario scenario = SmallScenario.with("");
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  private Future<Optional<RunOutcome>> play(
      RunPool pool, World world, long seed, RunPool.Judging judging) {
    return pool.submit(
        () -> {
          threads.add(Thread.currentThread());
          return pool.play(scenario, world, seed, event -> {}, judging);
        });
  }

  private RunOutcome judge(Trace trace, double seconds) {
    return RunOutcome.of(scenario, trace, seconds);
  }

  private void assertAllEnd() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(10_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  @Test
  void a_run_that_throws_has_an_outcome_and_the_others_pass() throws InterruptedException {
    World world = new FailingWorld(SOUND, seed -> seed == 2);
    List<Status> statuses = new ArrayList<>();
    try (RunPool pool = new RunPool(2)) {
      List<Future<Optional<RunOutcome>>> runs = new ArrayList<>();
      for (long seed = 1; seed <= 4; seed++) {
        runs.add(play(pool, world, seed, this::judge));
      }
      for (Future<Optional<RunOutcome>> run : runs) {
        statuses.add(RunPool.get(run).orElseThrow().status());
      }
    }
    assertThat(statuses).containsExactly(Status.PASS, Status.UNKNOWN, Status.PASS, Status.PASS);
    assertThat(threads).hasSizeBetween(1, 2);
    assertAllEnd();
  }

  @Test
  void an_error_while_a_run_is_judged_is_in_its_outcome() throws InterruptedException {
    try (RunPool pool = new RunPool(1)) {
      Future<Optional<RunOutcome>> broken =
          play(
              pool,
              SOUND,
              1,
              (trace, seconds) -> {
                throw new StackOverflowError("too deep");
              });
      assertThat(RunPool.get(broken).orElseThrow().judgement().isOfBrokenKit()).isTrue();
      assertThat(RunPool.get(play(pool, SOUND, 2, this::judge)).orElseThrow().status())
          .isEqualTo(Status.PASS);
    }
  }

  @Test
  void closing_it_ends_what_is_under_way_without_an_outcome() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Future<Optional<RunOutcome>> run;
    Future<Optional<RunOutcome>> waiting;
    try (RunPool pool = new RunPool(1)) {
      run =
          pool.submit(
              () -> {
                threads.add(Thread.currentThread());
                return pool.play(
                    scenario,
                    SOUND,
                    1,
                    event -> {
                      begun.countDown();
                      while (!pool.isStopped()) {
                        Thread.onSpinWait();
                      }
                    },
                    this::judge);
              });
      waiting = play(pool, SOUND, 2, this::judge);
      begun.await();
    }
    assertThat(RunPool.get(run)).isEmpty();
    assertThat(RunPool.get(waiting)).isEmpty();
    assertThat(threads).hasSize(1);
    assertAllEnd();
  }
}
