package raftlab.run.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import raftlab.cluster.process.ProcessWorld;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Delay;
import raftlab.scenario.LinkConditions;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.workload.CourseClients;

/** What a rough network does to messages reaches processes as it is. */
class RoughProcessTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);
  private static final int COUNT = 50;
  private static final long DELAY = 5_000;
  private static final long BOUND_MICROS = 60_000_000;

  private final Trace trace =
      new Trace(
          new TraceHeader(
              "x", "", "process", 1, List.of(), ScenarioRunner.replicas(2), CourseClients.ids(2)));
  private final Id client = trace.header().clients().get(0);
  private Lab lab;
  private int requests;

  @BeforeEach
  void open() {
    ReplicaCommand program = ReplicaCommand.parse("src/test/resources/replicas/tells");
    lab = new Lab(new ProcessWorld(program), trace, 0, false);
    lab.replicas().forEach(lab::start);
    await(() -> lab.ready().size() == 2);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private void await(BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      assertThat(lab.nowMicros()).as("%s", trace.events()).isLessThan(BOUND_MICROS);
      lab.step(lab.nowMicros() + 100_000);
    }
  }

  private <T extends Event> List<T> all(Class<T> type) {
    return trace.events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Lets A send B messages, and waits until B has printed the given number of lines. */
  private List<String> sendToB(int count, int printed) {
    String mid = "m" + ++requests;
    lab.requests().send(Message.put(client, A, A, mid, B.toString(), Integer.toString(count)));
    await(() -> all(Event.Printed.class).size() >= printed);
    return all(Event.Printed.class).stream().map(Event.Printed::line).toList();
  }

  @Test
  void delays_of_a_few_milliseconds_are_kept_to_the_millisecond() {
    lab.links().conditions(LinkConditions.PERFECT.withDelay(Delay.constant(DELAY)));
    long late;
    int sentCount = 0;
    // The machine may be busy, but not every time.
    do {
      sendToB(1, ++sentCount);
      late = last(Event.Delivered.class).atMicros() - last(Event.Delayed.class).atMicros() - DELAY;
      assertThat(late).isNotNegative();
    } while (late > 1_000);
    assertThat(all(Event.Delayed.class)).hasSize(sentCount);
  }

  private <T extends Event> T last(Class<T> type) {
    List<T> all = all(type);
    return all.get(all.size() - 1);
  }

  @Test
  void a_doubled_message_reaches_its_process_twice() {
    lab.links().conditions(new LinkConditions(0, Delay.uniform(0, 9_000), 1, 0, Delay.NONE, 0, 0));
    Map<String, Integer> times = new HashMap<>();
    sendToB(COUNT, 2 * COUNT).forEach(line -> times.merge(line, 1, Integer::sum));
    assertThat(times).hasSize(COUNT);
    assertThat(times.values()).containsOnly(2);
  }

  @Test
  void a_changed_message_reaches_its_process_as_changed_bytes() {
    lab.links().conditions(new LinkConditions(0, Delay.NONE, 0, 0, Delay.NONE, 0, 1));
    List<String> lines = sendToB(COUNT, COUNT);
    assertThat(lines).hasSize(COUNT).doesNotContain(asSent(0), asSent(1));
    assertThat(all(Event.Corrupted.class)).hasSize(COUNT);
  }

  private static String asSent(int number) {
    return "b'{\"src\": \"0000\", \"dst\": \"0001\", \"leader\": \"FFFF\", \"type\": \"tell\", \"number\": "
        + number
        + "}'";
  }

  @Test
  void unchanged_messages_reach_their_process_byte_by_byte_and_in_order() {
    assertThat(sendToB(2, 2)).containsExactly(asSent(0), asSent(1));
  }

  @Test
  void a_late_answer_of_a_process_counts_when_it_arrives() {
    lab.links().clientConditions(LinkConditions.PERFECT.withDelay(Delay.constant(DELAY)));
    sendToB(1, 1);
    await(() -> !all(Event.Answered.class).isEmpty());
    long asked = all(Event.Requested.class).get(0).atMicros();
    assertThat(all(Event.Answered.class).get(0).atMicros() - asked)
        .isGreaterThanOrEqualTo(2 * DELAY);
  }
}
