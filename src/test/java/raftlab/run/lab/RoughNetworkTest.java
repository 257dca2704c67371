package raftlab.run.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import raftlab.cluster.sim.SimWorld;
import raftlab.network.ScriptedMessageEvent;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Delay;
import raftlab.scenario.LinkConditions;
import raftlab.trace.Event;
import raftlab.trace.Event.DropReason;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.workload.CourseClients;

/**
 * What a rough network does to messages, and what the trace records of it, in the simulated world.
 */
class RoughNetworkTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);
  private static final long DELAY = 40_000;
  private static final LinkConditions SLOW =
      LinkConditions.PERFECT.withDelay(Delay.constant(DELAY));
  private static final LinkConditions DOUBLING =
      new LinkConditions(0, Delay.NONE, 1, 0, Delay.NONE, 0, 0);
  private static final LinkConditions CHANGING =
      new LinkConditions(0, Delay.NONE, 0, 0, Delay.NONE, 0, 1);

  private final Trace trace =
      new Trace(
          new TraceHeader(
              "x", "", "sim", 1, List.of(), ScenarioRunner.replicas(3), CourseClients.ids(3)));
  private final Id client = trace.header().clients().get(0);
  private final List<String> received = new ArrayList<>();
  private final List<Message> answers = new ArrayList<>();
  private Lab lab;
  private int requests;

  @BeforeEach
  void open() {
    lab = new Lab(new SimWorld(host -> new MessageSendingNode(host, received)), trace, 0, true);
    lab.replicas().forEach(lab::start);
    lab.clientReceiver(answers::add);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  /** Lets A send B a message, and lets the given time pass. */
  private void sendToB(String what, long micros) {
    String mid = "m" + ++requests;
    lab.requests().send(Message.put(client, A, Id.BROADCAST, mid, B.toString(), what));
    lab.runUntil(lab.nowMicros() + micros);
  }

  private <T extends Event> List<T> all(Class<T> type) {
    return trace.events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  private Event.Sent sent(Id from, Id to) {
    return all(Event.Sent.class).stream()
        .filter(sent -> sent.from().equals(from) && sent.to().equals(to))
        .findFirst()
        .orElseThrow();
  }

  /** The events that record what became of a message. */
  private List<Event> of(Event.Sent sent) {
    return trace.events().stream()
        .filter(
            event ->
                event instanceof Event.Delivered it && it.number() == sent.number()
                    || event instanceof Event.Delayed late && late.number() == sent.number()
                    || event instanceof Event.Duplicated twice && twice.number() == sent.number()
                    || event instanceof Event.Corrupted bad && bad.number() == sent.number()
                    || event instanceof Event.Dropped lost && lost.number() == sent.number())
        .toList();
  }

  @Test
  void a_delay_is_recorded_when_the_message_is_sent_and_the_delivery_when_it_is_delivered() {
    lab.links().conditions(SLOW);
    sendToB("word", 1_000_000);
    Event.Sent sent = sent(A, B);
    long at = sent.atMicros();
    assertThat(of(sent))
        .containsExactly(
            new Event.Delayed(at, sent.number(), DELAY),
            new Event.Delivered(at + DELAY, sent.number()));
    assertThat(received).hasSize(1);
    assertThat(all(Event.HarnessLate.class)).isEmpty();
  }

  @Test
  void a_link_may_be_slow_in_one_direction_only() {
    lab.links().conditions(B, A, SLOW);
    sendToB("word", 1_000);
    assertThat(of(sent(A, B))).singleElement().isInstanceOf(Event.Delivered.class);
  }

  @Test
  void a_doubled_message_is_delivered_twice() {
    lab.links().conditions(DOUBLING);
    sendToB("word", 1_000);
    Event.Sent sent = sent(A, B);
    assertThat(of(sent))
        .containsExactly(
            new Event.Duplicated(sent.atMicros(), sent.number()),
            new Event.Delivered(sent.atMicros(), sent.number()),
            new Event.Delivered(sent.atMicros(), sent.number()));
    assertThat(received).hasSize(2);
  }

  @Test
  void messages_overtake_each_other_by_their_delays() {
    lab.links().conditions(LinkConditions.PERFECT.withDelay(Delay.uniform(0, 100_000)));
    for (int i = 0; i < 20; i++) {
      sendToB("word" + i, 1_000);
    }
    lab.runUntil(lab.nowMicros() + 1_000_000);
    assertThat(received).hasSize(20).isNotEqualTo(received.stream().sorted().toList());
    assertThat(received.get(0)).doesNotContain("word0");
  }

  @Test
  void a_replica_that_is_down_at_the_delivery_does_not_receive_the_message() {
    lab.links().conditions(SLOW);
    sendToB("word", DELAY / 2);
    lab.crash(B);
    lab.runUntil(1_000_000);
    Event.Sent sent = sent(A, B);
    assertThat(of(sent))
        .endsWith(
            new Event.Dropped(sent.atMicros() + DELAY, sent.number(), DropReason.NOBODY_THERE));
  }

  @Test
  void a_replica_that_restarted_before_the_delivery_receives_the_message() {
    lab.links().conditions(SLOW);
    sendToB("word", DELAY / 2);
    lab.restart(B);
    lab.runUntil(1_000_000);
    assertThat(received).hasSize(1);
  }

  @Test
  void what_is_on_the_way_when_the_link_is_cut_still_arrives() {
    lab.links().conditions(SLOW);
    sendToB("word", DELAY / 2);
    lab.links().cut(List.of(A), List.of(B), true);
    sendToB("another", 1_000_000);
    assertThat(received).singleElement().matches(word -> word.contains("word"));
  }

  @Test
  void a_changed_message_is_ignored_or_taken_for_what_it_says_then() {
    lab.links().conditions(CHANGING);
    for (int i = 0; i < 200; i++) {
      sendToB("word", 1_000);
    }
    assertThat(all(Event.Corrupted.class)).hasSize(200);
    assertThat(received).hasSizeBetween(5, 50).doesNotContain(B + " " + sent(A, B).message());
    Event.Sent sent = sent(A, B);
    assertThat(of(sent)).hasSize(2).last().isInstanceOf(Event.Delivered.class);
    assertThat(sent.message().toString()).contains("\"word\"");
  }

  @Test
  void exactly_the_planned_messages_are_lost_delayed_or_doubled() {
    lab.links().loseNth(A, B, 1);
    lab.links()
        .addScripted(
            List.of(
                ScriptedMessageEvent.duplicate(A, B, 3, DELAY),
                ScriptedMessageEvent.delay(client, A, 2, DELAY)));
    sendToB("first", 100_000);
    sendToB("second", DELAY / 2);
    assertThat(received).isEmpty();
    lab.runUntil(200_000);
    sendToB("third", 100_000);
    assertThat(received).hasSize(3);
    assertThat(received.get(0)).contains("second");
    assertThat(received.get(1)).contains("third").isEqualTo(received.get(2));
    assertThat(of(sent(A, B)))
        .singleElement()
        .matches(event -> event instanceof Event.Dropped drop && drop.why() == DropReason.PLANNED);
  }

  @Test
  void a_lost_request_reaches_no_replica() {
    lab.links().clientConditions(LinkConditions.loss(1));
    sendToB("word", 1_000_000);
    assertThat(all(Event.Requested.class)).hasSize(1);
    assertThat(of(sent(client, A)))
        .singleElement()
        .matches(event -> event instanceof Event.Dropped drop && drop.why() == DropReason.LOSS);
    assertThat(received).isEmpty();
  }

  @Test
  void a_lost_answer_does_not_count() {
    lab.links().conditions(A, client, LinkConditions.loss(1));
    sendToB("word", 1_000_000);
    assertThat(of(sent(A, client))).singleElement().isInstanceOf(Event.Dropped.class);
    assertThat(all(Event.Answered.class)).isEmpty();
    assertThat(answers).isEmpty();
    assertThat(received).hasSize(1);
  }

  @Test
  void an_answer_counts_when_it_arrives() {
    lab.links().clientConditions(SLOW);
    sendToB("word", 1_000_000);
    Event.Answered answered = all(Event.Answered.class).get(0);
    assertThat(answered.atMicros()).isEqualTo(sent(A, client).atMicros() + DELAY);
    assertThat(answered.atMicros() - all(Event.Requested.class).get(0).atMicros())
        .isBetween(2 * DELAY, 2 * DELAY + 1_000);
    assertThat(answers).hasSize(1);
  }

  @Test
  void requests_and_answers_that_are_doubled_arrive_twice() {
    lab.links().clientConditions(DOUBLING);
    sendToB("word", 10_000);
    assertThat(received).hasSize(2);
    assertThat(all(Event.Answered.class).stream().map(Event.Answered::again))
        .containsExactly(false, true, true, true);
  }

  @Test
  void corrupted_requests_and_answers_are_dropped() {
    lab.links().clientConditions(CHANGING);
    sendToB("word", 10_000);
    Event.Sent sent = sent(client, A);
    assertThat(of(sent)).hasSize(2);
    assertThat(of(sent).get(0)).isInstanceOf(Event.Corrupted.class);
    assertThat(of(sent).get(1))
        .isEqualTo(new Event.Dropped(sent.atMicros(), sent.number(), DropReason.CORRUPTED));
    assertThat(received).isEmpty();
  }

  @Test
  void the_operator_is_a_client_to_the_network() {
    lab.links().clientConditions(LinkConditions.loss(1));
    lab.operator().ask(Message.ADD, B, report -> {});
    lab.runUntil(1_000_000);
    assertThat(all(Event.Dropped.class)).hasSize(1);
  }
}
