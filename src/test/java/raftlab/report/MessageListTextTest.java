package raftlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import raftlab.trace.Event;
import raftlab.trace.Event.DropReason;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Lists single messages with the outcomes of their delivery, from traces built here. */
class MessageListTextTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);
  private static final Id C = Id.of(2);
  private static final Id CLIENT = Id.of(0x10);

  private final Trace trace =
      new Trace(new TraceHeader("x", "{}", "sim", 1, List.of(), List.of(A, B, C), List.of(CLIENT)));
  private long numbers;

  MessageListTextTest() {
    for (Id id : List.of(A, B, C)) {
      trace.add(new Event.Started(0, id));
      trace.add(new Event.Ready(0, id));
    }
    trace.add(new Event.Began(1_000_000));
  }

  private static Message message(Id from, Id to, Id leader, String type, String fields) {
    JsonObject json = JsonParser.parseString(fields).getAsJsonObject();
    return Message.of(from, to, leader, type, null, json);
  }

  /** Sends at this millisecond after the start, and returns the message's number. */
  private long send(long millis, Id from, Id to, String type, String fields) {
    return enter(millis, from, to, message(from, to, from, type, fields));
  }

  private long enter(long millis, Id from, Id to, Message message) {
    trace.add(new Event.Sent(at(millis), ++numbers, from, to, message));
    return numbers;
  }

  private static long at(long millis) {
    return 1_000_000 + millis * 1000;
  }

  private void deliver(long millis, long number) {
    trace.add(new Event.Delivered(at(millis), number));
  }

  private void drop(long millis, long number, DropReason why) {
    trace.add(new Event.Dropped(at(millis), number, why));
  }

  private List<String> linesOf(EventFilter selection) {
    List<String> lines = new ArrayList<>();
    MessageListText.print(trace, selection, new TerminalStyle(false), event -> null, lines::add);
    return lines;
  }

  private String only() {
    assertThat(linesOf(EventFilter.ALL)).hasSize(1);
    return linesOf(EventFilter.ALL).get(0);
  }

  private static EventFilter of(String... types) {
    return new EventFilter(Long.MIN_VALUE, Long.MAX_VALUE, List.of(), List.of(types), 100);
  }

  @Test
  void a_message_is_one_line_with_its_fields_in_order_and_its_outcome() {
    deliver(
        4,
        send(
            4,
            A,
            B,
            "vote",
            """
            {"term": 2, "granted": true, "note": null}"""));
    assertThat(only())
        .isEqualTo(
            "0.004 s  0000 → 0001  vote  term=2 granted=true note=null leader=0000  [delivered]");
  }

  @Test
  void the_leader_is_shown_if_it_is_not_the_sender_or_changed() {
    send(1, A, B, "x", "{}");
    send(2, A, B, "x", "{}");
    enter(3, A, B, message(A, B, B, "x", "{}"));
    enter(4, A, B, message(A, B, B, "x", "{}"));
    send(5, A, B, "x", "{}");
    assertThat(
            linesOf(EventFilter.ALL).stream()
                .map(line -> line.replaceAll(".*(leader=\\d+).*|.*", "$1")))
        .containsExactly("leader=0000", "", "leader=0001", "leader=0001", "leader=0000");
  }

  @Test
  void lists_are_a_count_with_the_first_ones_and_long_values_are_cut() {
    send(
        1,
        A,
        B,
        "append",
        """
        {"entries": [[1, "k"], [2], [3]], "empty": [], "in": {"term": 4}}""");
    send(1, A, B, "append", String.format(Locale.ROOT, "{\"value\": \"%s\"}", "v".repeat(500)));
    assertThat(linesOf(EventFilter.ALL).get(0))
        .contains("append  entries[3]=[1,\"k\"], [2], … empty[0] in.term=4 ");
    assertThat(linesOf(EventFilter.ALL).get(1)).contains("value=vvvvvvvvvvvvvvvv…  ");
  }

  @Test
  void a_message_with_very_many_fields_stays_short() {
    JsonObject many = new JsonObject();
    for (int i = 0; i < 5000; i++) {
      many.addProperty("f" + i, i);
    }
    enter(1, A, B, Message.of(A, B, A, "many", null, many));
    assertThat(only()).contains("f0=0 f1=1", " … ").hasSizeLessThan(420);
  }

  @Test
  void what_could_be_an_order_to_the_terminal_is_made_printable() {
    enter(
        1,
        A,
        B,
        message(
            A,
            B,
            A,
            "\033[2Jx",
            """
            {"a\\u001bb": "\\u001b[31m", "l": ["\\u001b"]}"""));
    assertThat(only()).doesNotContain("\033").contains("·[2Jx", "a·b=·[31m");
    assertThat(linesOf(of("nix"))).hasSize(1);
    assertThat(MessageListText.complaint(trace, of("nix"))).doesNotContain("\033");
  }

  @Test
  void each_outcome_is_described_in_words() {
    deliver(9, send(1, A, B, "late", "{}"));
    drop(2, send(2, A, B, "lost", "{}"), DropReason.LOSS);
    drop(3, send(3, A, B, "cut", "{}"), DropReason.PARTITION);
    drop(4, send(4, A, B, "queue", "{}"), DropReason.QUEUE_FULL);
    drop(4, send(4, A, B, "plan", "{}"), DropReason.PLANNED);
    send(5, A, B, "open", "{}");
    long twice = send(6, A, B, "twice", "{}");
    trace.add(new Event.Duplicated(at(6), twice));
    trace.add(new Event.Delayed(at(6), twice, 3_000));
    deliver(6, twice);
    long changed = send(7, A, B, "changed", "{}");
    trace.add(new Event.Corrupted(at(7), changed, "{\"sr"));
    deliver(7, changed);
    assertThat(linesOf(EventFilter.ALL).stream().map(line -> line.replaceAll(".*\\[", "[")))
        .containsExactly(
            "[delivered after 8.00 ms]",
            "[dropped: loss]",
            "[dropped: partition]",
            "[dropped: the link's queue was full]",
            "[dropped: planned by the scenario]",
            "[still in flight at the end]",
            "[duplicated: delivered, still in flight at the end]",
            "[changed to {\"sr, delivered]");
  }

  @Test
  void the_state_of_a_receiver_that_gets_nothing_is_shown() {
    long late = send(1, A, B, "a", "{}");
    trace.add(new Event.Delayed(at(1), late, 5_000));
    trace.add(new Event.Crashed(at(2), B));
    drop(6, late, DropReason.NOBODY_THERE);
    trace.add(new Event.Started(at(7), B));
    drop(7, send(7, A, B, "a", "{}"), DropReason.NOBODY_THERE);
    trace.add(new Event.Exited(at(8), C, 1, List.of()));
    drop(8, send(8, A, C, "a", "{}"), DropReason.NOBODY_THERE);
    trace.add(new Event.Paused(at(9), A));
    deliver(9, send(9, C, A, "a", "{}"));
    assertThat(linesOf(EventFilter.ALL).stream().map(line -> line.replaceAll(".*\\[", "[")))
        .containsExactly(
            "[delayed by 5.00 ms, dropped: 0001 had crashed]",
            "[dropped: 0001 was not ready]",
            "[dropped: 0002 had exited unexpectedly]",
            "[delivered while 0000 was paused]");
  }

  @Test
  void a_broadcast_is_one_line_with_the_outcomes_of_its_copies() {
    for (int round = 0; round < 2; round++) {
      // Two of equal content, right after each other, are two broadcasts.
      deliver(1, enter(1, A, B, message(A, Id.BROADCAST, A, "beat", "{\"term\": 3}")));
      drop(
          1, enter(1, A, C, message(A, Id.BROADCAST, A, "beat", "{\"term\": 3}")), DropReason.LOSS);
    }
    deliver(2, enter(2, B, A, message(B, Id.BROADCAST, A, "beat", "{}")));
    deliver(2, enter(2, B, C, message(B, Id.BROADCAST, A, "beat", "{}")));
    List<String> lines = linesOf(EventFilter.ALL);
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .contains("0000 → FFFF  beat", "[delivered (0001); dropped: loss (0002)]");
    assertThat(lines.get(1)).contains("[delivered (0001); dropped: loss (0002)]");
    assertThat(lines.get(2)).contains("[delivered (all 2)]");
  }

  @Test
  void messages_are_selected_by_type_replica_and_time() {
    send(1, A, B, "vote", "{}");
    send(2, B, A, "append", "{}");
    send(3, C, B, "vote", "{}");
    assertThat(linesOf(of("VOTE"))).hasSize(2);
    assertThat(linesOf(new EventFilter(Long.MIN_VALUE, Long.MAX_VALUE, List.of(A), List.of(), 9)))
        .hasSize(2);
    assertThat(linesOf(new EventFilter(2_000, 2_999, List.of(), List.of(), 9)))
        .hasSize(1)
        .allMatch(line -> line.contains("append"));
  }

  @Test
  void what_is_beyond_the_limit_is_counted_and_can_be_reached() {
    for (int i = 0; i < 5; i++) {
      send(10 * i, A, B, "x", "{}");
    }
    EventFilter three = new EventFilter(Long.MIN_VALUE, Long.MAX_VALUE, List.of(), List.of(), 3);
    assertThat(linesOf(three))
        .hasSize(4)
        .last()
        .asString()
        .contains("2 more messages are not shown", "--from 0.030", "--limit 5");
  }

  @Test
  void an_unknown_type_or_replica_is_complained_about_with_what_there_is() {
    send(1, A, B, "appendEntries", "{}");
    send(1, A, B, "requestVote", "{}");
    assertThat(MessageListText.complaint(trace, of("requestVotes")))
        .isEqualTo(
            "found --type requestVotes, expected one of appendEntries, requestVote (did you mean requestVote?)");
    assertThat(MessageListText.complaint(trace, of("append")))
        .contains("did you mean appendEntries?");
    assertThat(MessageListText.complaint(trace, of("requestvote"))).isEmpty();
    EventFilter unknownReplica =
        new EventFilter(Long.MIN_VALUE, Long.MAX_VALUE, List.of(Id.of(9)), List.of(), 9);
    assertThat(MessageListText.complaint(trace, unknownReplica))
        .contains("found --about 0009", "0000, 0001, 0002, 0010");
  }
}
