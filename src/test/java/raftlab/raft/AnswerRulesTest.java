package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.Role;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.raft.RaftMessage.InstallSnapshot;
import raftlab.raft.RaftMessage.RequestVote;
import raftlab.raft.RaftMessage.SnapshotReply;
import raftlab.raft.RaftMessage.TimeoutNow;
import raftlab.raft.RaftMessage.VoteReply;
import raftlab.storage.MemoryStorage;
import raftlab.wire.Message;

/**
 * An answer counts for the message that it answers, and for no other: one test a rule. Numbers of
 * messages begin again with each term, so the number alone does not name a message.
 */
final class AnswerRulesTest {
  private static final int LEASE_TIME = RaftSettings.DEFAULT.get(Setting.LEASE_TIME);

  /** Leader of term 1, follower in term 2, leader of term 3, whose lease has run out. */
  private static SingleReplicaBench leaderOfTerm3(RaftSettings settings) {
    SingleReplicaBench bench = new SingleReplicaBench(3, new MemoryStorage(), 1, settings);
    bench.electAndConfirm();
    bench.append(2, 1, 1, 1, SingleReplicaBench.entry(2, 2));
    bench.electAndConfirm();
    assertThat(bench.term()).isEqualTo(3);
    bench.standStill(LEASE_TIME);
    return bench;
  }

  /** The rejection of a message that the same replica sent as the leader of term 1. */
  private static AppendReply lateRejection(Message presentMessage) {
    AppendEntries present = (AppendEntries) MessageCodec.decode(presentMessage);
    return AppendReply.outdated(3, new AppendEntries(1, present.round(), 0, 0, 0, List.of()));
  }

  @Test
  void a_late_rejection_of_a_message_of_term_1_renews_no_lease_of_the_leader_of_term_3() {
    SingleReplicaBench bench = leaderOfTerm3(RaftSettings.DEFAULT);
    bench.put("k", "v");
    for (Message sent : List.copyOf(bench.sent)) {
      bench.receive(sent.dst().value(), lateRejection(sent));
    }

    assertThat(bench.answer(bench.get("k"))).isNull();
  }

  @Test
  void a_late_rejection_of_a_message_of_term_1_confirms_no_read_of_the_leader_of_term_3() {
    SingleReplicaBench bench = leaderOfTerm3(RaftSettings.DEFAULT.without(Setting.LEASE));
    String get = bench.get("k");
    List<Message> sent = List.copyOf(bench.sent);
    for (Message message : sent) {
      bench.receive(message.dst().value(), lateRejection(message));
    }

    assertThat(bench.answer(get)).isNull();
    sent.forEach(bench::confirm);
    assertThat(bench.answer(get)).isEqualTo("ok() 0000");
  }

  @Test
  void a_late_rejection_of_a_message_of_term_1_does_not_move_the_next_index() {
    SingleReplicaBench bench = leaderOfTerm3(RaftSettings.DEFAULT);
    bench.put("k", "v");
    Message sent = bench.sent.get(0);
    bench.sent.clear();

    bench.receive(sent.dst().value(), lateRejection(sent));

    assertThat(bench.all(AppendEntries.class)).allMatch(append -> append.prevLogIndex() > 0);
  }

  @Test
  void a_late_success_of_a_message_of_term_1_commits_nothing_of_term_3() {
    SingleReplicaBench bench = leaderOfTerm3(RaftSettings.DEFAULT);
    bench.put("k", "v");
    AppendEntries sent = bench.last(AppendEntries.class);
    int before = bench.changes(Committed.class).size();

    bench.receive(1, AppendReply.success(1, sent.round(), 4));
    bench.receive(2, AppendReply.success(1, sent.round(), 4));

    assertThat(bench.changes(Committed.class)).hasSize(before);
  }

  @Test
  void the_answer_to_a_deposed_leader_says_which_term_its_message_was_of() {
    SingleReplicaBench bench = SingleReplicaBench.withLog(3, 3, 1);

    bench.receive(1, new AppendEntries(1, 9, 0, 0, 0, List.of()));
    bench.receive(1, new InstallSnapshot(2, 8, 5, 1, 10, 0, new byte[1]));

    assertThat(bench.all(AppendReply.class))
        .containsExactly(
            new AppendReply(3, 1, 9, false, 0, 0, 0), new AppendReply(3, 2, 8, false, 0, 0, 0));
  }

  @Test
  void an_answer_without_the_term_of_the_request_is_of_the_same_term() {
    SingleReplicaBench bench = SingleReplicaBench.withLog(3, 3, 1);

    bench.receive(1, new AppendEntries(3, 9, 1, 1, 0, List.of()));

    assertThat(bench.sent.get(0).fields().has("requestTerm")).isFalse();
    assertThat(bench.last(AppendReply.class)).isEqualTo(AppendReply.success(3, 9, 1));
  }

  // Votes.

  @Test
  void a_late_refusal_of_an_earlier_election_is_no_answer_to_the_present_one() {
    RaftSettings settings = RaftSettings.DEFAULT.without(Setting.PRE_VOTE);
    SingleReplicaBench bench = new SingleReplicaBench(5, new MemoryStorage(), 1, settings);
    bench.waitFor(Role.CANDIDATE);
    RequestVote earlier = bench.last(RequestVote.class);
    while (bench.term() == 1) {
      bench.pass(1);
    }
    bench.sent.clear();

    // This voter received from a leader, and refused without adopting term 1.
    bench.receive(1, new VoteReply(0, false, false, earlier.term(), earlier.round()));
    for (int i = 0; i < 1_000 && bench.sent.isEmpty(); i++) {
      bench.pass(1);
    }
    assertThat(bench.term()).isEqualTo(2);

    assertThat(bench.receivers(RequestVote.class)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void a_late_pre_vote_for_an_earlier_attempt_in_the_same_term_does_not_count() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.append(1, 0, 0, 0);
    bench.waitFor(Role.PRE_CANDIDATE);
    RequestVote earlier = bench.last(RequestVote.class);
    bench.append(1, 0, 0, 0);
    bench.waitFor(Role.PRE_CANDIDATE);
    RequestVote present = bench.last(RequestVote.class);
    assertThat(present.term()).isEqualTo(earlier.term());

    bench.receive(1, SingleReplicaBench.vote(earlier, true));
    assertThat(bench.role()).isEqualTo(Role.PRE_CANDIDATE);
    bench.receive(1, SingleReplicaBench.vote(present, true));
    assertThat(bench.role()).isEqualTo(Role.CANDIDATE);
  }

  @Test
  void a_late_pre_vote_from_before_a_restart_does_not_count() {
    SingleReplicaBench before = new SingleReplicaBench(3);
    before.append(1, 0, 0, 0);
    before.waitFor(Role.PRE_CANDIDATE);
    RequestVote earlier = before.last(RequestVote.class);
    SingleReplicaBench bench = before.restarted();
    bench.waitFor(Role.PRE_CANDIDATE);
    RequestVote present = bench.last(RequestVote.class);
    assertThat(present.term()).isEqualTo(earlier.term());

    bench.receive(1, SingleReplicaBench.vote(earlier, true));
    assertThat(bench.role()).isEqualTo(Role.PRE_CANDIDATE);
    bench.receive(1, SingleReplicaBench.vote(present, true));
    assertThat(bench.role()).isEqualTo(Role.CANDIDATE);
  }

  @Test
  void a_late_vote_of_term_2_elects_no_candidate_of_term_3() {
    RaftSettings settings = RaftSettings.DEFAULT.without(Setting.PRE_VOTE);
    SingleReplicaBench bench = new SingleReplicaBench(3, new MemoryStorage(), 1, settings);
    bench.append(1, 0, 0, 0);
    bench.waitFor(Role.CANDIDATE);
    RequestVote earlier = bench.last(RequestVote.class);
    while (bench.term() == 2) {
      bench.pass(1);
    }
    RequestVote present = bench.last(RequestVote.class);
    assertThat(List.of(present.term(), present.round())).containsExactly(3L, earlier.round());

    bench.receive(1, SingleReplicaBench.vote(earlier, true));
    assertThat(bench.role()).isEqualTo(Role.CANDIDATE);
    bench.receive(1, SingleReplicaBench.vote(present, true));
    assertThat(bench.role()).isEqualTo(Role.LEADER);
  }

  @Test
  void a_late_timeout_now_of_term_1_starts_no_election_though_its_sender_leads_again_in_term_3() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.append(1, 0, 0, 0);
    bench.receive(2, new AppendEntries(2, 1, 0, 0, 0, List.of()));
    bench.append(3, 0, 0, 0);

    bench.receive(1, new TimeoutNow(1));

    assertThat(bench.role()).isEqualTo(Role.FOLLOWER);
    assertThat(bench.term()).isEqualTo(3);
  }

  // Snapshots. A message that arrives late is answered as outdated, whatever it is.

  @Test
  void a_late_rejection_of_a_snapshot_of_term_1_renews_no_lease_of_the_leader_of_term_3() {
    SingleReplicaBench bench = leaderOfTerm3(RaftSettings.DEFAULT);
    bench.put("k", "v");
    for (Message sent : List.copyOf(bench.sent)) {
      AppendEntries present = (AppendEntries) MessageCodec.decode(sent);
      InstallSnapshot late = new InstallSnapshot(1, present.round(), 1, 1, 10, 0, new byte[1]);
      bench.receive(sent.dst().value(), AppendReply.outdated(3, late));
    }

    assertThat(bench.answer(bench.get("k"))).isNull();
  }

  @Test
  void a_late_reply_to_a_part_of_a_snapshot_of_term_1_does_not_move_the_offset_in_term_3() {
    SingleReplicaBench bench = SnapshotSendingTest.leaderAheadOfTwo();
    bench.append(2, 7, 1, 7);
    bench.elect();
    assertThat(bench.term()).isEqualTo(3);
    AppendEntries first = (AppendEntries) MessageCodec.decode(bench.lastTo(2));
    bench.receive(2, AppendReply.rejection(3, first.round(), 0, 1));
    InstallSnapshot part = bench.last(InstallSnapshot.class);
    bench.sent.clear();

    bench.receive(2, new SnapshotReply(1, part.round(), part.lastIncludedIndex(), 20));
    assertThat(bench.all(InstallSnapshot.class)).isEmpty();
    bench.pass(100);

    assertThat(bench.all(InstallSnapshot.class)).isNotEmpty().allMatch(p -> p.offset() == 0);
  }

  @Test
  void a_reply_to_a_part_that_another_reply_has_overtaken_does_not_move_the_offset_back() {
    SingleReplicaBench bench = SnapshotSendingTest.leaderAheadOfTwo();
    InstallSnapshot first = bench.last(InstallSnapshot.class);
    bench.sent.clear();
    bench.pass(100);
    InstallSnapshot repeated = bench.last(InstallSnapshot.class);
    assertThat(repeated.offset()).isZero();
    int half = SnapshotRulesTest.PART;
    bench.receive(2, new SnapshotReply(1, repeated.round(), first.lastIncludedIndex(), half));
    assertThat(bench.last(InstallSnapshot.class).offset()).isEqualTo(half);
    bench.sent.clear();

    bench.receive(2, new SnapshotReply(1, first.round(), first.lastIncludedIndex(), 1));
    bench.pass(200);

    assertThat(bench.all(InstallSnapshot.class)).isNotEmpty().allMatch(p -> p.offset() == half);
  }

  @Test
  void a_late_part_of_a_snapshot_of_term_1_is_not_added_to_that_of_term_3() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.receive(1, new InstallSnapshot(3, 1, 5, 1, 10, 0, new byte[4]));
    assertThat(bench.last(SnapshotReply.class).offset()).isEqualTo(4);

    bench.receive(1, new InstallSnapshot(1, 2, 5, 1, 10, 4, new byte[4]));
    assertThat(bench.last(AppendReply.class)).isEqualTo(new AppendReply(3, 1, 2, false, 0, 0, 0));
    bench.receive(1, new InstallSnapshot(3, 2, 5, 1, 10, 4, new byte[1]));

    assertThat(bench.last(SnapshotReply.class).offset()).isEqualTo(5);
  }

  @Test
  void rounds_of_parts_count_anew_in_each_term() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.receive(1, new InstallSnapshot(1, 9, 5, 1, 10, 0, new byte[4]));

    bench.receive(1, new InstallSnapshot(3, 1, 5, 1, 10, 4, new byte[4]));

    assertThat(bench.last(SnapshotReply.class)).isEqualTo(new SnapshotReply(3, 1, 5, 8));
  }

  // A leader's state about a follower.

  @Test
  void the_commit_index_of_a_follower_never_decreases() {
    FollowerProgress follower = new FollowerProgress(RaftSettings.DEFAULT, 1, 0);
    follower.onSent(1, 0, 5);
    follower.onReply(1, 0, 1);
    follower.matchIndex = 5;
    follower.onMatch();
    assertThat(follower.needsNoMoreMessages(5)).isTrue();

    follower.onSent(2, 1, 0); // a part of a snapshot has no leaderCommit
    follower.onReply(2, 1, 2);
    follower.onMatch();

    assertThat(follower.needsNoMoreMessages(5)).isTrue();
  }
}
