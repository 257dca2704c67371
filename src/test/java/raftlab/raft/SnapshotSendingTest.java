package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.SnapshotTaken;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.raft.RaftMessage.InstallSnapshot;
import raftlab.raft.RaftMessage.SnapshotReply;
import raftlab.wire.Message;

/** §7, Figure 13: the leader's part. */
final class SnapshotSendingTest {
  private static final int PART = SnapshotRulesTest.PART;

  /**
   * A leader that has committed and compacted so much that its log begins after the last entry of
   * 2.
   */
  static SingleReplicaBench leaderAheadOfTwo() {
    SingleReplicaBench bench = SnapshotRulesTest.bench(5, 0);
    bench.electAndConfirm();
    for (int i = 0; i < 4; i++) {
      bench.put("k" + i, "v");
      passWithoutTwo(bench, 10);
    }
    assertThat(bench.changes(SnapshotTaken.class)).hasSize(1);
    while (bench.all(InstallSnapshot.class).isEmpty()) {
      passWithoutTwo(bench, 1);
    }
    return bench;
  }

  /** Time passes; the other follower answers, and what goes to this one is kept. */
  private static void passWithoutTwo(SingleReplicaBench bench, int millis) {
    for (int i = 0; i < millis; i++) {
      bench.pass(1);
      for (Message message : List.copyOf(bench.sent)) {
        if (message.dst().value() == 1) {
          bench.sent.remove(message);
          bench.confirm(message);
        }
      }
    }
  }

  private static InstallSnapshot lastPart(SingleReplicaBench bench) {
    return bench.last(InstallSnapshot.class);
  }

  @Test
  void a_follower_that_lacks_what_was_discarded_gets_the_snapshot_part_by_part() {
    SingleReplicaBench bench = leaderAheadOfTwo();
    List<Byte> received = new ArrayList<>();
    InstallSnapshot part = lastPart(bench);

    while (received.size() < part.size()) {
      assertThat(part.offset()).isEqualTo(received.size());
      assertThat(part.data().length).isLessThanOrEqualTo(PART);
      for (byte one : part.data()) {
        received.add(one);
      }
      bench.sent.clear();
      bench.receive(2, new SnapshotReply(1, part.round(), 5, received.size()));
      part = received.size() < part.size() ? lastPart(bench) : part;
    }

    assertThat(received.stream().map(Byte::intValue).toList())
        .isEqualTo(bytes(SnapshotRulesTest.snapshot(bench).data()));
  }

  private static List<Integer> bytes(byte[] data) {
    List<Integer> bytes = new ArrayList<>();
    for (byte one : data) {
      bytes.add((int) one);
    }
    return bytes;
  }

  @Test
  void a_part_without_answer_is_sent_again() {
    SingleReplicaBench bench = leaderAheadOfTwo();
    bench.sent.clear();

    passWithoutTwo(bench, 400);

    assertThat(bench.all(InstallSnapshot.class)).isNotEmpty().allMatch(part -> part.offset() == 0);
    assertThat(bench.all(InstallSnapshot.class).size()).isLessThan(10);
  }

  @Test
  void an_answer_that_comes_twice_brings_the_next_part_once() {
    SingleReplicaBench bench = leaderAheadOfTwo();
    passWithoutTwo(bench, 400);
    List<InstallSnapshot> sentTwice = bench.all(InstallSnapshot.class);
    assertThat(sentTwice).hasSizeGreaterThan(1);
    bench.sent.clear();

    for (InstallSnapshot part : sentTwice) {
      bench.receive(2, new SnapshotReply(1, part.round(), 5, PART));
    }

    assertThat(bench.all(InstallSnapshot.class)).hasSize(1).allMatch(p -> p.offset() == PART);
  }

  @Test
  void a_follower_that_has_lost_what_arrived_gets_it_again() {
    SingleReplicaBench bench = leaderAheadOfTwo();
    bench.receive(2, new SnapshotReply(1, lastPart(bench).round(), 5, PART));
    InstallSnapshot second = lastPart(bench);
    bench.sent.clear();

    bench.receive(2, new SnapshotReply(1, second.round(), 5, 0));

    assertThat(lastPart(bench).offset()).isZero();
  }

  @Test
  void after_the_snapshot_the_follower_gets_what_follows_it() {
    SingleReplicaBench bench = leaderAheadOfTwo();
    bench.receive(2, AppendReply.success(1, lastPart(bench).round(), 5));
    bench.sent.clear();

    bench.put("k", "v");
    passWithoutTwo(bench, 400);

    assertThat(bench.all(InstallSnapshot.class)).isEmpty();
    assertThat(((AppendEntries) MessageCodec.decode(bench.lastTo(2))).prevLogIndex())
        .isGreaterThanOrEqualTo(5);
  }

  @Test
  void the_log_is_not_cut_beyond_the_snapshot_that_a_follower_is_getting() {
    SingleReplicaBench bench = leaderAheadOfTwo();
    bench.receive(2, new SnapshotReply(1, lastPart(bench).round(), 5, PART));
    for (int i = 0; i < 6; i++) {
      bench.put("l" + i, "v");
      passWithoutTwo(bench, 3);
    }
    assertThat(bench.changes(SnapshotTaken.class)).hasSizeGreaterThan(1);

    Restored stored = SnapshotRulesTest.stored(bench);

    assertThat(stored.snapshotIndex()).isGreaterThan(5);
    assertThat(bench.logTerms()).as("all behind entry 5").hasSize((int) stored.lastIndex() - 5);
  }
}
