package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.Truncated;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** §5.3, §5.4.2: one test a rule. */
final class ReplicationRulesTest {
  private static final int HEARTBEAT = RaftSettings.DEFAULT.get(Setting.HEARTBEAT);

  // The follower.

  @Test
  void a_leader_of_an_older_term_is_rejected_and_not_followed() {
    SingleReplicaBench bench = SingleReplicaBench.withLog(5, 3, 1, 3);

    AppendReply reply = bench.append(2, 1, 1, 0, SingleReplicaBench.entry(2, 2));

    assertThat(reply.success()).isFalse();
    assertThat(reply.term()).isEqualTo(3);
    assertThat(bench.logTerms()).containsExactly(1L, 3L);
  }

  @Test
  void entries_are_rejected_if_the_one_before_is_missing() {
    SingleReplicaBench bench = SingleReplicaBench.withLog(5, 1, 1, 1);

    assertThat(bench.append(1, 5, 1, 0)).isEqualTo(AppendReply.rejection(1, 1, 0, 3));
  }

  @Test
  void entries_are_rejected_if_the_one_before_is_of_another_term() {
    SingleReplicaBench bench = SingleReplicaBench.withLog(5, 5, 1, 1, 2, 2, 2);

    assertThat(bench.append(5, 5, 4, 0)).isEqualTo(AppendReply.rejection(5, 1, 2, 3));
    assertThat(bench.logTerms()).containsExactly(1L, 1L, 2L, 2L, 2L);
  }

  @Test
  void entries_that_contradict_the_leaders_are_replaced_with_all_that_follow() {
    SingleReplicaBench bench = SingleReplicaBench.withLog(5, 3, 1, 2, 2, 2);

    AppendReply reply = bench.append(3, 1, 1, 0, SingleReplicaBench.entry(3, 2));

    assertThat(reply).isEqualTo(AppendReply.success(3, 1, 2));
    assertThat(bench.logTerms()).containsExactly(1L, 3L);
    assertThat(bench.changes(Truncated.class)).contains(new Truncated(2));
  }

  @Test
  void a_message_that_was_overtaken_shortens_nothing() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.append(
        1,
        0,
        0,
        0,
        SingleReplicaBench.entry(1, 1),
        SingleReplicaBench.entry(1, 2),
        SingleReplicaBench.entry(1, 3));

    AppendReply reply = bench.append(1, 0, 0, 0, SingleReplicaBench.entry(1, 1));

    assertThat(reply).isEqualTo(AppendReply.success(1, 1, 1));
    assertThat(bench.logTerms()).hasSize(3);
  }

  @Test
  void only_what_was_compared_with_the_leader_is_committed() {
    SingleReplicaBench bench = SingleReplicaBench.withLog(5, 2, 1, 1, 1);

    bench.append(2, 1, 1, 3);
    assertThat(bench.changes(Committed.class)).containsExactly(new Committed(1));

    bench.append(2, 1, 1, 3, SingleReplicaBench.entry(1, 2));
    assertThat(bench.changes(Committed.class)).contains(new Committed(2));
    assertThat(bench.changes(Applied.class)).containsExactly(new Applied(1, 1), new Applied(2, 1));
  }

  @Test
  void committed_entries_are_never_deleted() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.append(1, 0, 0, 2, SingleReplicaBench.entry(1, 1), SingleReplicaBench.entry(1, 2));

    AppendReply reply = bench.append(2, 0, 0, 2, SingleReplicaBench.entry(2, 1));

    assertThat(reply).isNull();
    assertThat(bench.logTerms()).containsExactly(1L, 1L);
  }

  @Test
  void a_second_leader_of_the_same_term_is_not_obeyed() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.append(1, 0, 0, 0, SingleReplicaBench.entry(1, 1));

    bench.receive(2, new AppendEntries(1, 1, 0, 0, 0, List.of()));
    bench.elect();
    bench.receive(2, new AppendEntries(2, 1, 0, 0, 0, List.of()));

    assertThat(bench.role()).isEqualTo(Role.LEADER);
  }

  // The leader.

  @Test
  void a_put_goes_to_as_many_followers_as_a_majority_needs_and_to_others_the_next_time() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.electAndConfirm();
    Set<Integer> asked = new HashSet<>();

    for (int i = 0; i < 2; i++) {
      bench.put("k", "v" + i);
      assertThat(bench.sent).hasSize(2);
      asked.addAll(bench.receivers(AppendEntries.class));
      bench.confirmAll();
      bench.sent.clear();
    }

    assertThat(asked).containsExactlyInAnyOrder(1, 2, 3, 4);
  }

  @Test
  void every_message_carries_all_that_its_follower_lacks() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.electAndConfirm();
    for (int i = 0; i < 10; i++) {
      bench.put("k", "v" + i);
      bench.confirmAll();
    }
    bench.sent.clear();
    bench.pass(HEARTBEAT);

    assertThat(bench.receivers(AppendEntries.class)).containsExactlyInAnyOrder(1, 2, 3, 4);
    assertThat(bench.all(AppendEntries.class))
        .allMatch(append -> append.leaderCommit() == 11)
        .allMatch(append -> append.prevLogIndex() + append.entries().size() == 11);
  }

  @Test
  void an_entry_is_committed_and_answered_when_a_majority_has_it_and_not_before() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.electAndConfirm();
    String put = bench.put("k", "v");
    List<Message> sent = List.copyOf(bench.sent);

    bench.confirm(sent.get(0));
    bench.confirm(sent.get(0));
    assertThat(bench.answer(put)).isNull();
    bench.confirm(sent.get(1));

    assertThat(bench.answer(put)).isEqualTo("ok 0000");
    assertThat(bench.changes(Committed.class)).containsExactly(new Committed(1), new Committed(2));
  }

  @Test
  void entries_of_earlier_terms_are_not_committed_by_counting() {
    SingleReplicaBench bench = SingleReplicaBench.withLog(3, 2, 1, 2);
    bench.elect();
    Message first = bench.sent.get(0);
    AppendEntries append = (AppendEntries) MessageCodec.decode(first);

    bench.receive(first.dst().value(), AppendReply.success(3, append.round(), 2));
    assertThat(bench.changes(Committed.class)).isEmpty();
    bench.receive(first.dst().value(), AppendReply.success(3, append.round(), 3));

    assertThat(bench.changes(Committed.class)).containsExactly(new Committed(3));
  }

  @Test
  void a_rejection_makes_the_leader_go_back_over_whole_terms() {
    // The example at Replication.resumeIndex.
    SingleReplicaBench bench = SingleReplicaBench.withLog(3, 5, 1, 1, 1, 4, 4, 5);
    bench.elect();

    AppendEntries append = lastTo(bench, 1);
    assertThat(append.prevLogIndex()).isEqualTo(6);
    bench.receive(1, AppendReply.rejection(append.term(), append.round(), 2, 5));
    append = lastTo(bench, 1);
    assertThat(append.prevLogIndex()).isEqualTo(4);
    bench.receive(1, AppendReply.rejection(append.term(), append.round(), 1, 1));
    append = lastTo(bench, 1);

    assertThat(append.prevLogIndex()).isEqualTo(3);
    assertThat(append.entries()).hasSize(4);
  }

  private static AppendEntries lastTo(SingleReplicaBench bench, int follower) {
    return (AppendEntries) MessageCodec.decode(bench.lastTo(follower));
  }

  @Test
  void old_and_repeated_answers_take_nothing_back() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.elect();
    AppendEntries first = lastTo(bench, 1);
    bench.confirmAll();
    bench.put("k", "v");
    bench.confirmAll();
    bench.sent.clear();

    bench.receive(1, AppendReply.rejection(1, first.round(), 0, 1));
    bench.receive(1, AppendReply.success(1, first.round(), 0));
    bench.pass(HEARTBEAT);

    assertThat(lastTo(bench, 1).prevLogIndex()).isPositive();
    assertThat(bench.sent.size()).isEqualTo(2);
  }

  @Test
  void an_old_answer_does_not_lower_the_match_index() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.electAndConfirm();
    String put = bench.put("k", "v");
    List<Message> sent = List.copyOf(bench.sent);

    bench.confirm(sent.get(0));
    bench.receive(sent.get(0).dst().value(), AppendReply.success(1, 1, 1));
    bench.confirm(sent.get(1));

    assertThat(bench.answer(put)).isEqualTo("ok 0000");
  }

  @Test
  void answers_to_what_was_never_sent_prove_nothing() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.elect();
    String put = bench.put("k", "v");

    bench.receive(1, AppendReply.success(1, 999, 2));
    bench.receive(1, AppendReply.success(1, 1, 1_000_000_000_000L));

    assertThat(bench.answer(put)).isNull();
  }

  @Test
  void without_an_answer_the_other_followers_are_asked_and_then_the_first_ones_again() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.electAndConfirm();
    bench.put("k", "v");
    List<Integer> asked = bench.receivers(AppendEntries.class);
    bench.sent.clear();

    bench.pass(3);

    List<Integer> others = bench.receivers(AppendEntries.class);
    assertThat(others).hasSize(2).doesNotContainAnyElementsOf(asked);
    bench.sent.clear();

    bench.pass(3);

    assertThat(bench.receivers(AppendEntries.class)).containsAll(asked);
  }

  @Test
  void a_crashed_follower_is_not_chosen_again_and_gets_a_message_a_heartbeat_interval() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.electAndConfirm();
    int toDead = 0;
    for (int i = 0; i < 300; i++) {
      if (i == 150) {
        toDead = 0;
      }
      String put = bench.put("k", "v" + i);
      for (int step = 0; bench.answer(put) == null; step++) {
        assertThat(step).isLessThan(10);
        for (Message message : List.copyOf(bench.sent)) {
          if (message.dst().value() != 4 && message.mid() == null) {
            bench.confirm(message);
          }
        }
        bench.pass(1);
      }
      toDead += (int) bench.sent.stream().filter(m -> m.dst().value() == 4).count();
      bench.sent.clear();
      bench.pass(10);
      toDead += (int) bench.sent.stream().filter(m -> m.dst().value() == 4).count();
      bench.confirmAllBut(4);
      bench.sent.clear();
    }
    assertThat(toDead).isLessThanOrEqualTo(150 * 11 / HEARTBEAT + 2);
  }

  @Test
  void a_lost_heartbeat_is_repeated_before_the_follower_times_out() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.electAndConfirm();
    bench.pass(HEARTBEAT);
    int heartbeats = bench.sent.size();
    bench.pass(90);

    assertThat(heartbeats).isEqualTo(4);
    assertThat(bench.sent.size()).isGreaterThanOrEqualTo(12);
  }

  @Test
  void a_lagging_follower_gets_several_messages_at_once_none_of_them_too_long() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.electAndConfirm();
    List<Integer> sizes = new ArrayList<>();
    String quotes = "\"".repeat(2_000);
    for (int i = 0; i < 100; i++) {
      bench.put("k" + i, quotes);
      bench.confirmAllBut(2);
    }
    bench.sent.clear();

    long begun = bench.nowMillis();
    int inFlight = 0;
    while (bench.nowMillis() < begun + 1_000) {
      List<Message> toTwo = bench.sent.stream().filter(m -> m.dst().value() == 2).toList();
      inFlight = Math.max(inFlight, toTwo.size());
      bench.sent.forEach(m -> sizes.add(m.bytes().length));
      bench.confirmAll();
      bench.pass(1);
    }

    assertThat(inFlight).isBetween(2, 4);
    assertThat(sizes).allMatch(size -> size < 60_000);
    assertThat(lastMatch(bench)).isEqualTo(101);
  }

  private static long lastMatch(SingleReplicaBench bench) {
    bench.sent.clear();
    bench.pass(400);
    return bench.all(AppendEntries.class).stream()
        .mapToLong(AppendEntries::prevLogIndex)
        .min()
        .orElse(0);
  }

  @Test
  void the_largest_value_fits_into_a_datagram_and_a_larger_one_fails() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.electAndConfirm();

    for (String unit : List.of("x", "\"", "\u0001", "é", "€", "😀", "\u2028")) {
      int low = 1;
      int high = 60_000;
      while (low < high) {
        int middle = (low + high + 1) / 2;
        String mid = bench.put("k", unit.repeat(middle));
        if ("fail 0000".equals(bench.answer(mid))) {
          high = middle - 1;
        } else {
          low = middle;
        }
        assertThat(bench.sent).allMatch(m -> m.bytes().length < 60_000);
        bench.confirmAll();
        bench.sent.clear();
      }
      assertThat(low * unit.length()).isGreaterThan(8_000);
      String get = bench.get("k");
      assertThat(bench.answers(get)).hasSize(1).allMatch(m -> m.bytes().length < 60_000);
    }
  }

  @Test
  void a_new_leader_takes_up_the_log_of_its_predecessor() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.append(1, 0, 0, 0, SingleReplicaBench.entry(1, 1), SingleReplicaBench.entry(1, 2));

    bench.elect();

    assertThat(bench.logTerms()).containsExactly(1L, 1L, 2L);
    assertThat(bench.all(AppendEntries.class)).allMatch(append -> append.prevLogIndex() == 2);
    assertThat(bench.sent).allMatch(message -> message.leader().equals(Id.of(0)));
  }
}
