package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import raftlab.node.Host;
import raftlab.node.StateChange.Role;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.raft.RaftMessage.InstallSnapshot;
import raftlab.raft.RaftMessage.RequestVote;
import raftlab.raft.RaftMessage.SnapshotReply;
import raftlab.raft.RaftMessage.VoteReply;
import raftlab.storage.MemoryStorage;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * What must survive a crash is in the journal before a message depends on it (Figure 2, §5.1, §7).
 */
final class DurabilityRulesTest {
  private int checked;

  /** A replica whose journal is checked at each message that it sends. */
  private SingleReplicaBench watched(int size, MemoryStorage storage, RaftSettings settings) {
    SingleReplicaBench bench = new SingleReplicaBench(size, storage, 1, settings);
    Host watching =
        (Host)
            Proxy.newProxyInstance(
                Host.class.getClassLoader(),
                new Class<?>[] {Host.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("send")) {
                    check((Message) arguments[0], new Journal(storage).restore());
                  }
                  return method.invoke(bench, arguments);
                });
    bench.node = new RaftNode(watching, settings);
    bench.node.start();
    return bench;
  }

  /** Whether the stored state stands for what the message says. */
  private void check(Message message, RecoveredState stored) {
    RaftMessage raft = MessageCodec.decode(message);
    if (raft == null) {
      return; // an answer to a client
    }
    checked++;
    assertThat(stored.currentTerm()).as("the term of %s", raft).isEqualTo(raft.term());
    long lastIndex = stored.baseIndex() + stored.entries().size();
    if (raft instanceof VoteReply vote && vote.granted() && !vote.preVote()) {
      assertThat(stored.votedFor()).isEqualTo(message.dst());
    } else if (raft instanceof RequestVote request && !request.preVote()) {
      assertThat(stored.votedFor()).as("it votes for itself").isEqualTo(message.src());
      assertThat(lastIndex).isEqualTo(request.lastLogIndex());
    } else if (raft instanceof AppendReply reply && reply.success()) {
      assertThat(lastIndex).isGreaterThanOrEqualTo(reply.matchIndex());
    } else if (raft instanceof AppendEntries append) {
      assertThat(lastIndex)
          .as("a leader counts itself among those who have its entries")
          .isGreaterThanOrEqualTo(append.prevLogIndex() + append.entries().size());
    } else if (raft instanceof SnapshotReply part) {
      assertThat(stored.incoming() == null ? 0 : stored.incoming().arrived())
          .isEqualTo(part.offset());
    } else if (raft instanceof InstallSnapshot install) {
      assertThat(stored.snapshot().index()).isGreaterThanOrEqualTo(install.lastIncludedIndex());
    }
  }

  @Test
  void a_vote_is_in_the_journal_before_it_is_given() {
    SingleReplicaBench bench = watched(3, new MemoryStorage(), RaftSettings.DEFAULT);

    assertThat(bench.requestVote(2, 4, false, 0, 0).granted()).isTrue();

    assertThat(checked).isEqualTo(1);
  }

  @Test
  void a_candidates_vote_for_itself_is_in_the_journal_before_it_asks() {
    SingleReplicaBench bench = watched(3, new MemoryStorage(), RaftSettings.DEFAULT);

    bench.elect();

    assertThat(checked).isGreaterThanOrEqualTo(6);
  }

  @Test
  void entries_are_in_the_journal_before_they_are_confirmed() {
    SingleReplicaBench bench = watched(3, new MemoryStorage(), RaftSettings.DEFAULT);

    bench.append(1, 0, 0, 0, SingleReplicaBench.entry(1, 1), SingleReplicaBench.entry(1, 2));
    bench.append(2, 1, 1, 0, SingleReplicaBench.entry(2, 2));

    assertThat(checked).isEqualTo(2);
  }

  @Test
  void parts_of_a_snapshot_are_in_the_journal_before_they_are_confirmed() {
    SingleReplicaBench bench = watched(3, new MemoryStorage(), RaftSettings.DEFAULT);

    bench.receive(1, new InstallSnapshot(1, 1, 5, 1, 100, 0, new byte[40]));
    bench.receive(1, new InstallSnapshot(1, 2, 5, 1, 100, 40, new byte[40]));

    assertThat(bench.last(SnapshotReply.class).offset()).isEqualTo(80);
    assertThat(checked).isEqualTo(2);
  }

  @Test
  void after_messages_in_any_order_nothing_is_sent_that_is_not_in_the_journal() {
    RaftSettings settings =
        RaftSettings.DEFAULT.with(Setting.SNAPSHOT_THRESHOLD, 7).with(Setting.SNAPSHOT_KEEP, 2);
    SplittableRandom random = new SplittableRandom(5);
    for (int run = 0; run < 20; run++) {
      MemoryStorage storage = new MemoryStorage();
      SingleReplicaBench bench = watched(3, storage, settings);
      for (int step = 0; step < 150; step++) {
        disturb(bench, random);
        if (random.nextInt(40) == 0) {
          bench = watched(3, storage, settings);
        }
      }
    }

    assertThat(checked).isGreaterThan(1_000);
  }

  private static void disturb(SingleReplicaBench bench, SplittableRandom random) {
    long term = Math.max(1, new Journal(bench.storage).restore().currentTerm());
    switch (random.nextInt(6)) {
      case 0 ->
          bench.receive(2, new RequestVote(term + random.nextInt(2), false, false, 99, term, 1));
      case 1 -> bench.pass(random.nextInt(700));
      case 2 -> {
        if (bench.role() != Role.LEADER) {
          bench.waitFor(Role.PRE_CANDIDATE);
          grantIfAsked(bench); // the pre-vote
          grantIfAsked(bench); // and the vote
        }
      }
      case 3 -> bench.put("k", "v" + random.nextInt());
      case 4 -> appendBehindTheLog(bench, term, random);
      default -> bench.confirmAll();
    }
  }

  private static void grantIfAsked(SingleReplicaBench bench) {
    if (bench.last(RequestVote.class) != null) {
      bench.grant(1);
    }
  }

  private static void appendBehindTheLog(
      SingleReplicaBench bench, long term, SplittableRandom random) {
    RecoveredState stored = new Journal(bench.storage).restore();
    long last = stored.baseIndex() + stored.entries().size();
    long lastTerm =
        stored.entries().isEmpty()
            ? stored.baseTerm()
            : stored.entries().get(stored.entries().size() - 1).term();
    LogEntry[] entries = new LogEntry[random.nextInt(4)];
    Arrays.setAll(entries, i -> SingleReplicaBench.entry(term, i));
    bench.receive(
        1, new AppendEntries(term, 1, last, lastTerm, random.nextLong(last + 3), List.of(entries)));
  }

  @Test
  void when_a_snapshot_replaces_the_journal_term_vote_and_log_stay() {
    RaftSettings settings =
        RaftSettings.DEFAULT.with(Setting.SNAPSHOT_THRESHOLD, 4).with(Setting.SNAPSHOT_KEEP, 1);
    MemoryStorage storage = new MemoryStorage();
    SingleReplicaBench bench = new SingleReplicaBench(3, storage, 1, settings);
    bench.requestVote(1, 3, false, 0, 0);
    LogEntry[] entries = new LogEntry[6];
    Arrays.setAll(entries, i -> SingleReplicaBench.entry(i < 3 ? 2 : 3, i + 1));

    bench.append(3, 0, 0, 4, entries);

    RecoveredState stored = new Journal(storage).restore();
    assertThat(stored.currentTerm()).isEqualTo(3);
    assertThat(stored.votedFor()).isEqualTo(Id.of(1));
    assertThat(stored.snapshot().index()).isEqualTo(4);
    assertThat(stored.snapshot().term()).isEqualTo(3);
    assertThat(stored.baseIndex()).isEqualTo(3);
    assertThat(stored.baseTerm()).isEqualTo(2);
    assertThat(stored.entries())
        .containsExactly(
            SingleReplicaBench.entry(3, 4),
            SingleReplicaBench.entry(3, 5),
            SingleReplicaBench.entry(3, 6));
    assertThat(storage.load()).as("term, snapshot, base, three entries").hasSize(6);
  }

  @Test
  void with_snapshots_the_journal_does_not_grow_without_end() {
    RaftSettings settings =
        RaftSettings.DEFAULT.with(Setting.SNAPSHOT_THRESHOLD, 10).with(Setting.SNAPSHOT_KEEP, 5);
    MemoryStorage storage = new MemoryStorage();
    SingleReplicaBench bench = new SingleReplicaBench(3, storage, 1, settings);

    for (int i = 1; i <= 300; i++) {
      bench.append(1, i - 1, i == 1 ? 0 : 1, i, LogEntry.of(1, new Command.Put("k", "v" + i)));
    }

    assertThat(storage.load().size()).isLessThan(25);
  }
}
