package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Role;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.raft.RaftMessage.RequestVote;
import raftlab.raft.RaftMessage.TimeoutNow;
import raftlab.raft.RaftMessage.VoteReply;
import raftlab.wire.Message;

/** Leadership transfer, dissertation §3.10: one test a rule. */
final class TransferRulesTest {
  private static final int PATIENCE = RaftSettings.DEFAULT.get(Setting.ELECTION_TIMEOUT_MAX);

  private static SingleReplicaBench leader() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.electAndConfirm();
    return bench;
  }

  private static String transfer(SingleReplicaBench bench, int to) {
    return BenchRequests.administer(bench, "transfer", to);
  }

  /** Time passes; replica 1 confirms all entries that it gets. */
  private static void live(SingleReplicaBench bench, int millis) {
    for (int i = 0; i < millis; i++) {
      bench.pass(1);
      for (Message message : List.copyOf(bench.sent)) {
        if (message.dst().value() == 1 && message.type().equals("appendEntries")) {
          bench.sent.remove(message);
          bench.confirm(message);
        }
      }
    }
  }

  // The leader.

  @Test
  void an_up_to_date_target_gets_timeout_now_at_once() {
    SingleReplicaBench bench = leader();

    transfer(bench, 2);

    assertThat(bench.receivers(TimeoutNow.class)).containsExactly(2);
    assertThat(bench.all(TimeoutNow.class)).containsExactly(new TimeoutNow(1));
  }

  @Test
  void a_successor_that_lags_is_brought_up_to_date_first() {
    SingleReplicaBench bench = leader();
    bench.put("k", "v");
    bench.confirmAllBut(2);
    bench.sent.clear();

    transfer(bench, 2);
    assertThat(bench.all(TimeoutNow.class)).isEmpty();
    AppendEntries append = (AppendEntries) MessageCodec.decode(bench.lastTo(2));
    assertThat(append.prevLogIndex() + append.entries().size()).isEqualTo(2);
    bench.confirm(bench.lastTo(2));

    assertThat(bench.receivers(TimeoutNow.class)).containsExactly(2);
  }

  @Test
  void meanwhile_the_leader_takes_no_writes() {
    SingleReplicaBench bench = leader();
    transfer(bench, 2);
    bench.changes.clear();

    String put = bench.put("k", "v");

    assertThat(bench.answer(put)).isNull();
    assertThat(bench.changes(Appended.class)).isEmpty();
  }

  @Test
  void meanwhile_a_second_transfer_is_refused() {
    SingleReplicaBench bench = leader();
    String first = transfer(bench, 2);

    String second = transfer(bench, 1);

    assertThat(BenchRequests.reason(bench, second))
        .isEqualTo("another transfer is under way, to 0002");
    assertThat(bench.answer(first)).isNull();
    assertThat(bench.receivers(TimeoutNow.class)).containsOnly(2);
  }

  @Test
  void the_successor_is_asked_again_until_it_answers() {
    SingleReplicaBench bench = leader();
    transfer(bench, 2);
    bench.sent.clear();

    live(bench, RaftSettings.DEFAULT.get(Setting.VOTE_RETRANSMIT));

    assertThat(bench.receivers(TimeoutNow.class)).containsExactly(2);
  }

  @Test
  void if_the_successor_leads_the_client_is_answered_and_writes_go_there() {
    SingleReplicaBench bench = leader();
    String transfer = transfer(bench, 2);
    String put = bench.put("k", "v");

    bench.receive(2, new RequestVote(2, false, true, 1, 1, 1));
    assertThat(bench.answer(transfer)).isNull();
    bench.receive(2, new AppendEntries(2, 1, 1, 1, 1, List.of()));

    assertThat(bench.answer(transfer)).isEqualTo("ok 0002");
    assertThat(bench.answer(put)).isEqualTo("redirect 0002");
  }

  @Test
  void if_another_replica_leads_the_client_is_answered_with_that() {
    SingleReplicaBench bench = leader();
    String transfer = transfer(bench, 2);

    bench.receive(1, new AppendEntries(2, 1, 1, 1, 1, List.of()));

    assertThat(BenchRequests.reason(bench, transfer)).isEqualTo("another replica leads now");
  }

  @Test
  void after_an_election_timeout_the_leader_goes_on_and_takes_the_writes_that_it_held_back() {
    SingleReplicaBench bench = leader();
    String transfer = transfer(bench, 2);
    String put = bench.put("k", "v");

    live(bench, PATIENCE - 1);
    assertThat(bench.answer(put)).isNull();
    live(bench, 10);

    assertThat(BenchRequests.reason(bench, transfer)).isEqualTo("0002 did not take over in time");
    assertThat(bench.role()).isEqualTo(Role.LEADER);
    assertThat(bench.answer(put)).isEqualTo("ok 0000");
  }

  @Test
  void a_leader_that_asked_a_successor_has_no_lease_any_more_in_its_term() {
    SingleReplicaBench bench = leader();
    assertThat(bench.answer(bench.get("k"))).isEqualTo("ok() 0000");
    transfer(bench, 2);
    live(bench, PATIENCE + 10);

    String get = bench.get("k");
    assertThat(bench.answer(get)).as("a majority must confirm it").isNull();
    live(bench, 5);

    assertThat(bench.answer(get)).isEqualTo("ok() 0000");
  }

  @Test
  void in_its_next_term_it_has_a_lease_again() {
    SingleReplicaBench bench = leader();
    transfer(bench, 2);
    bench.append(2, 1, 1, 1);
    bench.electAndConfirm();

    assertThat(bench.answer(bench.get("k"))).isEqualTo("ok() 0000");
  }

  @Test
  void a_transfer_without_target_goes_to_the_follower_with_most_of_the_log() {
    SingleReplicaBench bench = leader();
    bench.put("k", "v");
    bench.confirmAllBut(1);
    bench.pass(3);
    bench.confirmAllBut(1);
    bench.sent.clear();

    bench.node.receive(
        Message.of(
            SingleReplicaBench.CLIENT,
            bench.id(),
            raftlab.wire.Id.BROADCAST,
            Message.TRANSFER,
            "m",
            new com.google.gson.JsonObject()));

    assertThat(bench.receivers(TimeoutNow.class)).containsExactly(2);
  }

  @Test
  void a_transfer_to_itself_is_done_and_one_to_a_nonmember_fails() {
    SingleReplicaBench bench = leader();

    assertThat(bench.answer(transfer(bench, 0))).isEqualTo("ok 0000");
    assertThat(BenchRequests.reason(bench, transfer(bench, 9)))
        .isEqualTo("0009 is not a voter of this cluster");
  }

  // The successor and the voters.

  @Test
  void the_target_starts_an_election_at_once_without_pre_votes_and_sets_the_transfer_flag() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.append(1, 0, 0, 0);
    bench.sent.clear();

    bench.receive(1, new TimeoutNow(1));

    assertThat(bench.role()).isEqualTo(Role.CANDIDATE);
    assertThat(bench.all(RequestVote.class)).containsOnly(new RequestVote(2, false, true, 0, 0, 1));
  }

  @Test
  void voters_with_a_leader_do_not_refuse() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.append(1, 0, 0, 0);

    SingleReplicaBench other = new SingleReplicaBench(3);
    other.append(1, 0, 0, 0);
    bench.sent.clear();
    bench.receive(2, new RequestVote(2, false, true, 0, 0, 1));

    assertThat(bench.last(VoteReply.class)).isEqualTo(new VoteReply(2, false, true, 2, 1));
    assertThat(other.requestVote(2, 2, false, 0, 0))
        .isEqualTo(new VoteReply(1, false, false, 2, 1));
  }

  @Test
  void voters_still_refuse_a_log_that_is_not_up_to_date() {
    SingleReplicaBench bench = SingleReplicaBench.withLog(3, 2, 1, 2);

    bench.receive(2, new RequestVote(3, false, true, 5, 1, 1));

    assertThat(bench.last(VoteReply.class)).isEqualTo(new VoteReply(3, false, false, 3, 1));
  }

  @Test
  void timeout_now_of_another_replica_or_of_another_term_is_ignored() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.append(2, 0, 0, 0);

    bench.receive(2, new TimeoutNow(2));
    bench.receive(1, new TimeoutNow(1));

    assertThat(bench.role()).isEqualTo(Role.FOLLOWER);
    assertThat(bench.term()).isEqualTo(2);
  }

  @Test
  void a_target_that_fails_asks_for_pre_votes_as_any_other() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.append(1, 0, 0, 0);
    bench.receive(1, new TimeoutNow(1));
    bench.receive(1, AppendReply.rejection(3, 1, 0, 0));
    bench.sent.clear();

    bench.waitFor(Role.PRE_CANDIDATE);

    assertThat(bench.all(RequestVote.class)).containsOnly(new RequestVote(3, true, false, 0, 0, 1));
  }
}
