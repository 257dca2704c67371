package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static raftlab.raft.SwitchesTest.atOnce;
import static raftlab.raft.SwitchesTest.bench;
import static raftlab.raft.SwitchesTest.leader;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.SnapshotTaken;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.InstallSnapshot;
import raftlab.raft.RaftMessage.RequestVote;
import raftlab.raft.RaftMessage.SnapshotReply;

/** What each number among the settings does: the names of the tests begin with the settings'. */
final class SettingNumbersTest {
  private static final RaftSettings DEFAULT = RaftSettings.DEFAULT;

  // Elections.

  @Test
  void election_timeout_min_is_how_long_a_replica_refuses_votes_after_a_message_of_a_leader() {
    SingleReplicaBench bench =
        bench(
            5,
            DEFAULT
                .with(Setting.ELECTION_TIMEOUT_MAX, 1_001)
                .with(Setting.ELECTION_TIMEOUT_MIN, 1_000));
    bench.append(1, 0, 0, 0);

    bench.pass(999);
    assertThat(bench.requestVote(2, 2, false, 0, 0).granted()).isFalse();
    assertThat(bench.role()).isEqualTo(Role.FOLLOWER);
    bench.pass(1);

    assertThat(bench.role()).isEqualTo(Role.PRE_CANDIDATE);
  }

  @Test
  void election_timeout_max_is_how_long_a_leader_goes_on_without_a_majority() {
    SingleReplicaBench bench = leader(5, DEFAULT.with(Setting.ELECTION_TIMEOUT_MAX, 3_000));

    bench.pass(2_900);
    assertThat(bench.role()).isEqualTo(Role.LEADER);
    bench.pass(400);

    assertThat(bench.role()).isNotEqualTo(Role.LEADER);
  }

  @Test
  void first_timeout_min_is_the_shortest_time_before_a_fresh_replica_stands() {
    SingleReplicaBench bench =
        bench(
            5, DEFAULT.with(Setting.FIRST_TIMEOUT_MAX, 1_000).with(Setting.FIRST_TIMEOUT_MIN, 999));

    bench.pass(998);
    assertThat(bench.role()).isEqualTo(Role.FOLLOWER);
    bench.pass(1);

    assertThat(bench.role()).isEqualTo(Role.PRE_CANDIDATE);
  }

  @Test
  void first_timeout_max_is_the_longest_time_before_a_fresh_replica_stands() {
    SingleReplicaBench bench =
        bench(5, DEFAULT.with(Setting.FIRST_TIMEOUT_MIN, 1).with(Setting.FIRST_TIMEOUT_MAX, 2));

    bench.pass(2);

    assertThat(bench.role()).isEqualTo(Role.PRE_CANDIDATE);
  }

  @Test
  void vote_retransmit_is_after_how_long_an_unanswered_vote_request_is_repeated() {
    SingleReplicaBench bench = bench(5, DEFAULT.with(Setting.VOTE_RETRANSMIT, 10));
    bench.waitFor(Role.PRE_CANDIDATE);
    bench.sent.clear();

    bench.pass(10);
    assertThat(bench.all(RequestVote.class)).hasSize(4);
    bench.pass(20);

    assertThat(bench.all(RequestVote.class)).as("the interval doubles").hasSize(8);
  }

  // The leader.

  @Test
  void heartbeat_is_how_long_an_idle_leader_is_silent() {
    SingleReplicaBench bench = leader(5, DEFAULT.with(Setting.HEARTBEAT, 77));

    bench.pass(76);
    assertThat(bench.sent).isEmpty();
    bench.pass(1);

    assertThat(bench.sent).hasSize(4);
  }

  @Test
  void lease_time_is_how_long_a_leader_may_read_by_itself() {
    SingleReplicaBench bench = leader(5, DEFAULT.with(Setting.LEASE_TIME, 50));

    bench.standStill(49);
    assertThat(bench.answer(bench.get("k"))).isEqualTo("ok() 0000");
    bench.standStill(1);

    assertThat(bench.answer(bench.get("k"))).isNull();
  }

  @Test
  void retransmit_min_is_how_soon_a_message_is_taken_for_lost_at_the_earliest() {
    SingleReplicaBench bench = leader(5, DEFAULT.with(Setting.RETRANSMIT_MIN, 30));
    bench.put("k", "v");
    bench.sent.clear();

    bench.pass(29);
    assertThat(bench.sent).isEmpty();
    bench.pass(1);

    assertThat(bench.sent).as("the other two are asked").hasSize(2);
  }

  @Test
  void retransmit_max_is_how_soon_a_message_is_taken_for_lost_before_anything_was_measured() {
    SingleReplicaBench bench = bench(3, DEFAULT.with(Setting.RETRANSMIT_MAX, 200));
    bench.elect();
    bench.sent.clear();

    bench.pass(199);
    assertThat(bench.sent).isEmpty();
    bench.pass(1);

    assertThat(bench.sent).isNotEmpty();
  }

  @Test
  void batch_bytes_bounds_the_entries_of_one_message() {
    assertThat(atOnce(DEFAULT.with(Setting.BATCH_BYTES, 3_500), 10, 1_000).get(0).entries())
        .hasSize(3);
  }

  @Test
  void batch_entries_bounds_how_many_go_into_one_message() {
    assertThat(atOnce(DEFAULT.with(Setting.BATCH_ENTRIES, 4), 10, 1).get(0).entries()).hasSize(4);
  }

  @Test
  void window_bounds_how_many_messages_are_under_way_to_one_follower() {
    RaftSettings settings = DEFAULT.without(Setting.BATCHING);

    assertThat(atOnce(settings.with(Setting.WINDOW, 3), 10, 1)).hasSize(3);
    assertThat(atOnce(settings.with(Setting.WINDOW, 1), 10, 1)).hasSize(1);
  }

  @Test
  void window_bytes_bounds_how_much_is_under_way_to_one_follower() {
    RaftSettings settings = DEFAULT.without(Setting.BATCHING).with(Setting.WINDOW, 100);

    assertThat(atOnce(settings.with(Setting.WINDOW_BYTES, 1_500), 10, 1_000)).hasSize(2);
  }

  // Clients.

  @Test
  void hold_time_is_how_long_a_request_waits_for_a_leader() {
    SingleReplicaBench bench = bench(5, DEFAULT.with(Setting.HOLD_TIME, 100));
    String put = bench.put("k", "v");

    bench.pass(99);
    assertThat(bench.answer(put)).isNull();
    bench.pass(1);

    assertThat(bench.answer(put)).isEqualTo("redirect FFFF");
  }

  @Test
  void pending_time_is_how_long_a_write_of_unknown_outcome_stays_without_answer() {
    SingleReplicaBench bench = leader(5, DEFAULT.with(Setting.PENDING_TIME, 100));
    String put = bench.put("k", "v");

    bench.pass(99);
    assertThat(bench.answer(put)).isNull();
    bench.pass(1);

    assertThat(bench.answer(put)).isEqualTo("fail 0000");
  }

  @Test
  void session_expiry_is_how_long_the_session_of_an_idle_client_is_kept() {
    StateMachine machine = new StateMachine(DEFAULT.with(Setting.SESSION_EXPIRY, 100));
    Command.Append append = new Command.Append("k", "x");
    machine.apply(new Command.Once("c", 1, 0, append));

    machine.apply(new Command.Once("d", 1, 100, append));
    assertThat(machine.find("c", 1)).isNotNull();
    machine.apply(new Command.Once("d", 2, 101, append));

    assertThat(machine.find("c", 1)).isNull();
  }

  // Snapshots.

  private static SingleReplicaBench withEntries(RaftSettings settings, int count) {
    SingleReplicaBench bench = bench(3, settings);
    LogEntry[] entries = new LogEntry[count];
    Arrays.setAll(entries, i -> SingleReplicaBench.entry(1, i + 1));
    bench.append(1, 0, 0, count, entries);
    return bench;
  }

  @Test
  void snapshot_threshold_is_after_how_many_entries_a_snapshot_is_taken_and_0_is_never() {
    assertThat(
            withEntries(DEFAULT.with(Setting.SNAPSHOT_THRESHOLD, 20), 20)
                .changes(SnapshotTaken.class))
        .hasSize(1);
    assertThat(
            withEntries(DEFAULT.with(Setting.SNAPSHOT_THRESHOLD, 21), 20)
                .changes(SnapshotTaken.class))
        .isEmpty();
    assertThat(
            withEntries(DEFAULT.with(Setting.SNAPSHOT_THRESHOLD, 0), 20)
                .changes(SnapshotTaken.class))
        .isEmpty();
  }

  @Test
  void snapshot_keep_is_how_many_entries_stay_in_the_log() {
    RaftSettings settings = DEFAULT.with(Setting.SNAPSHOT_THRESHOLD, 20);

    assertThat(withEntries(settings.with(Setting.SNAPSHOT_KEEP, 7), 20).logTerms()).hasSize(7);
    assertThat(withEntries(settings.with(Setting.SNAPSHOT_KEEP, 0), 20).logTerms()).isEmpty();
  }

  @Test
  void snapshot_chunk_bounds_the_bytes_of_one_part() {
    RaftSettings settings =
        DEFAULT
            .with(Setting.SNAPSHOT_THRESHOLD, 20)
            .with(Setting.SNAPSHOT_KEEP, 0)
            .with(Setting.SNAPSHOT_CHUNK, 100);
    SingleReplicaBench bench = withEntries(settings, 20);
    bench.elect();
    long round = ((AppendEntries) MessageCodec.decode(bench.lastTo(2))).round();
    bench.receive(2, RaftMessage.AppendReply.rejection(2, round, 0, 1));

    InstallSnapshot first = bench.last(InstallSnapshot.class);
    assertThat(first.data()).hasSize(100);
    bench.receive(2, new SnapshotReply(2, first.round(), 20, 100));

    assertThat(bench.last(InstallSnapshot.class).offset()).isEqualTo(100);
  }
}
