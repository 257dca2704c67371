package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static raftlab.raft.MembershipRulesTest.commitIndex;
import static raftlab.raft.MembershipRulesTest.ids;
import static raftlab.raft.MembershipRulesTest.leader;
import static raftlab.raft.MembershipRulesTest.live;
import static raftlab.raft.MembershipRulesTest.members;

import org.junit.jupiter.api.Test;
import raftlab.node.StateChange.Role;
import raftlab.raft.RaftMessage.AppendEntries;

/**
 * Servers that were removed: for how long the leader sends to them, and what they do for clients.
 */
final class LeavingRulesTest {
  private static final int HEARTBEAT = RaftSettings.DEFAULT.get(Setting.HEARTBEAT);

  @Test
  void a_removed_server_gets_its_removal_and_that_it_is_committed() {
    SingleReplicaBench bench = leader(4);
    BenchRequests.administer(bench, "remove", 3);
    live(bench, 5, 1, 2);
    assertThat(commitIndex(bench)).isEqualTo(2);
    bench.sent.clear();

    bench.pass(HEARTBEAT);

    AppendEntries last = (AppendEntries) MessageCodec.decode(bench.lastTo(3));
    assertThat(last.entries()).containsExactly(members(1, ids(0, 1, 2), ids()));
    assertThat(last.leaderCommit()).isEqualTo(2);
  }

  @Test
  void a_removed_server_that_has_answered_that_gets_nothing_more() {
    SingleReplicaBench bench = leader(4);
    BenchRequests.administer(bench, "remove", 3);
    live(bench, 3 * HEARTBEAT, 1, 2, 3);
    bench.sent.clear();

    live(bench, 3 * HEARTBEAT, 1, 2);

    assertThat(bench.receivers(AppendEntries.class)).doesNotContain(3);
  }

  @Test
  void a_removed_server_that_answers_nothing_is_given_up_after_a_while() {
    SingleReplicaBench bench = leader(4);
    BenchRequests.administer(bench, "remove", 3);
    live(bench, 3 * HEARTBEAT, 1, 2);
    assertThat(bench.receivers(AppendEntries.class)).contains(3);
    live(bench, 20 * HEARTBEAT, 1, 2);
    bench.sent.clear();

    live(bench, 3 * HEARTBEAT, 1, 2);

    assertThat(bench.receivers(AppendEntries.class)).doesNotContain(3);
  }

  @Test
  void a_removed_server_that_still_gets_messages_counts_for_nothing() {
    SingleReplicaBench bench = leader(4);
    BenchRequests.administer(bench, "remove", 3);

    live(bench, HEARTBEAT + 5, 3);
    assertThat(bench.role()).isEqualTo(Role.LEADER);

    assertThat(commitIndex(bench)).isEqualTo(1);
  }

  @Test
  void a_replica_that_is_no_member_lets_no_request_wait() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.append(1, 0, 0, 1, members(1, ids(1, 2), ids()));
    assertThat(bench.answer(bench.put("k", "v"))).isEqualTo("redirect 0001");

    String again = bench.put("k", "v");

    assertThat(bench.answer(again)).as("ask any other replica").isEqualTo("redirect FFFF");
  }
}
