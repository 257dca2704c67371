package raftlab.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.lab.MessagesInFlight.MessageInFlight;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Going back and forth in time in the simulated world. */
class TimeTravelTest {
  private final TestConsole console = TestConsole.simulated();

  @BeforeEach
  void elect_a_leader() {
    console.obey("start 5", "run until leader");
  }

  @AfterEach
  void close() {
    console.close();
  }

  private LiveCluster cluster() {
    return console.console().session().cluster();
  }

  private List<Event> events() {
    return List.copyOf(cluster().lab().trace().events());
  }

  /** All events with the bytes of their messages. */
  private List<String> run() {
    return events().stream()
        .map(
            event ->
                event instanceof Event.Sent sent
                    ? sent.atMicros()
                        + " "
                        + sent.number()
                        + sent.from()
                        + sent.to()
                        + new String(sent.message().bytes(), StandardCharsets.UTF_8)
                    : event.toString())
        .toList();
  }

  private List<Integer> inFlight() {
    return cluster().lab().messagesInFlight().all().stream().map(MessageInFlight::number).toList();
  }

  @Test
  void a_step_is_undone_completely() {
    console.obey("put x 1");
    List<String> before = run();
    console.obey("step", "step", "back", "back");
    assertThat(run()).isEqualTo(before);
  }

  @Test
  void after_going_back_the_same_commands_lead_to_the_same_events() {
    console.obey("put x 1", "crash leader", "put y 2", "drop 20%", "run 2s");
    List<String> first = run();
    console.obey("back 5");
    assertThat(run()).hasSizeLessThan(first.size());
    console.obey("put x 1", "crash leader", "put y 2", "drop 20%", "run 2s");
    assertThat(run()).isEqualTo(first);
  }

  @Test
  void a_command_that_was_interrupted_is_repeated_up_to_there() throws Exception {
    java.util.concurrent.CountDownLatch underWay = new java.util.concurrent.CountDownLatch(500);
    cluster().onEvent(event -> underWay.countDown());
    var waiting = java.util.concurrent.CompletableFuture.runAsync(() -> console.obey("run 82800"));
    assertThat(underWay.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    console.console().stop();
    waiting.get();
    List<String> before = run();
    long micros = cluster().lab().nowMicros();
    console.obey("step", "back");
    assertThat(cluster().lab().nowMicros()).isEqualTo(micros);
    assertThat(run()).isEqualTo(before);
  }

  @Test
  void a_named_state_is_found_again() {
    console.obey("put x 1", "branch here");
    List<String> before = run();
    console.obey("crash all", "run 1s", "goto here");
    assertThat(run()).isEqualTo(before);
    assertThat(console.obey("get x")).startsWith("\"1\"");
  }

  @Test
  void a_time_in_the_middle_of_a_command_is_reached_exactly() {
    console.obey("run 2s", "goto 1.25s");
    assertThat(cluster().lab().nowMicros()).isEqualTo(1_250_000);
    console.obey("goto 3s");
    assertThat(cluster().lab().nowMicros()).isEqualTo(3_000_000);
    console.obey("goto 1.25s", "step", "back");
    assertThat(cluster().lab().nowMicros()).isEqualTo(1_250_000);
  }

  @Test
  void each_branch_keeps_its_own_future() {
    console.obey("branch fork", "crash leader", "run 2s");
    Moment one = console.console().session().moment();
    console.obey("goto fork", "put x 1");
    Moment other = console.console().session().moment();
    console.obey("branches");
    assertThat(one.verdict()).isNotNull().extracting(BranchVerdict::status).isEqualTo(Status.PASS);
    assertThat(other.verdict())
        .isNotNull()
        .extracting(BranchVerdict::status)
        .isEqualTo(Status.PASS);
    assertThat(console.console().session().moment()).isSameAs(other);
    assertThat(Rewinder.named(other, "fork").next()).hasSize(2);
  }

  @Test
  void what_if_compares_two_futures_and_changes_nothing() {
    List<String> before = run();
    String said = console.obey("what-if crash leader");
    assertThat(said).contains("leader  ", "without: ", "down");
    assertThat(run()).isEqualTo(before);
    assertThat(console.obey("what-if messages")).contains("nothing differs");
  }

  @Test
  void a_message_that_is_dropped_never_arrives() {
    console.obey("timeout " + follower());
    MessageInFlight first = cluster().lab().messagesInFlight().all().get(0);
    console.obey("drop " + first.number(), "run 1s");
    assertThat(events())
        .anyMatch(
            event ->
                event instanceof Event.Dropped dropped
                    && dropped.number() == first.sent().number()
                    && dropped.why() == Event.DropReason.PLANNED);
    assertThat(events()).doesNotContain(delivered(first, events()));
  }

  private static Event delivered(MessageInFlight message, List<Event> events) {
    return events.stream()
        .filter(
            event ->
                event instanceof Event.Delivered delivered
                    && delivered.number() == message.sent().number())
        .findFirst()
        .orElse(new Event.Delivered(-1, -1));
  }

  @Test
  void a_message_is_delivered_at_once_or_later_or_twice() {
    console.obey("timeout " + follower());
    List<MessageInFlight> all = cluster().lab().messagesInFlight().all();
    long now = cluster().lab().nowMicros();
    console.obey("deliver " + all.get(0).number());
    assertThat(delivered(all.get(0), events()).atMicros()).isEqualTo(now);
    console.obey("delay " + all.get(1).number() + " 200ms", "duplicate " + all.get(1).number());
    console.obey("run 1s");
    List<Long> times =
        events().stream()
            .filter(
                event ->
                    event instanceof Event.Delivered delivered
                        && delivered.number() == all.get(1).sent().number())
            .map(Event::atMicros)
            .toList();
    assertThat(times).hasSize(2).allMatch(time -> time == all.get(1).dueMicros() + 200_000);
  }

  private String follower() {
    Id leader = cluster().lab().leader().orElseThrow();
    return cluster().lab().replicas().stream()
        .filter(id -> !id.equals(leader))
        .findFirst()
        .orElseThrow()
        .toString();
  }

  @Test
  void the_number_of_a_message_stays_while_others_come_and_go() {
    console.obey("timeout " + follower());
    List<Integer> before = inFlight();
    assertThat(before).startsWith(1, 2);
    console.obey("drop 1");
    assertThat(inFlight()).doesNotContain(1).contains(2);
  }

  @Test
  void requests_in_the_background_and_triggers_are_repeated_too() {
    console.obey("load 100/s mix=0.3 for 2s", "on ok from leader crash leader", "run 3s");
    List<String> first = run();
    console.obey("run 1s", "back");
    assertThat(run()).isEqualTo(first);
    console.obey("back", "run 3s");
    assertThat(run()).isEqualTo(first);
  }

  @Test
  void step_and_back_are_fast_after_ten_thousand_events() {
    while (cluster().eventCount() < 10_000) {
      console.obey("run 2s", "put x 1");
    }
    console.obey("step", "back");
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      long from = System.nanoTime();
      console.obey("step");
      console.obey("back");
      times.add((System.nanoTime() - from) / 1_000_000);
    }
    Collections.sort(times);
    // Half of what the user would notice, on a machine that others use, too.
    assertThat(times.get(0)).isLessThan(100);
  }

  @Test
  void processes_can_not_go_back() {
    try (TestConsole other =
        new TestConsole(
            new raftlab.cluster.process.ProcessWorld(
                raftlab.cluster.process.ReplicaCommand.reference()))) {
      other.obey("start 3");
      for (String line : List.of("step", "back", "branch a", "timeout 1", "what-if heal")) {
        assertThat(other.obey(line)).contains("start 5 --sim");
      }
    }
  }
}
