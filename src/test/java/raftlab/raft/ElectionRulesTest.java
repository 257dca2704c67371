package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.Voted;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.raft.RaftMessage.RequestVote;
import raftlab.raft.RaftMessage.VoteReply;
import raftlab.storage.MemoryStorage;
import raftlab.wire.Id;

/** §5.1, §5.2, §5.4.1: one test a rule. */
final class ElectionRulesTest {
  private static final int MIN = RaftSettings.DEFAULT.get(Setting.ELECTION_TIMEOUT_MIN);
  private static final int MAX = RaftSettings.DEFAULT.get(Setting.ELECTION_TIMEOUT_MAX);

  @Test
  void a_replica_starts_as_follower_without_leader_and_sends_nothing() {
    SingleReplicaBench bench = new SingleReplicaBench(5);

    assertThat(bench.role()).isEqualTo(Role.FOLLOWER);
    assertThat(bench.sent).isEmpty();
  }

  @Test
  void the_first_election_timeout_of_a_fresh_replica_is_short_and_random() {
    List<Long> times = new ArrayList<>();
    for (int seed = 0; seed < 200; seed++) {
      SingleReplicaBench bench =
          new SingleReplicaBench(5, new MemoryStorage(), seed, RaftSettings.DEFAULT);
      times.add(silenceUntilCanvass(bench));
    }

    assertThat(times).allMatch(time -> time >= 50 && time < 200);
    assertThat(times.stream().distinct().count()).isGreaterThan(50);
  }

  @Test
  void an_election_timeout_is_random_within_its_bounds() {
    List<Long> times = new ArrayList<>();
    for (int seed = 0; seed < 300; seed++) {
      SingleReplicaBench bench =
          new SingleReplicaBench(5, new MemoryStorage(), seed, RaftSettings.DEFAULT);
      bench.append(1, 0, 0, 0);
      times.add(silenceUntilCanvass(bench));
    }

    assertThat(times).allMatch(time -> time >= MIN && time < MAX);
    assertThat(times.stream().distinct().count()).isGreaterThan(100);
  }

  private static long silenceUntilCanvass(SingleReplicaBench bench) {
    long begun = bench.nowMillis();
    bench.waitFor(Role.PRE_CANDIDATE);
    return bench.nowMillis() - begun;
  }

  @Test
  void messages_of_the_leader_put_the_election_timeout_off() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    for (int i = 0; i < 20; i++) {
      bench.append(1, 0, 0, 0);
      bench.pass(MIN - 1);
    }

    assertThat(bench.role()).isEqualTo(Role.FOLLOWER);
  }

  @Test
  void a_follower_without_leader_asks_for_pre_votes_without_beginning_a_term() {
    SingleReplicaBench bench = new SingleReplicaBench(5);

    bench.waitFor(Role.PRE_CANDIDATE);

    assertThat(bench.term()).isZero();
    assertThat(bench.all(RequestVote.class)).containsOnly(new RequestVote(0, true, false, 0, 0, 1));
    assertThat(bench.receivers(RequestVote.class)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void a_majority_of_pre_votes_makes_it_begin_a_term_vote_for_itself_and_ask_for_votes() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.waitFor(Role.PRE_CANDIDATE);
    bench.sent.clear();

    bench.receive(1, new VoteReply(0, true, true, 0, 1));
    assertThat(bench.role()).isEqualTo(Role.PRE_CANDIDATE);
    bench.receive(2, new VoteReply(0, true, true, 0, 1));

    assertThat(bench.role()).isEqualTo(Role.CANDIDATE);
    assertThat(bench.changes(Voted.class)).containsExactly(new Voted(1, Id.of(0)));
    assertThat(bench.all(RequestVote.class))
        .hasSize(4)
        .containsOnly(new RequestVote(1, false, false, 0, 0, 1));
  }

  @Test
  void without_pre_vote_it_starts_an_election_at_once() {
    SingleReplicaBench bench =
        new SingleReplicaBench(
            5, new MemoryStorage(), 1, RaftSettings.DEFAULT.without(Setting.PRE_VOTE));

    bench.waitFor(Role.CANDIDATE);

    assertThat(bench.term()).isEqualTo(1);
  }

  @Test
  void a_majority_of_votes_makes_it_leader_and_it_sends_all_an_entry_of_its_term() {
    SingleReplicaBench bench = new SingleReplicaBench(5);

    bench.elect();

    assertThat(bench.logTerms()).containsExactly(1L);
    assertThat(bench.receivers(AppendEntries.class)).containsExactly(1, 2, 3, 4);
    assertThat(bench.all(AppendEntries.class)).allMatch(append -> append.entries().size() == 1);
    assertThat(bench.sent).allMatch(message -> message.leader().equals(Id.of(0)));
  }

  @Test
  void a_voter_counts_once_however_often_its_answer_comes() {
    SingleReplicaBench bench = candidate();

    bench.receive(1, new VoteReply(1, false, true, 1, 1));
    bench.receive(1, new VoteReply(1, false, true, 1, 1));
    bench.receive(1, new VoteReply(1, false, true, 1, 1));

    assertThat(bench.role()).isEqualTo(Role.CANDIDATE);
  }

  @Test
  void refusals_pre_votes_and_votes_of_older_terms_do_not_count() {
    SingleReplicaBench bench = candidate();

    for (int voter = 1; voter <= 4; voter++) {
      bench.receive(voter, new VoteReply(1, false, false, 1, 1));
      bench.receive(voter, new VoteReply(1, true, true, 1, 1));
      bench.receive(voter, new VoteReply(0, false, true, 0, 1));
    }

    assertThat(bench.role()).isEqualTo(Role.CANDIDATE);
  }

  private static SingleReplicaBench candidate() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.waitFor(Role.PRE_CANDIDATE);
    bench.receive(1, new VoteReply(0, true, true, 0, 1));
    bench.receive(2, new VoteReply(0, true, true, 0, 1));
    assertThat(bench.role()).isEqualTo(Role.CANDIDATE);
    bench.sent.clear();
    return bench;
  }

  @Test
  void a_candidate_that_receives_from_the_leader_of_its_term_follows_it() {
    SingleReplicaBench bench = candidate();

    bench.append(1, 0, 0, 0);

    assertThat(bench.role()).isEqualTo(Role.FOLLOWER);
    assertThat(bench.sent).allMatch(message -> message.leader().equals(Id.of(1)));
  }

  @Test
  void a_candidate_that_sees_a_later_term_adopts_it_and_follows() {
    SingleReplicaBench bench = candidate();

    bench.receive(3, new VoteReply(7, false, false, 7, 1));

    assertThat(bench.role()).isEqualTo(Role.FOLLOWER);
    assertThat(bench.term()).isEqualTo(7);
  }

  @Test
  void a_candidate_without_majority_asks_for_pre_votes_again_after_a_random_time() {
    SingleReplicaBench bench = candidate();

    bench.waitFor(Role.PRE_CANDIDATE);

    assertThat(bench.term()).isEqualTo(1);
  }

  @Test
  void requests_are_repeated_to_replicas_that_have_not_answered() {
    SingleReplicaBench bench = candidate();
    bench.receive(1, new VoteReply(1, false, true, 1, 1));
    bench.receive(2, new VoteReply(1, false, false, 1, 1));
    bench.sent.clear();

    bench.pass(RaftSettings.DEFAULT.get(Setting.VOTE_RETRANSMIT));

    assertThat(bench.receivers(RequestVote.class)).containsExactly(3, 4);
  }

  @Test
  void a_late_vote_of_an_earlier_term_leaves_the_voter_to_be_asked_again() {
    SingleReplicaBench bench = candidate();
    bench.waitFor(Role.PRE_CANDIDATE);
    bench.grant(1);
    bench.grant(2);
    assertThat(bench.term()).isEqualTo(2);
    assertThat(bench.role()).isEqualTo(Role.CANDIDATE);
    bench.sent.clear();

    bench.receive(3, new VoteReply(1, false, true, 1, 1));
    bench.pass(4L * RaftSettings.DEFAULT.get(Setting.VOTE_RETRANSMIT));

    assertThat(bench.receivers(RequestVote.class)).startsWith(1, 2, 3, 4);
  }

  @Test
  void a_replica_that_is_cut_off_asks_less_and_less_often() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.pass(10_000);
    bench.sent.clear();

    bench.pass(10_000);

    assertThat(bench.sent).hasSizeLessThan(400);
    assertThat(bench.term()).isZero();
  }

  @Test
  void a_vote_is_given_once_a_term_and_to_the_same_candidate_again() {
    SingleReplicaBench bench = new SingleReplicaBench(5);

    assertThat(bench.requestVote(1, 1, false, 0, 0).granted()).isTrue();
    assertThat(bench.requestVote(2, 1, false, 0, 0).granted()).isFalse();
    assertThat(bench.requestVote(1, 1, false, 0, 0).granted()).isTrue();
    assertThat(bench.requestVote(2, 2, false, 0, 0).granted()).isTrue();
  }

  @Test
  void pre_votes_are_granted_to_several_candidates() {
    SingleReplicaBench bench = new SingleReplicaBench(5);

    assertThat(bench.requestVote(1, 0, true, 0, 0).granted()).isTrue();
    assertThat(bench.requestVote(2, 0, true, 0, 0).granted()).isTrue();

    assertThat(bench.changes(Voted.class)).isEmpty();
    assertThat(bench.term()).isZero();
  }

  @Test
  void a_request_of_an_older_term_is_refused_with_the_present_one() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.requestVote(1, 5, false, 0, 0);

    assertThat(bench.requestVote(2, 4, false, 9, 4))
        .isEqualTo(new VoteReply(5, false, false, 4, 1));
  }

  @Test
  void only_a_log_that_is_up_to_date_gets_votes() {
    SingleReplicaBench bench = SingleReplicaBench.withLog(5, 3, 1, 3, 3);
    bench.standStill(MIN);

    assertThat(bench.requestVote(1, 3, true, 2, 3).granted()).as("shorter").isFalse();
    assertThat(bench.requestVote(1, 3, true, 9, 2).granted()).as("older").isFalse();
    assertThat(bench.requestVote(1, 3, true, 3, 3).granted()).as("the same").isTrue();
    assertThat(bench.requestVote(1, 3, true, 4, 3).granted()).as("longer").isTrue();
    assertThat(bench.requestVote(1, 4, true, 1, 4).granted()).as("newer").isTrue();
    assertThat(bench.requestVote(1, 5, false, 2, 3).granted()).as("a real vote").isFalse();
  }

  @Test
  void a_vote_survives_a_crash() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.requestVote(1, 1, false, 0, 0);

    SingleReplicaBench restarted = bench.restarted();
    restarted.standStill(MIN);

    assertThat(restarted.requestVote(2, 1, false, 0, 0).granted()).isFalse();
    assertThat(restarted.requestVote(1, 1, false, 0, 0).granted()).isTrue();
  }

  @Test
  void after_a_restart_no_vote_is_given_for_an_election_timeout() {
    SingleReplicaBench bench = SingleReplicaBench.withLog(5, 1, 1);
    bench.standStill(MIN - 1);
    assertThat(bench.requestVote(1, 2, false, 1, 1))
        .isEqualTo(new VoteReply(1, false, false, 2, 1));

    bench.standStill(1);
    assertThat(bench.requestVote(1, 2, false, 1, 1)).isEqualTo(new VoteReply(2, false, true, 2, 1));
  }

  @Test
  void a_server_with_a_leader_refuses_its_vote_and_ignores_the_term() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.append(1, 0, 0, 0);
    bench.standStill(MIN - 1);

    assertThat(bench.requestVote(2, 8, true, 0, 0)).isEqualTo(new VoteReply(1, true, false, 8, 1));
    assertThat(bench.requestVote(2, 9, false, 0, 0))
        .isEqualTo(new VoteReply(1, false, false, 9, 1));
    bench.standStill(1);
    assertThat(bench.requestVote(2, 9, false, 0, 0)).isEqualTo(new VoteReply(9, false, true, 9, 1));
  }

  @Test
  void a_leader_in_touch_with_a_majority_ignores_later_terms_of_candidates() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.electAndConfirm();

    assertThat(bench.requestVote(2, 8, false, 9, 7))
        .isEqualTo(new VoteReply(1, false, false, 8, 1));
    assertThat(bench.role()).isEqualTo(Role.LEADER);
  }

  @Test
  void a_leader_that_sees_a_later_term_in_an_answer_steps_down() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.electAndConfirm();

    bench.receive(2, AppendReply.rejection(2, 1, 0, 0));

    assertThat(bench.role()).isEqualTo(Role.FOLLOWER);
    assertThat(bench.term()).isEqualTo(2);
  }

  @Test
  void a_leader_without_answers_of_a_majority_steps_down() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.electAndConfirm();
    long begun = bench.nowMillis();

    while (bench.role() == Role.LEADER && bench.nowMillis() < begun + 2_000) {
      bench.pass(10);
      bench.sent.stream().filter(m -> m.dst().value() == 1).toList().forEach(bench::confirm);
      bench.sent.clear();
    }

    assertThat(bench.role()).isEqualTo(Role.FOLLOWER);
    assertThat(bench.nowMillis() - begun).isBetween(450L, 1_110L);
    assertThat(bench.term()).isEqualTo(1);
  }

  @Test
  void a_cluster_of_one_leads_itself() {
    SingleReplicaBench bench = new SingleReplicaBench(1);
    bench.pass(200);

    String put = bench.put("k", "v");
    String get = bench.get("k");

    assertThat(bench.answer(put)).isEqualTo("ok 0000");
    assertThat(bench.answer(get)).isEqualTo("ok(v) 0000");
  }
}
