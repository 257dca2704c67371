package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.node.StateChange.Role;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.wire.Message;

/** Linearizable reads: §8, dissertation §6.4. */
final class ReadRulesTest {
  private static SingleReplicaBench leaderWithLease() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.electAndConfirm();
    return bench;
  }

  private static SingleReplicaBench leaderWithoutLease() {
    SingleReplicaBench bench = leaderWithLease();
    bench.standStill(420);
    bench.sent.clear();
    return bench;
  }

  @Test
  void with_a_lease_a_read_is_answered_at_once_and_without_messages() {
    SingleReplicaBench bench = leaderWithLease();
    bench.put("k", "v");
    bench.confirmAll();
    bench.sent.clear();

    assertThat(bench.answer(bench.get("k"))).isEqualTo("ok(v) 0000");
    assertThat(bench.answer(bench.get("other"))).isEqualTo("ok() 0000");
    assertThat(bench.all(AppendEntries.class)).isEmpty();
  }

  @Test
  void a_write_that_is_not_committed_is_not_read() {
    SingleReplicaBench bench = leaderWithLease();
    bench.put("k", "v");

    assertThat(bench.answer(bench.get("k"))).isEqualTo("ok() 0000");
  }

  @Test
  void a_new_leader_answers_nothing_before_the_first_entry_of_its_term_is_committed() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.elect();
    List<Message> toConfirm = List.copyOf(bench.sent);
    String get = bench.get("k");

    bench.confirm(toConfirm.get(0));
    assertThat(bench.answer(get)).isNull();
    bench.confirm(toConfirm.get(1));

    assertThat(bench.answer(get)).isEqualTo("ok() 0000");
  }

  @Test
  void to_be_in_touch_with_a_majority_is_not_enough_for_a_new_leader() {
    SingleReplicaBench bench = SingleReplicaBench.withLog(5, 1, 1, 1);
    bench.elect();
    String get = bench.get("k1");

    for (Message message : List.copyOf(bench.sent)) {
      AppendEntries append = (AppendEntries) MessageCodec.decode(message);
      bench.receive(message.dst().value(), AppendReply.rejection(2, append.round(), 0, 1));
    }
    assertThat(bench.answer(get)).isNull();
    bench.confirmAll();

    assertThat(bench.answer(bench.get("k1"))).isEqualTo("ok(1/1) 0000");
  }

  @Test
  void the_lease_counts_from_when_the_answered_messages_were_sent() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.elect();
    bench.standStill(401);
    bench.confirmAll();

    String get = bench.get("k");

    assertThat(bench.answer(get)).isNull();
    bench.confirmAll();
    assertThat(bench.answer(get)).isEqualTo("ok() 0000");
  }

  @Test
  void after_the_process_stood_still_the_lease_is_not_trusted() {
    SingleReplicaBench bench = leaderWithoutLease();

    assertThat(bench.answer(bench.get("k"))).isNull();
  }

  @Test
  void without_a_lease_a_read_waits_for_a_majority_to_answer_what_was_sent_after_it_came() {
    SingleReplicaBench bench = leaderWithoutLease();
    String get = bench.get("k");
    List<Message> sent = List.copyOf(bench.sent);

    assertThat(bench.receivers(AppendEntries.class).size()).isGreaterThanOrEqualTo(2);
    bench.confirm(sent.get(0));
    bench.confirm(sent.get(0));
    assertThat(bench.answer(get)).isNull();
    bench.confirm(sent.get(1));

    assertThat(bench.answer(get)).isEqualTo("ok() 0000");
  }

  @Test
  void old_answers_do_not_confirm_a_read() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.elect();
    List<Message> old = List.copyOf(bench.sent);
    bench.confirmAll();
    bench.standStill(420);
    bench.sent.clear();
    String get = bench.get("k");

    old.forEach(bench::confirm);

    assertThat(bench.answer(get)).isNull();
  }

  @Test
  void a_rejection_confirms_a_read_as_well() {
    SingleReplicaBench bench = leaderWithoutLease();
    String get = bench.get("k");
    List<Message> sent = List.copyOf(bench.sent);

    for (Message message : sent.subList(0, 2)) {
      AppendEntries append = (AppendEntries) MessageCodec.decode(message);
      bench.receive(message.dst().value(), AppendReply.rejection(1, append.round(), 0, 1));
    }

    assertThat(bench.answer(get)).isEqualTo("ok() 0000");
  }

  @Test
  void all_reads_that_wait_share_one_round_of_messages() {
    SingleReplicaBench bench = leaderWithoutLease();
    String first = bench.get("k");
    int messages = bench.sent.size();
    List<String> others = List.of(bench.get("k"), bench.get("l"), bench.get("m"));

    assertThat(bench.all(AppendEntries.class)).hasSize(messages);
    List.copyOf(bench.sent).forEach(bench::confirm);
    assertThat(bench.answer(first)).isNotNull();
    List.copyOf(bench.sent).forEach(bench::confirm);
    assertThat(others).allMatch(get -> bench.answer(get) != null);
  }

  @Test
  void reads_of_a_deposed_leader_are_redirected_to_the_next_one() {
    SingleReplicaBench bench = leaderWithoutLease();
    String get = bench.get("k");

    bench.append(2, 1, 1, 1);

    assertThat(bench.role()).isEqualTo(Role.FOLLOWER);
    assertThat(bench.answer(get)).isEqualTo("redirect 0001");
  }
}
