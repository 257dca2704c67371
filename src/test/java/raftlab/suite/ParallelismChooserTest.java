package raftlab.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import raftlab.cluster.Cluster;
import raftlab.cluster.ProcessorCount;
import raftlab.cluster.World;
import raftlab.cluster.WorldCapability;
import raftlab.cluster.sim.SimWorld;
import raftlab.raft.RaftNode;
import raftlab.suite.ParallelismChooser.RunSlot;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** How many runs are played at a time follows from what the first one needs. */
@Timeout(30)
class ParallelismChooserTest {
  private static final Id A = Id.of(0);
  private static final int USUAL = 3 * ProcessorCount.count();

  /** A world that is only asked for its name. */
  private record Processes() implements World {
    @Override
    public String name() {
      return "process";
    }

    @Override
    public List<String> replicaCommand() {
      return List.of();
    }

    @Override
    public boolean usesWallClock() {
      return true;
    }

    @Override
    public boolean supports(WorldCapability ability) {
      return false;
    }

    @Override
    public Cluster open(List<Id> replicas, long seed, boolean durable, Cluster.Observer observer) {
      throw new IllegalStateException();
    }
  }

  private final List<String> messages = new ArrayList<>();
  private final ParallelismChooser jobs =
      ParallelismChooser.measured(new Processes(), messages::add);

  @ParameterizedTest
  @CsvSource({
    "0.09, 2, 6", // five quiet replicas
    "0.2, 2, 6",
    "0.25, 2, 6",
    "0.3, 2, 5",
    "0.5, 2, 3",
    "0.7, 2, 2",
    "0.8, 2, 1",
    "1.9, 2, 1", // five that poll
    "2.0, 2, 1",
    "2.0, 16, 6",
    "5.0, 8, 1",
    "0.6, 1, 1",
    "0, 2, 6"
  })
  void parallel_runs_use_at_most_three_quarters_of_the_machine(
      double used, int processors, int expected) {
    assertThat(ProcessorNeed.jobs(used, processors, 6)).isEqualTo(expected);
  }

  private static Event use(long atMicros, int own, int kit) {
    return new Event.ProcessorUse(
        atMicros, 250_000, 2, 10, own + kit, kit, 1, List.of(A), List.of(own));
  }

  @Test
  void a_start_counts_by_its_part_of_a_run() {
    ProcessorNeed need = new ProcessorNeed();
    need.onEvent(use(500_000, 200, 50));
    need.onEvent(new Event.Began(1_400_000));
    need.onEvent(use(2_000_000, 80, 50)); // 0.2 s of a processor
    need.onEvent(use(3_500_000, 10, 2));
    need.onEvent(use(4_000_000, 150, 40));
    assertThat(need.isComplete()).isFalse();
    need.onEvent(use(5_500_000, 21, 4));
    assertThat(need.isComplete()).isTrue();
    // 1.4 s of 2 processors and those 0.2 s in 20 s, and mostly a quarter of one
    assertThat(need.processorsUsed()).isEqualTo(0.4);
    assertThat(need.description(need.jobs(6)))
        .isEqualTo("3 runs at a time: each needs 0.4 of 2 cores");
  }

  @Test
  void replicas_that_poll_are_played_one_run_at_a_time() {
    ProcessorNeed need = new ProcessorNeed();
    need.onEvent(new Event.Began(200_000));
    need.onEvent(use(4_200_000, 190, 8));
    assertThat(need.description(need.jobs(6)))
        .isEqualTo("1 run at a time: it needs 2.0 of 2 cores");
  }

  private void measure(RunSlot turn, int own) {
    turn.onEvent(new Event.Began(100_000));
    turn.onEvent(use(4_200_000, own, 0));
  }

  @Test
  void the_first_run_is_alone_until_it_is_measured() throws InterruptedException {
    RunSlot first = jobs.begin();
    assertThat(jobs.limit()).isEqualTo(1);
    measure(first, 5);
    assertThat(jobs.limit()).isEqualTo(USUAL);
    assertThat(messages).isEmpty();
    jobs.begin().close();
    first.close();
  }

  @Test
  void a_first_run_with_high_processor_use_is_reported_once() throws InterruptedException {
    RunSlot first = jobs.begin();
    measure(first, 195);
    measure(first, 195);
    first.close();
    assertThat(jobs.limit()).isEqualTo(1);
    assertThat(messages)
        .singleElement()
        .asString()
        .startsWith("1 run at a time: it needs 2.0 of 2");
  }

  @Test
  void where_nothing_can_be_measured_there_are_as_many_as_usual_after_the_first()
      throws InterruptedException {
    RunSlot first = jobs.begin();
    first.onEvent(new Event.Began(100_000));
    first.close();
    assertThat(jobs.limit()).isEqualTo(USUAL);
  }

  @Test
  void there_are_fewer_when_runs_come_back_overloaded_but_one_is_left()
      throws InterruptedException {
    ParallelismChooser six = ParallelismChooser.fixed(new Processes(), 6);
    List<Integer> limits = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      six.overloaded();
      limits.add(six.limit());
    }
    assertThat(limits).containsExactly(6, 6, 6, 6, 6, 6); // as was asked for
    RunSlot first = jobs.begin();
    measure(first, 5);
    int before = jobs.limit();
    jobs.overloaded();
    assertThat(jobs.limit()).isLessThan(before);
    for (int i = 0; i < 20; i++) {
      jobs.overloaded();
    }
    assertThat(jobs.limit()).isEqualTo(1);
  }

  @Test
  void only_one_run_starts_its_replicas_at_a_time() throws InterruptedException {
    ParallelismChooser two = ParallelismChooser.fixed(new Processes(), 2);
    RunSlot first = two.begin();
    CountDownLatch begun = new CountDownLatch(1);
    Thread second = new Thread(() -> beginAndTell(two, begun));
    second.start();
    assertThat(begun.await(100, TimeUnit.MILLISECONDS)).isFalse();
    first.onEvent(new Event.Began(1));
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    second.join();
  }

  private static void beginAndTell(ParallelismChooser jobs, CountDownLatch begun) {
    try {
      jobs.begin();
      begun.countDown();
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void simulated_runs_need_a_processor_each_and_nothing_is_measured() throws InterruptedException {
    ParallelismChooser simulated =
        ParallelismChooser.measured(new SimWorld(RaftNode::new), messages::add);
    assertThat(simulated.limit()).isEqualTo(ProcessorCount.count());
    for (int i = 0; i < ProcessorCount.count(); i++) {
      simulated.begin();
    }
    assertThat(messages).isEmpty();
  }
}
