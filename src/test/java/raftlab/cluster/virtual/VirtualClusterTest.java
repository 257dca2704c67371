package raftlab.cluster.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import raftlab.cluster.Cluster;
import raftlab.cluster.RecordingObserver;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** A program that asks the system for many things, on virtual time. */
class VirtualClusterTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);
  private static final long SECOND = 1_000_000;

  /** Records what the replica answers. */
  private static final class Answers extends RecordingObserver {
    private final List<String> values = new ArrayList<>();

    @Override
    public void received(Id from, Message message) {
      if (message.type().equals("answer")) {
        values.add(message.textOrNull("value"));
      }
      super.received(from, message);
    }
  }

  private static VirtualWorld world;
  private Answers observer = new Answers();
  private Cluster cluster;

  @BeforeAll
  static void find_supervisor() {
    VirtualMachineCheck.assumeItCanRun();
    world = VirtualWorld.of(ReplicaCommand.parse("src/test/resources/replicas/asks-system"));
  }

  @BeforeEach
  void open() {
    observer = new Answers();
    cluster = world.open(List.of(A, B), 1, true, observer);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private void start() {
    cluster.start(A);
    runFor(SECOND);
    assertThat(observer.lines()).contains("0000 ready");
  }

  private void runFor(long micros) {
    long until = cluster.nowMicros() + micros;
    while (cluster.nowMicros() < until) {
      cluster.advance(until);
    }
  }

  private void deliver(String type) {
    cluster.deliver(A, Message.of(B, A, Id.BROADCAST, type, null, new JsonObject()));
  }

  private String answer(String type, long withinMicros) {
    observer.values.clear();
    deliver(type);
    runFor(withinMicros);
    assertThat(observer.values).as("%s", observer.lines()).hasSize(1);
    return observer.values.get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "date, 2024-01-01",
    "sleep, slept",
    "threads, 4",
    "child, 2",
    "connect, Permission denied",
    "wild, Bad address",
    "timeout, timed out",
    "pid, 1000",
    "port, 40000",
    "poll, []",
    "close-all, 4",
    "kill-parent, No such process No such process reached",
    "odd-calls, True",
    "signals, 1",
    "bomb, 511"
  })
  void a_program_gets_the_expected_answers(String question, String expected) {
    start();
    assertThat(answer(question, 20 * SECOND)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "hash", "clock", "spin"})
  void another_cluster_with_the_same_seed_gives_the_same_answers(String question) {
    start();
    String first = answer(question, 5 * SECOND);
    close();
    open();
    start();
    assertThat(answer(question, 5 * SECOND)).isEqualTo(first);
  }

  @Test
  void another_seed_gives_other_random_bytes() {
    start();
    String first = answer("random", SECOND);
    close();
    cluster = world.open(List.of(A, B), 2, true, observer);
    start();
    assertThat(answer("random", SECOND)).isNotEqualTo(first);
  }

  @Test
  void time_passes_only_by_waits() {
    start();
    long before = Long.parseLong(answer("clock", SECOND));
    runFor(3600 * SECOND);
    assertThat(Long.parseLong(answer("clock", SECOND)) - before).isBetween(3600_500L, 3601_500L);
  }

  @Test
  void a_sleep_takes_its_virtual_time() {
    start();
    deliver("sleep");
    runFor(9 * SECOND);
    assertThat(observer.values).isEmpty();
    runFor(2 * SECOND);
    assertThat(observer.values).containsExactly("slept");
  }

  @Test
  void a_program_that_polls_its_clock_sees_time_pass() {
    start();
    assertThat(Integer.parseInt(answer("spin", 2 * SECOND))).isBetween(100, 1_000_000);
  }

  @Test
  void a_fast_clock_runs_fast() {
    start();
    cluster.setClockRate(A, 2);
    long before = Long.parseLong(answer("clock", SECOND));
    runFor(99 * SECOND);
    assertThat(Long.parseLong(answer("clock", SECOND)) - before).isBetween(199_900L, 200_100L);
    deliver("sleep");
    runFor(6 * SECOND);
    assertThat(observer.values).contains("slept");
  }

  @Test
  void a_program_that_exits_is_reported_with_its_last_words() {
    start();
    deliver("exit");
    runFor(SECOND);
    assertThat(observer.lines()).contains("0000 printed last words", "0000 exited 3 [last words]");
  }

  @Test
  void the_name_of_the_data_folder_is_the_same_in_each_run() {
    start();
    answer("folder", SECOND);
    assertThat(observer.lines()).contains("0000 printed $RAFTLAB_DATA_DIR/x");
  }

  @Test
  void a_paused_program_gets_its_messages_when_it_is_resumed() {
    start();
    cluster.pause(A);
    deliver("pid");
    runFor(5 * SECOND);
    assertThat(observer.values).isEmpty();
    cluster.resume(A);
    runFor(SECOND);
    assertThat(observer.values).containsExactly("1000");
  }

  @Test
  void a_crashed_program_can_be_started_again() {
    start();
    cluster.crash(A);
    deliver("pid");
    runFor(SECOND);
    assertThat(observer.values).isEmpty();
    cluster.start(A);
    runFor(SECOND);
    assertThat(answer("pid", SECOND)).isEqualTo("1000");
  }

  @Test
  void a_crash_during_the_next_step_comes_with_the_next_message() {
    start();
    cluster.crashDuringNextStep(A);
    deliver("pid");
    runFor(SECOND);
    assertThat(observer.lines()).endsWith("0000 sent answer", "0000 crashed midway");
  }
}
