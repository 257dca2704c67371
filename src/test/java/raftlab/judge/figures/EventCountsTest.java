package raftlab.judge.figures;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.node.StateChange;
import raftlab.scenario.CountedMetric;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Each measure counts what its name says, in the part of the run that it is asked for. */
class EventCountsTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);
  private static final Id CLIENT = Id.of(0x15);

  private final Trace trace =
      new Trace(new TraceHeader("x", "{}", "sim", 1, List.of(), List.of(A, B), List.of(CLIENT)));
  private long now;
  private long numbers;

  private void add(Event event) {
    trace.add(event);
  }

  private void sent(Id from, Id to, Id leader, JsonObject fields) {
    now += 1000;
    add(new Event.Sent(now, ++numbers, from, to, Message.of(from, to, leader, "x", null, fields)));
  }

  private void asked(String mid, long operation) {
    add(Event.Requested.first(now, CLIENT, mid, Message.PUT, "k", "v", A, operation));
  }

  private void answered(String mid, String type, boolean again) {
    add(new Event.Answered(now, CLIENT, mid, type, null, A, A, again));
  }

  private double all(CountedMetric measure) {
    return from(0, measure);
  }

  private double from(int index, CountedMetric measure) {
    PartCounter counter = new PartCounter(trace.header().replicas());
    trace.events().subList(0, index).forEach(counter::see);
    EventCounts part = counter.begin();
    trace.events().subList(index, trace.events().size()).forEach(counter::see);
    return part.of(measure);
  }

  @Test
  void messages_and_bytes_are_those_between_replicas() {
    sent(A, B, A, new JsonObject());
    sent(A, CLIENT, A, new JsonObject());
    int bytes = ((Event.Sent) trace.events().get(0)).message().bytes().length;
    assertThat(all(CountedMetric.MESSAGES)).isEqualTo(1);
    assertThat(all(CountedMetric.BYTES)).isEqualTo(bytes);
    assertThat(from(1, CountedMetric.MESSAGES)).isZero();
  }

  @Test
  void a_rejection_says_that_there_was_no_success() {
    JsonObject no = new JsonObject();
    no.addProperty("success", false);
    JsonObject yes = new JsonObject();
    yes.addProperty("success", true);
    JsonObject word = new JsonObject();
    word.addProperty("success", "false");
    sent(B, A, A, no);
    sent(B, A, A, yes);
    sent(B, A, A, word);
    assertThat(all(CountedMetric.REJECTIONS)).isEqualTo(1);
  }

  @Test
  void a_claim_is_counted_when_it_begins_and_again_after_a_start() {
    sent(A, B, A, new JsonObject());
    sent(A, B, A, new JsonObject());
    assertThat(all(CountedMetric.CLAIMS)).isEqualTo(1);
    assertThat(from(1, CountedMetric.CLAIMS)).isZero();
    sent(A, B, B, new JsonObject());
    sent(A, B, A, new JsonObject());
    assertThat(from(1, CountedMetric.CLAIMS)).isEqualTo(1);
    add(new Event.Started(now, A));
    sent(A, B, A, new JsonObject());
    assertThat(all(CountedMetric.CLAIMS)).isEqualTo(3);
  }

  @Test
  void leaders_are_different_ones_and_changes_are_each() {
    add(new Event.LeaderKnown(now, A));
    add(new Event.LeaderKnown(now, Id.BROADCAST));
    add(new Event.LeaderKnown(now, B));
    add(new Event.LeaderKnown(now, A));
    assertThat(all(CountedMetric.LEADERS)).isEqualTo(2);
    assertThat(all(CountedMetric.LEADER_CHANGES)).isEqualTo(3);
    assertThat(from(3, CountedMetric.LEADERS)).isEqualTo(2);
    assertThat(from(3, CountedMetric.LEADER_CHANGES)).isEqualTo(1);
    assertThat(from(4, CountedMetric.LEADERS)).isEqualTo(1);
  }

  @Test
  void answers_are_counted_by_their_kind_and_second_ones_as_duplicates() {
    asked("a", 1);
    asked("b", 2);
    asked("c", 3);
    now += 20_000;
    answered("a", Message.OK, false);
    answered("a", Message.OK, true);
    answered("b", Message.FAIL, false);
    answered("c", Message.REDIRECT, false);
    assertThat(all(CountedMetric.OKS)).isEqualTo(1);
    assertThat(all(CountedMetric.FAILS)).isEqualTo(1);
    assertThat(all(CountedMetric.REDIRECTS)).isEqualTo(1);
    assertThat(all(CountedMetric.DUPLICATES)).isEqualTo(1);
    assertThat(all(CountedMetric.UNANSWERED)).isEqualTo(2);
    assertThat(all(CountedMetric.MEAN_LATENCY)).isEqualTo(0.02);
  }

  @Test
  void what_was_asked_for_before_is_not_missed_now() {
    asked("a", 1);
    asked("b", 2);
    assertThat(from(1, CountedMetric.UNANSWERED)).isEqualTo(1);
  }

  @Test
  void a_retry_that_is_answered_answers_its_operation() {
    asked("a", 1);
    add(new Event.Requested(now, CLIENT, "again", Message.PUT, "k", "v", null, B, 1, 0, true));
    answered("again", Message.OK, false);
    assertThat(all(CountedMetric.UNANSWERED)).isZero();
  }

  @Test
  void the_longest_log_is_counted_from_its_last_snapshot() {
    for (int i = 1; i <= 9; i++) {
      add(new Event.Reported(now, A, new StateChange.Appended(i, 1, "x")));
    }
    add(new Event.Reported(now, A, new StateChange.SnapshotTaken(6, 1)));
    assertThat(all(CountedMetric.LOG_ENTRIES)).isEqualTo(9);
    assertThat(from(9, CountedMetric.LOG_ENTRIES)).isEqualTo(3);
  }

  @Test
  void parts_that_overlap_are_counted_each_for_itself() {
    for (int i = 0; i < 3; i++) {
      sent(A, B, A, new JsonObject());
    }
    PartCounter counter = new PartCounter(trace.header().replicas());
    EventCounts outer = counter.begin();
    counter.see(trace.events().get(0));
    EventCounts inner = counter.begin();
    counter.see(trace.events().get(1));
    counter.end(inner);
    counter.see(trace.events().get(2));
    assertThat(outer.of(CountedMetric.MESSAGES)).isEqualTo(3);
    assertThat(inner.of(CountedMetric.MESSAGES)).isEqualTo(1);
  }
}
