package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static raftlab.raft.MembershipRulesTest.commitIndex;
import static raftlab.raft.MembershipRulesTest.ids;
import static raftlab.raft.MembershipRulesTest.latest;
import static raftlab.raft.MembershipRulesTest.leader;
import static raftlab.raft.MembershipRulesTest.live;
import static raftlab.raft.MembershipRulesTest.members;

import org.junit.jupiter.api.Test;
import raftlab.node.StateChange.MembersChanged;
import raftlab.node.StateChange.Role;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.raft.RaftMessage.RequestVote;
import raftlab.raft.RaftMessage.TimeoutNow;
import raftlab.raft.RaftMessage.VoteReply;

/** New servers catch up before they count: dissertation §4.2.1. */
final class LearnerRulesTest {
  /** This follower acknowledges the given number of entries. */
  private static void has(SingleReplicaBench bench, int follower, long entries) {
    AppendEntries last = (AppendEntries) MessageCodec.decode(bench.lastTo(follower));
    bench.receive(follower, AppendReply.success(last.term(), last.round(), entries));
  }

  @Test
  void a_new_server_is_a_learner_first_gets_the_log_and_does_not_count() {
    SingleReplicaBench bench = leader(3);
    BenchRequests.administer(bench, "add", 3);
    live(bench, 5, 1, 2);
    assertThat(latest(bench)).isEqualTo(new MembersChanged(2, ids(0, 1, 2), ids(3)));
    assertThat(commitIndex(bench)).isEqualTo(2);

    String put = bench.put("k", "v");
    bench.pass(320);
    has(bench, 3, 3);
    assertThat(bench.answer(put)).as("only the learner has it").isNull();
    live(bench, 5, 1);

    assertThat(bench.answer(put)).isEqualTo("ok 0000");
  }

  @Test
  void a_learner_that_caught_up_within_an_election_timeout_becomes_a_voter() {
    SingleReplicaBench bench = leader(3);
    String add = BenchRequests.administer(bench, "add", 3);

    live(bench, 400, 1, 2, 3);

    assertThat(bench.answer(add)).isEqualTo("ok 0000");
    assertThat(latest(bench)).isEqualTo(new MembersChanged(3, ids(0, 1, 2, 3), ids()));
  }

  @Test
  void a_learner_that_answers_nothing_is_given_up_after_a_while() {
    SingleReplicaBench bench = leader(3);
    String add = BenchRequests.administer(bench, "add", 3);

    live(bench, 7_000, 1, 2);

    assertThat(BenchRequests.reason(bench, add)).isEqualTo("0003 was not added: it says nothing");
    assertThat(latest(bench)).isEqualTo(new MembersChanged(3, ids(0, 1, 2), ids()));
  }

  @Test
  void a_learner_that_is_too_slow_in_every_round_is_given_up() {
    SingleReplicaBench bench = leader(3);
    String add = BenchRequests.administer(bench, "add", 3);
    live(bench, 10, 1, 2);
    for (int i = 0; i < 10; i++) {
      long atBeginOfRound = bench.logTerms().size();
      bench.put("k", "v" + i);
      live(bench, 700, 1, 2);
      has(bench, 3, atBeginOfRound);
    }

    assertThat(BenchRequests.reason(bench, add))
        .isEqualTo("0003 was not added: it is too slow to catch up");
  }

  @Test
  void the_next_leader_goes_on_with_a_learner_that_it_finds() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.append(1, 0, 0, 0, members(1, ids(0, 1, 2), ids(3)));
    bench.elect();

    live(bench, 400, 1, 2, 3);

    assertThat(latest(bench).voters()).isEqualTo(ids(0, 1, 2, 3));
  }

  @Test
  void a_learners_vote_does_not_count_and_is_not_asked_for() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.append(1, 0, 0, 0, members(1, ids(0, 1, 2), ids(3)));
    bench.sent.clear();
    bench.waitFor(Role.PRE_CANDIDATE);

    bench.receive(3, new VoteReply(1, true, true, 1, 1));
    assertThat(bench.role()).isEqualTo(Role.PRE_CANDIDATE);
    assertThat(bench.receivers(RequestVote.class)).doesNotContain(3);
    bench.receive(1, new VoteReply(1, true, true, 1, 1));

    assertThat(bench.role()).isEqualTo(Role.CANDIDATE);
  }

  @Test
  void a_learner_starts_no_election_not_even_before_its_addition_is_committed() {
    SingleReplicaBench bench = new SingleReplicaBench(4);
    bench.append(1, 0, 0, 0, members(1, ids(1, 2, 3), ids(0)));

    bench.pass(5_000);
    bench.receive(1, new TimeoutNow(1));

    assertThat(bench.role()).isEqualTo(Role.FOLLOWER);
    assertThat(bench.all(RequestVote.class)).isEmpty();
  }
}
