package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import raftlab.node.StateChange.Role;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.raft.RaftMessage.InstallSnapshot;
import raftlab.raft.RaftMessage.RequestVote;
import raftlab.raft.RaftMessage.SnapshotReply;
import raftlab.raft.RaftMessage.TimeoutNow;
import raftlab.raft.RaftMessage.VoteReply;
import raftlab.storage.MemoryStorage;
import raftlab.wire.Id;
import raftlab.wire.MalformedMessageException;
import raftlab.wire.Message;

/** Nonsense from the network or the disk. */
final class RobustnessTest {
  private static final List<RaftMessage> ALL_KINDS =
      List.of(
          new RequestVote(3, true, false, 2, 1, 1),
          new RequestVote(4, false, false, 9, 4, 1),
          new VoteReply(3, true, true, 3, 1),
          new VoteReply(3, false, false, 3, 1),
          new AppendEntries(5, 7, 0, 0, 0, List.of()),
          new AppendEntries(
              5,
              7,
              2,
              1,
              2,
              List.of(
                  LogEntry.of(2, Command.NoOp.INSTANCE),
                  LogEntry.of(5, new Command.Put("k\"\n", "välue 😀")))),
          AppendReply.success(5, 7, 4),
          AppendReply.rejection(5, 7, 1, 2),
          AppendReply.outdated(6, new AppendEntries(5, 7, 0, 0, 0, List.of())),
          new VoteReply(3, true, false, 4, 2));

  @Test
  void every_message_survives_the_wire() throws MalformedMessageException {
    for (RaftMessage message : ALL_KINDS) {
      Message sent = MessageCodec.encode(message, Id.of(1), Id.of(0), Id.BROADCAST);

      assertThat(MessageCodec.decode(sent)).isEqualTo(message);
      assertThat(MessageCodec.decode(Message.parse(sent.bytes()))).isEqualTo(message);
    }
  }

  @Test
  void an_entry_is_never_longer_than_reckoned() {
    for (String text : List.of("", "abc", "\"\\\n\u0001", "é€😀\u2028", "</>&='")) {
      LogEntry entry = LogEntry.of(123_456_789_012_345L, new Command.Put(text, text));
      AppendEntries with = new AppendEntries(123_456_789_012_345L, 1, 0, 0, 0, List.of(entry));
      AppendEntries without = new AppendEntries(123_456_789_012_345L, 1, 0, 0, 0, List.of());

      assertThat(length(with) - length(without)).isBetween(1, entry.bytes());
    }
  }

  private static int length(RaftMessage message) {
    return MessageCodec.encode(message, Id.of(1), Id.of(0), Id.BROADCAST).bytes().length;
  }

  @Test
  void malformed_raft_messages_are_rejected() throws MalformedMessageException {
    String malformed =
        """
        "type":"requestVote"
        "type":"requestVote","term":-1,"lastLogIndex":0,"lastLogTerm":0
        "type":"requestVote","term":1.5,"lastLogIndex":0,"lastLogTerm":0
        "type":"requestVote","term":"1","lastLogIndex":0,"lastLogTerm":0
        "type":"requestVote","term":1e300,"lastLogIndex":0,"lastLogTerm":0
        "type":"requestVote","term":99999999999999999999999,"lastLogIndex":0,"lastLogTerm":0
        "type":"requestVote","term":9007199254740993,"lastLogIndex":0,"lastLogTerm":0
        "type":"requestVote","term":1,"lastLogIndex":{},"lastLogTerm":[]
        "type":"voteReply","term":1,"granted":1
        "type":"voteReply","term":null,"granted":true
        "type":"appendReply","term":1,"round":1,"success":true,"matchIndex":-4
        "type":"appendReply","term":1,"round":0,"success":true,"matchIndex":4
        "type":"appendEntries","term":1,"round":1,"prevLogIndex":0,"prevLogTerm":0,"leaderCommit":0,"entries":7
        "type":"appendEntries","term":1,"round":1,"prevLogIndex":0,"prevLogTerm":0,"leaderCommit":0,"entries":{}
        "type":"appendEntries","term":1,"round":1,"prevLogIndex":0,"prevLogTerm":0,"leaderCommit":0,"entries":[[]]
        "type":"appendEntries","term":1,"round":1,"prevLogIndex":0,"prevLogTerm":0,"leaderCommit":0,"entries":[[2]]
        "type":"appendEntries","term":1,"round":1,"prevLogIndex":0,"prevLogTerm":0,"leaderCommit":0,"entries":[[0]]
        "type":"appendEntries","term":1,"round":1,"prevLogIndex":0,"prevLogTerm":0,"leaderCommit":0,"entries":[[1,"k"]]
        "type":"appendEntries","term":1,"round":1,"prevLogIndex":0,"prevLogTerm":0,"leaderCommit":0,"entries":[[1,"k",2]]
        "type":"appendEntries","term":1,"round":1,"prevLogIndex":0,"prevLogTerm":0,"leaderCommit":0,"entries":[[1,"k","v"],7]
        "type":"gossip","term":1
        """;
    for (String fields : malformed.lines().toList()) {
      String json = "{\"src\":\"0001\",\"dst\":\"0000\",\"leader\":\"FFFF\"," + fields + "}";
      Message message = Message.parse(json.getBytes(StandardCharsets.UTF_8));

      assertThat(MessageCodec.decode(message)).as(fields).isNull();
    }
  }

  @Test
  void nonsense_breaks_nothing_and_the_replica_still_works_afterwards() {
    for (int seed = 0; seed < 100; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      SingleReplicaBench bench =
          new SingleReplicaBench(5, new MemoryStorage(), seed, RaftSettings.DEFAULT);
      for (int i = 0; i < 300; i++) {
        if (random.nextInt(20) == 0) {
          bench.pass(random.nextInt(500));
        }
        nonsense(bench, random);
      }
      bench.sent.clear();
      bench.restarted();
    }
  }

  private static void nonsense(SingleReplicaBench bench, SplittableRandom random) {
    int from = random.nextInt(1, 5);
    RaftMessage message =
        switch (random.nextInt(9)) {
          case 6 ->
              new InstallSnapshot(
                  bench.term(), 1, number(random), 1, 3, random.nextInt(3), new byte[] {1});
          case 7 ->
              new SnapshotReply(bench.term(), number(random), number(random), random.nextInt(4));
          case 8 -> new TimeoutNow(bench.term());
          case 0 ->
              new RequestVote(
                  number(random), random.nextBoolean(), false, number(random), number(random), 1);
          case 1, 2 ->
              new VoteReply(
                  random.nextBoolean() ? bench.term() : number(random),
                  random.nextBoolean(),
                  true,
                  random.nextBoolean() ? bench.term() : number(random),
                  1 + random.nextInt(2));
          case 3 ->
              new AppendReply(
                  number(random),
                  number(random),
                  number(random),
                  random.nextBoolean(),
                  number(random),
                  number(random),
                  number(random));
          default -> {
            long term = bench.term() + random.nextInt(2);
            List<LogEntry> entries =
                random.nextBoolean()
                    ? List.of()
                    : List.of(SingleReplicaBench.entry(Math.max(1, term), 1));
            yield new AppendEntries(
                term, number(random), number(random), random.nextInt(3), number(random), entries);
          }
        };
    bench.receive(from, message);
    if (random.nextInt(4) == 0) {
      bench.put("k", "v");
      bench.get("k");
    }
  }

  private static long number(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextLong();
      case 1 -> MessageCodec.MAX_NUMBER - random.nextInt(2);
      case 2 -> Long.MAX_VALUE;
      default -> random.nextInt(6);
    };
  }

  @Test
  void absurdly_late_terms_are_not_adopted() {
    SingleReplicaBench bench = new SingleReplicaBench(5);

    bench.receive(1, new RequestVote(MessageCodec.MAX_NUMBER, false, false, 0, 0, 1));
    bench.receive(
        1, new VoteReply(MessageCodec.MAX_NUMBER, false, false, MessageCodec.MAX_NUMBER, 1));

    assertThat(bench.term()).isZero();
    bench.elect();
  }

  @Test
  void a_follower_that_has_lost_what_it_confirmed_is_sent_it_again() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.electAndConfirm();
    bench.put("k", "v");
    bench.confirmAll();
    bench.pass(RaftSettings.DEFAULT.get(Setting.HEARTBEAT));
    AppendEntries heartbeat = (AppendEntries) MessageCodec.decode(bench.lastTo(1));
    bench.sent.clear();

    bench.receive(1, AppendReply.rejection(1, heartbeat.round(), 0, 1));
    bench.receive(1, AppendReply.rejection(1, heartbeat.round(), 0, 1));

    assertThat(bench.all(AppendEntries.class)).hasSize(1);
    AppendEntries all = (AppendEntries) MessageCodec.decode(bench.lastTo(1));
    assertThat(all.prevLogIndex()).isZero();
    assertThat(all.entries()).hasSize(2);
  }

  @Test
  void the_votes_of_nonmembers_do_not_count() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.waitFor(Role.PRE_CANDIDATE);
    bench.receive(9, new VoteReply(0, true, true, 0, 1));
    bench.receive(0, new VoteReply(0, true, true, 0, 1));

    assertThat(bench.term()).isZero();
    assertThat(bench.role()).isEqualTo(Role.PRE_CANDIDATE);
  }

  @Test
  void unknown_timers_do_nothing() {
    SingleReplicaBench bench = new SingleReplicaBench(3);

    bench.node.timeout("tea");
    bench.node.timeout("election");

    assertThat(bench.role()).isEqualTo(Role.FOLLOWER);
  }

  @Test
  void term_vote_and_log_are_what_they_were_before_a_crash() {
    MemoryStorage storage = new MemoryStorage();
    Journal journal = new Journal(storage);
    journal.termAndVote(2, Id.of(3));
    journal.append(1, LogEntry.of(1, Command.NoOp.INSTANCE));
    journal.append(2, SingleReplicaBench.entry(1, 2));
    journal.append(3, SingleReplicaBench.entry(2, 3));
    journal.truncate(3);
    journal.append(3, LogEntry.of(2, new Command.Put("", "ü")));
    journal.termAndVote(4, null);

    RecoveredState restored = journal.restore();

    assertThat(restored)
        .isEqualTo(
            new RecoveredState(
                false,
                4,
                null,
                Snapshot.NONE,
                0,
                0,
                List.of(
                    LogEntry.of(1, Command.NoOp.INSTANCE),
                    SingleReplicaBench.entry(1, 2),
                    LogEntry.of(2, new Command.Put("", "ü"))),
                null));
  }

  @Test
  void a_record_that_cannot_be_understood_stops_the_start_and_is_named() {
    byte[] noOpOfTerm9 =
        new ByteWriter(0).tag(Journal.ENTRY).number(1).number(9).tag((byte) 'n').bytes();
    byte[] unknownCommand =
        new ByteWriter(0).tag(Journal.ENTRY).number(1).number(2).tag((byte) '?').bytes();
    for (byte[] record :
        List.of(
            new byte[0],
            new byte[] {'?'},
            new byte[] {'T', 1},
            new byte[] {'E', 0, 0},
            new byte[13],
            unknownCommand,
            noOpOfTerm9)) {
      MemoryStorage storage = new MemoryStorage();
      new Journal(storage).termAndVote(2, Id.of(3));
      storage.append(record);

      assertThatThrownBy(() -> new SingleReplicaBench(3, storage, 1, RaftSettings.DEFAULT))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("the stored state can't be used: record 2 of 2 ");
    }
  }

  @Test
  void settings_that_contradict_each_other_are_refused() {
    assertThatThrownBy(() -> RaftSettings.DEFAULT.with(Setting.LEASE_TIME, 361).check())
        .hasMessage(
            "lease-time is 361, expected at most 90 % of election-timeout-min, which is 346");
    assertThatThrownBy(() -> RaftSettings.DEFAULT.with(Setting.HEARTBEAT, 400).check())
        .hasMessage("heartbeat is 400, expected less than election-timeout-min, which is 385");
    assertThatThrownBy(() -> RaftSettings.DEFAULT.with(Setting.WINDOW, 0))
        .hasMessage("window is 0, expected 1 to 1000 messages");
  }
}
