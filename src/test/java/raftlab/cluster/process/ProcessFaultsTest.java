package raftlab.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import raftlab.cluster.Cluster;
import raftlab.cluster.DiskFault;
import raftlab.cluster.RecordingObserver;
import raftlab.cluster.WorldCapability;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Real processes that are stopped, killed between two messages, and whose files go bad. */
class ProcessFaultsTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);
  private static final long BOUND_MICROS = 60_000_000;
  private static final ReplicaCommand ECHOES =
      ReplicaCommand.parse("src/test/resources/replicas/echoes");
  private static final ReplicaCommand REMEMBERS =
      ReplicaCommand.parse("src/test/resources/replicas/remembers");

  private final RecordingObserver observer = new RecordingObserver();
  private Cluster cluster;

  private void open(ReplicaCommand command) {
    cluster = new ProcessWorld(command).open(List.of(A, B), 1, true, observer);
  }

  /** Two replicas that have sent hello and have printed the numbers of their processes. */
  private void openEchoes() {
    open(ECHOES);
    cluster.start(A);
    cluster.start(B);
    await(() -> pids(A).size() == 2 && pids(B).size() == 2);
    observer.lines().removeIf(line -> line.contains(" sent hello"));
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private void await(BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      assertThat(cluster.nowMicros()).as("%s", observer.lines()).isLessThan(BOUND_MICROS);
      cluster.advance(cluster.nowMicros() + 100_000);
    }
  }

  private void await(String line) {
    await(() -> observer.lines().contains(line));
  }

  private void deliver(Id to, String type) {
    cluster.deliver(to, Message.of(B, to, Id.BROADCAST, type, null, new JsonObject()));
  }

  private void deliverTerm(int term) {
    JsonObject fields = new JsonObject();
    fields.addProperty("term", term);
    fields.addProperty("granted", false);
    fields.addProperty("round", 1);
    cluster.deliver(A, Message.of(B, A, Id.BROADCAST, "voteReply", null, fields));
  }

  /** The process of a replica and its child, as it has printed them when it was last started. */
  private List<Long> pids(Id replica) {
    String printed = replica + " printed ";
    String last = "";
    for (String line : observer.lines()) {
      last = line.startsWith(printed) ? line.substring(printed.length()) : last;
    }
    return Stream.of(last.split(" ")).filter(word -> !word.isEmpty()).map(Long::valueOf).toList();
  }

  private List<String> sent(Id replica) {
    return observer.lines().stream().filter(line -> line.startsWith(replica + " sent ")).toList();
  }

  /** What it sent but its hello, which may arrive late. */
  private List<String> answered(Id replica) {
    return sent(replica).stream().filter(line -> !line.endsWith(" sent hello")).toList();
  }

  /** What the system says of a process: {@code T} for one that is stopped. */
  private static char state(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException gone) {
      return 'X';
    }
  }

  private static boolean isGone(long pid) {
    return state(pid) == 'X' || state(pid) == 'Z';
  }

  @Test
  void a_paused_process_answers_nothing_and_then_what_waited() {
    openEchoes();
    cluster.pause(A);
    deliver(A, "a");
    deliver(A, "b");
    // The other one answers while this one could have.
    deliver(B, "x");
    await("0001 sent x 3");
    await(() -> pids(A).stream().allMatch(pid -> state(pid) == 'T'));
    assertThat(answered(A)).isEmpty();
    cluster.resume(A);
    await("0000 sent b 3");
    assertThat(answered(A))
        .containsExactly(
            "0000 sent a 1",
            "0000 sent a 2",
            "0000 sent a 3",
            "0000 sent b 1",
            "0000 sent b 2",
            "0000 sent b 3");
  }

  @Test
  void a_paused_process_can_be_crashed_and_started_again() {
    openEchoes();
    List<Long> first = pids(A);
    cluster.pause(A);
    deliver(A, "a");
    cluster.crash(A);
    await(() -> first.stream().allMatch(ProcessFaultsTest::isGone));
    observer.clear();
    cluster.start(A);
    await("0000 ready");
    deliver(A, "b");
    await("0000 sent b 3");
    assertThat(sent(A)).doesNotContain("0000 sent a 1");
  }

  @Test
  void the_end_of_a_paused_process_is_noticed() {
    openEchoes();
    cluster.pause(A);
    assertThat(ProcessHandle.of(pids(A).get(0)).orElseThrow().destroyForcibly()).isTrue();
    await("0000 exited 137 []");
  }

  @Test
  void no_process_stays_behind_when_the_cluster_is_closed_while_it_is_paused() throws Exception {
    openEchoes();
    List<ProcessHandle> processes =
        Stream.of(A, B)
            .flatMap(id -> pids(id).stream())
            .map(pid -> ProcessHandle.of(pid).orElseThrow())
            .toList();
    cluster.pause(A);
    cluster.close();
    assertThat(processes).hasSize(4);
    for (ProcessHandle process : processes) {
      process.onExit().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void pausing_and_resuming_a_replica_that_is_down_does_nothing() {
    openEchoes();
    cluster.crash(A);
    cluster.pause(A);
    cluster.resume(A);
    cluster.crashDuringNextStep(A);
    observer.clear();
    cluster.start(A);
    await("0000 ready");
    deliver(A, "a");
    await("0000 sent a 3");
  }

  @Test
  void a_process_that_is_to_crash_midway_is_down_after_its_next_message() {
    openEchoes();
    cluster.crashDuringNextStep(A);
    deliver(A, "a");
    await("0000 crashed midway");
    await(() -> pids(A).stream().allMatch(ProcessFaultsTest::isGone));
    deliver(B, "x");
    await("0001 sent x 3");
    assertThat(sent(A)).containsExactly("0000 sent a 1");
    assertThat(observer.lines()).noneMatch(line -> line.startsWith("0000 exited"));
  }

  @Test
  void a_process_that_is_crashed_at_its_first_message_sends_no_further_one() {
    cluster =
        new ProcessWorld(ECHOES)
            .open(
                List.of(A, B),
                1,
                true,
                new RecordingObserver() {
                  @Override
                  public void received(Id from, Message message) {
                    observer.received(from, message);
                    if (message.type().equals("a 1")) {
                      cluster.crash(from);
                      cluster.start(from);
                    }
                  }

                  @Override
                  public void ready(Id replica) {
                    observer.ready(replica);
                  }
                });
    cluster.start(A);
    await("0000 ready");
    deliver(A, "a");
    await("0000 sent a 1");
    observer.clear();
    await("0000 ready");
    deliver(A, "b");
    await("0000 sent b 3");
    assertThat(sent(A))
        .containsExactly("0000 sent hello", "0000 sent b 1", "0000 sent b 2", "0000 sent b 3");
  }

  @Test
  void a_process_that_is_crashed_as_soon_as_it_is_ready_sends_nothing() {
    cluster =
        new ProcessWorld(ECHOES)
            .open(
                List.of(A, B),
                1,
                true,
                new RecordingObserver() {
                  @Override
                  public void ready(Id replica) {
                    observer.ready(replica);
                    cluster.crash(replica);
                  }

                  @Override
                  public void received(Id from, Message message) {
                    observer.received(from, message);
                  }
                });
    cluster.start(A);
    await("0000 ready");
    assertThat(observer.lines()).containsExactly("0000 ready");
  }

  @Test
  void the_reference_replica_refuses_what_was_corrupted_while_it_was_down() {
    open(ReplicaCommand.reference());
    storeTerm();
    assertThatThrownBy(() -> cluster.applyDiskFault(A, new DiskFault.Corrupt()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("replica 0000 runs, expected one that is down");
    cluster.crash(A);
    assertThat(cluster.applyDiskFault(A, new DiskFault.Corrupt()))
        .matches("byte \\d+ of the \\d+ of its file journal changed");
    observer.clear();
    cluster.start(A);
    await(() -> observer.lines().stream().anyMatch(line -> line.contains("exited 1")));
    assertThat(observer.lines().get(observer.lines().size() - 1))
        .contains("/journal: byte ", "the file is damaged");
  }

  private void storeTerm() {
    cluster.start(A);
    await("0000 ready");
    deliverTerm(5);
    await(() -> observer.lines().contains("0000 TermChanged[term=5]"));
  }

  @Test
  void the_reference_replica_cuts_off_a_torn_write_and_keeps_the_rest() {
    open(ReplicaCommand.reference());
    storeTerm();
    cluster.applyDiskFault(A, new DiskFault.Torn());
    cluster.crash(A);
    observer.clear();
    cluster.start(A);
    await(() -> observer.lines().stream().anyMatch(line -> line.contains("Restored[term=5")));
    assertThat(observer.lines()).noneMatch(line -> line.contains("exited"));
  }

  @Test
  void the_largest_file_of_any_replica_can_be_corrupted() {
    open(REMEMBERS);
    assertThatThrownBy(() -> cluster.applyDiskFault(A, new DiskFault.Corrupt()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("replica 0000 has stored nothing");
    cluster.start(A);
    await("0000 sent awake");
    deliverTerm(777);
    await("0000 sent stored");
    cluster.crash(A);
    assertThat(cluster.applyDiskFault(A, new DiskFault.Corrupt()))
        .isEqualTo("byte 1 of the 3 of its file term changed");
    observer.clear();
    cluster.start(A);
    await("0000 sent awake");
    assertThat(observer.lines()).anyMatch(line -> line.contains("Restored[term=787"));
  }

  @Test
  void it_says_first_what_it_cannot_do() {
    ProcessWorld world = new ProcessWorld(REMEMBERS);
    assertThat(Stream.of(WorldCapability.values()).filter(world::supports)).isEmpty();
    ProcessWorld reference = new ProcessWorld(ReplicaCommand.reference());
    assertThat(Stream.of(WorldCapability.values()).filter(reference::supports))
        .containsExactly(WorldCapability.TORN_WRITES);
    open(REMEMBERS);
    assertThatThrownBy(() -> cluster.setClockRate(A, 2))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("the world \"process\" can't let clocks run fast or slow, \"sim\" can");
    assertThatThrownBy(() -> cluster.applyDiskFault(A, new DiskFault.Torn()))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("the world \"process\" can't tear a write of this replica, \"sim\" can");
    assertThatThrownBy(() -> cluster.applyDiskFault(A, new DiskFault.Slow(5)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("the world \"process\" can't fill disks or slow them down, \"sim\" can");
  }
}
