package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.MembersChanged;
import raftlab.node.StateChange.Role;
import raftlab.raft.Command.Reconfigure;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.raft.RaftMessage.RequestVote;
import raftlab.raft.RaftMessage.TimeoutNow;
import raftlab.raft.RaftMessage.VoteReply;
import raftlab.wire.Id;

/**
 * §6, dissertation §4: one test a rule. This replica is 0; those that it starts with are 0 to
 * size-1.
 */
final class MembershipRulesTest {
  static SingleReplicaBench leader(int size) {
    SingleReplicaBench bench = new SingleReplicaBench(size);
    bench.electAndConfirm();
    return bench;
  }

  static List<Id> ids(int... numbers) {
    return Arrays.stream(numbers).mapToObj(Id::of).toList();
  }

  static LogEntry members(long term, List<Id> voters, List<Id> learners) {
    return LogEntry.of(term, new Reconfigure(new Configuration(voters, learners)));
  }

  static MembersChanged latest(SingleReplicaBench bench) {
    List<MembersChanged> all = bench.changes(MembersChanged.class);
    return all.get(all.size() - 1);
  }

  static long commitIndex(SingleReplicaBench bench) {
    return bench.changes(Committed.class).stream().mapToLong(Committed::index).max().orElse(0);
  }

  /** Time passes, and these followers confirm all that they get; answers to clients stay. */
  static void live(SingleReplicaBench bench, int millis, Integer... followers) {
    List<Integer> confirming = List.of(followers);
    for (int i = 0; i < millis; i++) {
      bench.sent.stream()
          .filter(m -> m.type().equals("appendEntries") && confirming.contains(m.dst().value()))
          .toList()
          .forEach(
              message -> {
                bench.sent.remove(message);
                bench.confirm(message);
              });
      bench.pass(1);
    }
  }

  // A configuration is an entry.

  @Test
  void the_first_entry_of_a_log_contains_the_members_and_that_of_a_later_term_does_nothing() {
    SingleReplicaBench first = new SingleReplicaBench(3);
    first.elect();
    assertThat(first.last(AppendEntries.class).entries())
        .containsExactly(members(1, ids(0, 1, 2), ids()));

    SingleReplicaBench later = SingleReplicaBench.withLog(3, 1, 1);
    later.elect();

    assertThat(later.last(AppendEntries.class).entries())
        .containsExactly(LogEntry.of(2, Command.NoOp.INSTANCE));
  }

  @Test
  void a_replica_goes_by_the_latest_configuration_in_its_log_committed_or_not() {
    SingleReplicaBench bench = new SingleReplicaBench(3);

    bench.append(1, 0, 0, 0, members(1, ids(0, 1, 2, 5), ids(6)));

    assertThat(commitIndex(bench)).isZero();
    assertThat(latest(bench)).isEqualTo(new MembersChanged(1, ids(0, 1, 2, 5), ids(6)));
    bench.sent.clear();
    bench.waitFor(Role.PRE_CANDIDATE);
    assertThat(bench.receivers(RequestVote.class)).containsExactly(1, 2, 5);
  }

  @Test
  void if_that_entry_is_deleted_the_configuration_before_it_holds_again() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.append(1, 0, 0, 0, members(1, ids(0, 1), ids()), members(1, ids(0), ids()));

    bench.append(2, 1, 1, 0, SingleReplicaBench.entry(2, 2));
    assertThat(latest(bench)).isEqualTo(new MembersChanged(1, ids(0, 1), ids()));
    bench.append(3, 0, 0, 0, SingleReplicaBench.entry(3, 1));
    assertThat(latest(bench)).isEqualTo(new MembersChanged(0, ids(0, 1, 2), ids()));
  }

  @Test
  void the_configuration_survives_a_restart() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.append(1, 0, 0, 0, members(1, ids(0, 1), ids(4)));

    assertThat(latest(bench.restarted())).isEqualTo(new MembersChanged(1, ids(0, 1), ids(4)));
  }

  @Test
  void a_leader_uses_the_new_majority_as_soon_as_the_change_is_appended() {
    SingleReplicaBench bench = leader(5);

    BenchRequests.administer(bench, "remove", 4);
    live(bench, 5, 1);
    assertThat(commitIndex(bench)).as("two of four").isEqualTo(1);
    live(bench, 5, 2);

    assertThat(commitIndex(bench)).as("three of four").isEqualTo(2);
    assertThat(bench.receivers(AppendEntries.class)).doesNotContain(4);
  }

  // One at a time.

  @Test
  void no_change_begins_before_the_one_before_is_committed() {
    SingleReplicaBench bench = leader(5);
    String first = BenchRequests.administer(bench, "remove", 4);

    String second = BenchRequests.administer(bench, "remove", 3);
    assertThat(BenchRequests.reason(bench, second))
        .isEqualTo("another change of members is under way");
    live(bench, 10, 1, 2, 3);
    assertThat(bench.answer(first)).isEqualTo("ok 0000");

    String third = BenchRequests.administer(bench, "remove", 3);
    live(bench, 10, 1, 2);
    assertThat(bench.answer(third)).isEqualTo("ok 0000");
    assertThat(latest(bench).voters()).isEqualTo(ids(0, 1, 2));
  }

  @Test
  void no_change_begins_before_the_leader_has_committed_an_entry_of_its_own_term() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.elect();

    String remove = BenchRequests.administer(bench, "remove", 4);

    assertThat(BenchRequests.reason(bench, remove))
        .isEqualTo("this leader has not committed an entry of its own term yet");
  }

  @Test
  void no_change_begins_while_a_learner_catches_up_but_to_take_that_one_back() {
    SingleReplicaBench bench = leader(3);
    String add = BenchRequests.administer(bench, "add", 3);
    live(bench, 10, 1, 2);

    assertThat(BenchRequests.reason(bench, BenchRequests.administer(bench, "remove", 2)))
        .isEqualTo("another change of members is under way: [0003] catches up");
    String back = BenchRequests.administer(bench, "remove", 3);
    live(bench, 10, 1, 2);

    assertThat(BenchRequests.reason(bench, add)).isEqualTo("it was taken back");
    assertThat(bench.answer(back)).isEqualTo("ok 0000");
    assertThat(latest(bench).learners()).isEmpty();
  }

  @Test
  void what_is_so_already_is_done_at_once() {
    SingleReplicaBench bench = leader(3);

    assertThat(bench.answer(BenchRequests.administer(bench, "add", 2))).isEqualTo("ok 0000");
    assertThat(bench.answer(BenchRequests.administer(bench, "remove", 9))).isEqualTo("ok 0000");
    assertThat(bench.changes(MembersChanged.class)).extracting("index").containsExactly(0L, 1L);
  }

  @Test
  void the_only_voter_cannot_be_removed() {
    SingleReplicaBench bench = new SingleReplicaBench(1);
    bench.pass(200);

    assertThat(BenchRequests.reason(bench, BenchRequests.administer(bench, "remove", 0)))
        .isEqualTo("0000 is the only voter");
  }

  // Removal.

  @Test
  void a_leader_that_removes_itself_does_not_count_itself() {
    SingleReplicaBench bench = leader(3);
    BenchRequests.administer(bench, "remove", 0);

    live(bench, 5, 1);
    assertThat(commitIndex(bench)).as("it and one of the two that stay").isEqualTo(1);
    assertThat(bench.role()).isEqualTo(Role.LEADER);
    live(bench, 5, 2);

    assertThat(commitIndex(bench)).isEqualTo(2);
  }

  @Test
  void a_leader_that_removes_itself_steps_down_when_that_is_committed_and_sends_timeout_now() {
    SingleReplicaBench bench = leader(3);
    String remove = BenchRequests.administer(bench, "remove", 0);

    live(bench, 5, 1, 2);

    assertThat(bench.answers(remove)).hasSize(1).allMatch(answer -> answer.type().equals("ok"));
    assertThat(bench.role()).isEqualTo(Role.FOLLOWER);
    assertThat(bench.all(TimeoutNow.class)).containsExactly(new TimeoutNow(1));
    bench.sent.clear();
    bench.pass(5_000);
    assertThat(bench.sent).isEmpty();
  }

  @Test
  void a_removed_server_may_start_elections_until_that_is_committed_and_counts_the_others_only() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.append(1, 0, 0, 0, members(1, ids(1, 2), ids()));
    bench.waitFor(Role.PRE_CANDIDATE);

    bench.receive(1, new VoteReply(1, true, true, 1, 1));
    assertThat(bench.role()).as("one of two").isEqualTo(Role.PRE_CANDIDATE);
    bench.receive(2, new VoteReply(1, true, true, 1, 1));

    assertThat(bench.role()).isEqualTo(Role.CANDIDATE);
  }

  @Test
  void a_server_whose_removal_is_committed_starts_no_election() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.append(1, 0, 0, 1, members(1, ids(1, 2), ids()));

    bench.pass(5_000);

    assertThat(bench.role()).isEqualTo(Role.FOLLOWER);
  }

  @Test
  void removed_servers_do_not_disturb_servers_with_a_leader() {
    SingleReplicaBench bench = new SingleReplicaBench(4);
    bench.append(1, 0, 0, 1, members(1, ids(0, 1, 2), ids()));

    assertThat(bench.requestVote(3, 9, false, 5, 8))
        .isEqualTo(new VoteReply(1, false, false, 9, 1));
  }

  // Servers outside.

  @Test
  void a_server_votes_for_a_candidate_that_is_not_in_its_configuration() {
    SingleReplicaBench bench = new SingleReplicaBench(3);

    assertThat(bench.requestVote(9, 1, false, 0, 0)).isEqualTo(new VoteReply(1, false, true, 1, 1));
  }

  @Test
  void a_server_follows_a_leader_that_is_not_in_its_configuration() {
    SingleReplicaBench bench = new SingleReplicaBench(3);

    bench.receive(9, new AppendEntries(1, 1, 0, 0, 0, List.of(SingleReplicaBench.entry(1, 1))));

    assertThat(bench.all(AppendReply.class)).containsExactly(AppendReply.success(1, 1, 1));
    assertThat(bench.sent).allMatch(message -> message.leader().equals(Id.of(9)));
  }

  @Test
  void a_leader_that_is_deposed_says_that_it_does_not_know_what_became_of_the_change() {
    SingleReplicaBench bench = leader(5);
    String remove = BenchRequests.administer(bench, "remove", 4);

    bench.receive(3, new AppendEntries(2, 1, 1, 1, 1, List.of()));

    assertThat(BenchRequests.reason(bench, remove))
        .isEqualTo("it is not known whether the change survived");
  }
}
