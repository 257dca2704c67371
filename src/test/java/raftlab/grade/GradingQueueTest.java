package raftlab.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import raftlab.grade.GradingQueue.Job;
import raftlab.grade.GradingQueue.Play;
import raftlab.grade.GradingQueue.Prepare;
import raftlab.grade.GradingQueue.RunEnd;
import raftlab.grade.TeamWork.PlannedRun;
import raftlab.grade.store.ScenarioRecord;
import raftlab.handin.HandIn;
import raftlab.scenario.Scenario;

class GradingQueueTest {
  private static final RunEnd GOOD = new RunEnd(false, false, OptionalDouble.empty());
  private static final RunEnd NOT_STARTED = new RunEnd(true, false, OptionalDouble.empty());
  private static final RunEnd DISTURBED = new RunEnd(false, true, OptionalDouble.empty());

  private final ExecutorService waiting = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    waiting.shutdownNow();
  }

  private static TeamWork team(String name, int runs) {
    List<PlannedRun> planned = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      ScenarioRecord scenario =
          new ScenarioRecord("s-" + i, "suite", "s-" + i, "", "", 1, 1, List.of(), "", "");
      planned.add(new PlannedRun(scenario, 0));
    }
    return new TeamWork(
        StoredGrading.team(name), new HandIn(name, Path.of(name), name + ".txt"), 1, planned);
  }

  private static GradingQueue queue(RunBudget budget, TeamWork... teams) {
    return new GradingQueue(List.of(teams), budget, 2);
  }

  private static final class NoPlayer implements RunPlayer {
    private boolean stopped;

    @Override
    public Optional<PlayedRun> play(Scenario scenario, long seed, Runnable onBegun) {
      throw new IllegalStateException("nothing is played here");
    }

    @Override
    public void stop() {
      stopped = true;
    }
  }

  private static Play play(GradingQueue queue) throws InterruptedException {
    return (Play) queue.take().orElseThrow();
  }

  private static Play begun(GradingQueue queue) throws InterruptedException {
    Play play = play(queue);
    queue.begun(play);
    return play;
  }

  private static void prepare(GradingQueue queue, TeamWork team) throws InterruptedException {
    Job job = queue.take().orElseThrow();
    assertThat(job).isInstanceOf(Prepare.class);
    assertThat(job.work()).isSameAs(team);
    queue.prepared(team, new NoPlayer());
  }

  private static <T> Future<T> assertWaits(ExecutorService threads, Callable<T> call)
      throws InterruptedException {
    Thread[] its = new Thread[1];
    Future<T> future =
        threads.submit(
            () -> {
              its[0] = Thread.currentThread();
              return call.call();
            });
    while (its[0] == null
        || its[0].getState() != Thread.State.WAITING
            && its[0].getState() != Thread.State.TIMED_WAITING) {
      assertThat(future.isDone()).isFalse();
      Thread.onSpinWait();
    }
    return future;
  }

  @Test
  void the_next_hand_in_is_built_while_the_last_runs_of_a_team_are_played() throws Exception {
    TeamWork a = team("a", 2);
    TeamWork b = team("b", 1);
    GradingQueue queue = queue(RunBudget.fixed(3), a, b);
    prepare(queue, a);
    Play first = begun(queue);
    Play second = begun(queue);
    assertThat(List.of(first.work(), second.work())).containsOnly(a);
    prepare(queue, b);
    Play third = begun(queue);
    assertThat(third.work()).isSameAs(b);
    assertThat(queue.ended(first, GOOD)).isFalse();
    assertThat(queue.ended(second, GOOD)).isTrue();
    assertThat(queue.ended(third, GOOD)).isTrue();
    assertThat(queue.take()).isEmpty();
  }

  @Test
  void until_a_replica_has_started_a_team_plays_one_run_at_a_time() throws Exception {
    TeamWork a = team("a", 3);
    TeamWork b = team("b", 1);
    GradingQueue queue = queue(RunBudget.fixed(3), a, b);
    prepare(queue, a);
    Play first = play(queue);
    prepare(queue, b);
    queue.ended(first, NOT_STARTED);
    Play second = play(queue);
    assertThat(second.work()).isSameAs(a);
    assertThat(queue.ended(second, NOT_STARTED)).isTrue();
    assertThat(a.neverStarts()).isTrue();
    assertThat(begun(queue).work()).isSameAs(b);
  }

  @Test
  void one_failed_start_does_not_skip_the_other_runs() throws Exception {
    TeamWork a = team("a", 4);
    GradingQueue queue = queue(RunBudget.fixed(1), a);
    prepare(queue, a);
    for (RunEnd end : List.of(NOT_STARTED, GOOD, NOT_STARTED)) {
      assertThat(queue.ended(play(queue), end)).isFalse();
    }
    assertThat(queue.ended(play(queue), GOOD)).isTrue();
    assertThat(a.neverStarts()).isFalse();
  }

  @Test
  void a_disturbed_run_is_played_again_when_nothing_else_is_done_any_more() throws Exception {
    TeamWork a = team("a", 2);
    GradingQueue queue = queue(RunBudget.fixed(2), a);
    prepare(queue, a);
    Play first = begun(queue);
    Play second = begun(queue);
    assertThat(queue.ended(first, DISTURBED)).isFalse();
    Future<Optional<Job>> next = assertWaits(waiting, queue::take);
    assertThat(queue.ended(second, DISTURBED)).isFalse();
    Play again = (Play) next.get(20, TimeUnit.SECONDS).orElseThrow();
    assertThat(again.alone()).isTrue();
    assertThat(again.run()).isEqualTo(first.run());
    queue.begun(again);
    Future<Optional<Job>> another = assertWaits(waiting, queue::take);
    assertThat(queue.ended(again, GOOD)).isFalse();
    Play last = (Play) another.get(20, TimeUnit.SECONDS).orElseThrow();
    assertThat(queue.ended(last, DISTURBED)).isTrue();
    assertThat(queue.take()).isEmpty();
  }

  @Test
  void replicas_of_one_run_at_a_time_start() throws Exception {
    TeamWork a = team("a", 3);
    a.hasStarted = true;
    GradingQueue queue = queue(RunBudget.fixed(3), a);
    prepare(queue, a);
    Play first = play(queue);
    Future<Optional<Job>> next = assertWaits(waiting, queue::take);
    queue.begun(first);
    assertThat(next.get(20, TimeUnit.SECONDS)).isPresent();
  }

  @Test
  void a_measured_budget_plays_as_many_runs_as_the_processors_can() throws Exception {
    RunBudget budget = RunBudget.measured(6, 2);
    assertThat(budget.fits(-1)).isTrue();
    budget.begin(-1);
    budget.begin(-1);
    assertThat(budget.fits(-1)).isFalse();
    budget.end(-1);
    budget.end(-1);
    for (int i = 0; i < 6; i++) {
      assertThat(budget.fits(0.2)).isTrue();
      budget.begin(0.2);
    }
    assertThat(budget.fits(0)).isFalse();
    for (int i = 0; i < 6; i++) {
      budget.end(0.2);
    }
    assertThat(budget.fits(5)).as("one run always fits").isTrue();
    budget.begin(1.2);
    budget.disturbed();
    assertThat(budget.fits(0.2)).isFalse();
  }

  @Test
  void a_team_without_a_program_is_done_and_a_stopped_queue_gives_out_nothing() throws Exception {
    TeamWork a = team("a", 2);
    TeamWork b = team("b", 2);
    GradingQueue queue = queue(RunBudget.fixed(1), a, b);
    assertThat(queue.take()).isPresent();
    assertThat(queue.prepared(a, null)).isTrue();
    assertThat(queue.take().orElseThrow().work()).isSameAs(b);
    NoPlayer player = new NoPlayer();
    queue.prepared(b, player);
    queue.stop();
    assertThat(queue.take()).isEmpty();
    assertThat(player.stopped).isTrue();
  }
}
