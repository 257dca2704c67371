package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.SnapshotTaken;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.raft.RaftMessage.InstallSnapshot;
import raftlab.raft.RaftMessage.SnapshotReply;
import raftlab.storage.MemoryStorage;

/** §7, Figure 13: one test a rule. */
final class SnapshotRulesTest {
  static final int PART = 30;

  static RaftSettings settings(int threshold, int keep) {
    return RaftSettings.DEFAULT
        .with(Setting.SNAPSHOT_THRESHOLD, threshold)
        .with(Setting.SNAPSHOT_KEEP, keep)
        .with(Setting.SNAPSHOT_CHUNK, PART);
  }

  static SingleReplicaBench bench(int threshold, int keep) {
    return new SingleReplicaBench(3, new MemoryStorage(), 1, settings(threshold, keep));
  }

  static Restored stored(SingleReplicaBench bench) {
    return bench.restarted().changes(Restored.class).get(0);
  }

  static Snapshot snapshot(SingleReplicaBench bench) {
    return new Journal(bench.storage).restore().snapshot();
  }

  /**
   * The snapshot of a replica that has applied the given number of puts of term 1: k1=1/1, k2=1/2,
   * ...
   */
  private static Snapshot pictureOf(int puts) {
    SingleReplicaBench bench = bench(puts, 0);
    bench.append(1, 0, 0, puts, entries(puts));
    return snapshot(bench);
  }

  private static LogEntry[] entries(int count) {
    LogEntry[] entries = new LogEntry[count];
    Arrays.setAll(entries, i -> SingleReplicaBench.entry(1, i + 1));
    return entries;
  }

  private static void part(
      SingleReplicaBench bench, long term, Snapshot snapshot, int from, int to) {
    part(bench, term, 1, snapshot, from, to);
  }

  private static void part(
      SingleReplicaBench bench, long term, long round, Snapshot snapshot, int from, int to) {
    bench.sent.clear();
    bench.receive(
        1,
        new InstallSnapshot(
            term,
            round,
            snapshot.index(),
            snapshot.term(),
            snapshot.data().length,
            from,
            Arrays.copyOfRange(snapshot.data(), from, to)));
  }

  private static void install(SingleReplicaBench bench, long term, Snapshot snapshot) {
    part(bench, term, snapshot, 0, snapshot.data().length);
  }

  // Every replica by itself.

  @Test
  void a_snapshot_is_taken_after_the_threshold_of_entries_and_the_log_is_cut() {
    SingleReplicaBench bench = bench(5, 2);

    bench.append(1, 0, 0, 4, entries(5));
    assertThat(bench.changes(SnapshotTaken.class)).isEmpty();
    bench.append(1, 5, 1, 5);

    assertThat(bench.changes(SnapshotTaken.class)).containsExactly(new SnapshotTaken(5, 1));
    Restored stored = stored(bench);
    assertThat(stored.snapshotIndex()).isEqualTo(5);
    assertThat(stored.lastIndex()).isEqualTo(5);
    assertThat(bench.logTerms()).as("the last two stay").hasSize(2);
  }

  @Test
  void only_what_is_applied_is_in_a_snapshot() {
    SingleReplicaBench bench = bench(5, 0);

    bench.append(1, 0, 0, 5, entries(8));

    assertThat(snapshot(bench).index()).isEqualTo(5);
    assertThat(bench.logTerms()).as("6 to 8 are not committed").hasSize(3);
  }

  @Test
  void replicas_with_the_same_entries_make_the_same_snapshot() {
    SingleReplicaBench other = new SingleReplicaBench(3, new MemoryStorage(), 77, settings(3, 0));
    other.standStill(12_345);
    other.append(1, 0, 0, 0, entries(1));
    other.append(1, 1, 1, 3, SingleReplicaBench.entry(1, 2), SingleReplicaBench.entry(1, 3));

    assertThat(snapshot(other).data()).isEqualTo(pictureOf(3).data());
  }

  @Test
  void after_a_restart_the_store_is_that_of_the_snapshot_with_what_follows() {
    SingleReplicaBench bench = bench(5, 0);
    bench.append(1, 0, 0, 5, entries(7));

    SingleReplicaBench restarted = bench.restarted();
    restarted.electAndConfirm();

    assertThat(restarted.answer(restarted.get("k1"))).isEqualTo("ok(1/1) 0000");
    assertThat(restarted.answer(restarted.get("k7"))).isEqualTo("ok(1/7) 0000");
  }

  @Test
  void a_replica_whose_log_is_all_in_the_snapshot_still_compares_logs_by_its_last_entry() {
    SingleReplicaBench bench = bench(5, 0);
    bench.append(1, 0, 0, 5, entries(5));
    bench.pass(2_000);

    assertThat(bench.requestVote(2, 2, false, 4, 1).granted()).isFalse();
    assertThat(bench.requestVote(2, 3, false, 5, 1).granted()).isTrue();
  }

  // The receiver's part of Figure 13.

  @Test
  void rule_1_a_snapshot_of_an_older_term_is_answered_with_the_present_one_and_not_taken() {
    SingleReplicaBench bench = SingleReplicaBench.withLog(3, 4, 1);

    install(bench, 3, pictureOf(2));

    assertThat(bench.all(AppendReply.class))
        .containsExactly(new AppendReply(4, 3, 1, false, 0, 0, 0));
    assertThat(bench.changes(SnapshotInstalled.class)).isEmpty();
  }

  @Test
  void rules_2_to_4_the_parts_are_put_together_and_the_next_one_is_asked_for() {
    SingleReplicaBench bench = bench(0, 0);
    Snapshot snapshot = pictureOf(4);

    part(bench, 1, snapshot, 0, PART);
    assertThat(bench.all(SnapshotReply.class)).containsExactly(new SnapshotReply(1, 1, 4, PART));
    part(bench, 1, snapshot, PART, 2 * PART);
    assertThat(bench.all(SnapshotReply.class)).containsExactly(new SnapshotReply(1, 1, 4, 60));
    part(bench, 1, snapshot, 2 * PART, snapshot.data().length);

    assertThat(bench.all(AppendReply.class)).containsExactly(AppendReply.success(1, 1, 4));
    assertThat(bench.changes(SnapshotInstalled.class))
        .containsExactly(new SnapshotInstalled(4, 1, 4));
  }

  @Test
  void rule_3_a_part_that_does_not_continue_what_is_there_is_not_written() {
    SingleReplicaBench bench = bench(0, 0);
    Snapshot snapshot = pictureOf(4);
    part(bench, 1, snapshot, 0, PART);

    part(bench, 1, snapshot, 2 * PART, snapshot.data().length);
    assertThat(bench.all(SnapshotReply.class)).containsExactly(new SnapshotReply(1, 1, 4, PART));
    part(bench, 1, snapshot, 0, PART);
    assertThat(bench.all(SnapshotReply.class)).containsExactly(new SnapshotReply(1, 1, 4, PART));

    assertThat(bench.changes(SnapshotInstalled.class)).isEmpty();
  }

  @Test
  void rule_4_parts_that_have_arrived_survive_a_restart() {
    SingleReplicaBench bench = bench(0, 0);
    Snapshot snapshot = pictureOf(4);
    part(bench, 1, snapshot, 0, PART);

    SingleReplicaBench restarted = bench.restarted();
    part(restarted, 1, snapshot, PART, snapshot.data().length);

    assertThat(restarted.all(AppendReply.class)).containsExactly(AppendReply.success(1, 1, 4));
  }

  @Test
  void rule_5_a_later_snapshot_replaces_one_of_which_parts_are_there() {
    SingleReplicaBench bench = bench(0, 0);
    part(bench, 1, pictureOf(4), 0, PART);

    part(bench, 1, pictureOf(6), 0, PART);
    assertThat(bench.all(SnapshotReply.class)).containsExactly(new SnapshotReply(1, 1, 6, PART));
    install(bench, 1, pictureOf(4));

    assertThat(snapshot(bench).index()).isEqualTo(4);
  }

  @Test
  void rule_5_an_earlier_snapshot_of_the_next_leader_replaces_one_of_which_parts_are_there() {
    SingleReplicaBench bench = bench(0, 0);
    part(bench, 1, pictureOf(6), 0, PART);

    install(bench, 2, pictureOf(4));

    assertThat(bench.all(AppendReply.class)).containsExactly(AppendReply.success(2, 1, 4));
    assertThat(snapshot(bench).index()).isEqualTo(4);
  }

  @Test
  void a_part_that_was_overtaken_by_a_later_one_is_not_answered() {
    SingleReplicaBench bench = bench(0, 0);
    Snapshot snapshot = pictureOf(4);
    part(bench, 1, 2, snapshot, 0, PART);

    part(bench, 1, 1, pictureOf(3), 0, PART);
    assertThat(bench.sent).isEmpty();
    part(bench, 1, 3, snapshot, PART, snapshot.data().length);

    assertThat(bench.all(AppendReply.class)).containsExactly(AppendReply.success(1, 3, 4));
  }

  @Test
  void rule_6_if_the_log_has_the_last_included_entry_what_follows_it_stays() {
    SingleReplicaBench bench = bench(0, 0);
    bench.append(1, 0, 0, 0, entries(6));

    install(bench, 1, pictureOf(4));

    assertThat(bench.logTerms()).hasSize(2);
    assertThat(bench.changes(SnapshotInstalled.class))
        .containsExactly(new SnapshotInstalled(4, 1, 6));
  }

  @Test
  void rule_7_otherwise_the_whole_log_goes() {
    SingleReplicaBench bench =
        new SingleReplicaBench(
            3, SingleReplicaBench.withLog(3, 2, 2, 2, 2, 2, 2, 2).storage, 1, settings(0, 0));

    install(bench, 3, pictureOf(4));

    assertThat(bench.logTerms()).isEmpty();
    assertThat(bench.changes(SnapshotInstalled.class))
        .containsExactly(new SnapshotInstalled(4, 1, 4));
  }

  @Test
  void rule_8_the_store_is_that_of_the_snapshot() {
    SingleReplicaBench bench = bench(0, 0);
    bench.append(1, 0, 0, 1, LogEntry.of(1, new Command.Put("k1", "old")));

    install(bench, 1, pictureOf(4));
    bench.electAndConfirm();

    assertThat(bench.answer(bench.get("k1"))).isEqualTo("ok(1/1) 0000");
    assertThat(bench.answer(bench.get("k4"))).isEqualTo("ok(1/4) 0000");
  }

  @Test
  void a_snapshot_of_what_is_committed_already_puts_nothing_back() {
    SingleReplicaBench bench = bench(0, 0);
    bench.append(1, 0, 0, 6, entries(6));

    install(bench, 1, pictureOf(4));

    assertThat(bench.changes(SnapshotInstalled.class)).isEmpty();
    assertThat(bench.all(AppendReply.class)).containsExactly(AppendReply.success(1, 1, 6));
    assertThat(bench.logTerms()).hasSize(6);
  }

  @Test
  void a_snapshot_that_cannot_be_read_changes_nothing() {
    SingleReplicaBench bench = bench(0, 0);

    install(bench, 1, new Snapshot(4, 1, new byte[] {1, 2, 3}));

    assertThat(bench.changes(SnapshotInstalled.class)).isEmpty();
    assertThat(bench.all(SnapshotReply.class)).containsExactly(new SnapshotReply(1, 1, 4, 0));
  }

  @Test
  void a_snapshot_that_cannot_be_read_and_comes_again_keeps_no_replica_from_starting() {
    SingleReplicaBench bench = bench(0, 0);
    Snapshot nonsense = new Snapshot(4, 1, new byte[] {1, 2, 3});
    install(bench, 1, nonsense);
    install(bench, 1, nonsense);

    SingleReplicaBench restarted = bench.restarted();
    install(restarted, 1, nonsense);
    install(restarted, 1, pictureOf(4));

    assertThat(restarted.restarted().changes(Restored.class).get(0).snapshotIndex()).isEqualTo(4);
  }

  @Test
  void a_replica_that_takes_a_snapshot_while_parts_of_anothers_are_there_can_start_again() {
    SingleReplicaBench bench = bench(3, 0);
    Snapshot snapshot = pictureOf(6);
    part(bench, 1, snapshot, 0, PART);
    bench.append(2, 0, 0, 3, entries(3));
    assertThat(bench.changes(SnapshotTaken.class)).hasSize(1);

    part(bench, 3, snapshot, 0, PART);
    part(bench, 3, snapshot, PART, 2 * PART);
    SingleReplicaBench restarted = bench.restarted();

    part(restarted, 3, snapshot, 2 * PART, snapshot.data().length);
    assertThat(restarted.all(AppendReply.class)).containsExactly(AppendReply.success(3, 1, 6));
  }
}
