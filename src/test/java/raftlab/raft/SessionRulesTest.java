package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.SnapshotTaken;
import raftlab.raft.Command.Append;
import raftlab.raft.Command.Once;
import raftlab.storage.MemoryStorage;

/**
 * Writes that are executed once at most, and those that depend on the value: §8, dissertation §6.3.
 */
final class SessionRulesTest {
  private static SingleReplicaBench leader() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.electAndConfirm();
    return bench;
  }

  private static String confirmed(SingleReplicaBench bench, String mid) {
    bench.confirmAll();
    return bench.answer(mid);
  }

  private static String value(SingleReplicaBench bench, String key) {
    return bench.answer(bench.get(key));
  }

  private static LogEntry once(long seq, long time) {
    return LogEntry.of(1, new Once("c", seq, time, new Append("k", "x")));
  }

  // Once at most.

  @Test
  void a_write_that_is_sent_again_before_it_is_applied_is_executed_once_and_answered_twice() {
    SingleReplicaBench bench = leader();
    String first = BenchRequests.once(bench, "c", 1, "append", "k", "x");
    String again = BenchRequests.once(bench, "c", 1, "append", "k", "x");

    while (bench.answer(again) == null) {
      List<String> answers = List.of(String.valueOf(bench.answer(first)));
      assertThat(answers).doesNotContain("fail 0000");
      bench.sent.stream().filter(m -> m.mid() == null).toList().forEach(bench::confirm);
      bench.pass(1);
    }

    assertThat(bench.answer(first)).isEqualTo("ok 0000");
    assertThat(bench.answer(again)).isEqualTo("ok 0000");
    assertThat(value(bench, "k")).isEqualTo("ok(x) 0000");
  }

  @Test
  void a_write_that_was_applied_is_answered_without_another_entry() {
    SingleReplicaBench bench = leader();
    confirmed(bench, BenchRequests.once(bench, "c", 1, "append", "k", "x"));
    bench.changes.clear();

    String again = BenchRequests.once(bench, "c", 1, "append", "k", "x");

    assertThat(bench.answer(again)).isEqualTo("ok 0000");
    assertThat(bench.changes(Appended.class)).isEmpty();
  }

  @Test
  void without_a_session_a_write_that_is_sent_again_is_another_write() {
    SingleReplicaBench bench = leader();
    confirmed(bench, BenchRequests.write(bench, "append", "k", "x"));
    confirmed(bench, BenchRequests.write(bench, "append", "k", "x"));

    assertThat(value(bench, "k")).isEqualTo("ok(xx) 0000");
  }

  @Test
  void the_next_leader_has_what_its_predecessor_executed() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.append(1, 0, 0, 0, once(7, 0));
    bench.electAndConfirm();

    String again = BenchRequests.once(bench, "c", 7, "append", "k", "x");

    assertThat(bench.answer(again)).isEqualTo("ok 0000");
    assertThat(value(bench, "k")).isEqualTo("ok(x) 0000");
  }

  @Test
  void a_restart_changes_nothing_about_it() {
    SingleReplicaBench bench = leader();
    confirmed(bench, BenchRequests.once(bench, "c", 1, "append", "k", "x"));

    SingleReplicaBench restarted = bench.restarted();
    restarted.electAndConfirm();
    confirmed(restarted, BenchRequests.once(restarted, "c", 1, "append", "k", "x"));

    assertThat(value(restarted, "k")).isEqualTo("ok(x) 0000");
  }

  @Test
  void a_snapshot_holds_the_sessions() {
    RaftSettings settings =
        RaftSettings.DEFAULT.with(Setting.SNAPSHOT_THRESHOLD, 2).with(Setting.SNAPSHOT_KEEP, 0);
    SingleReplicaBench bench = new SingleReplicaBench(3, new MemoryStorage(), 1, settings);
    bench.append(1, 0, 0, 2, once(1, 0), SingleReplicaBench.entry(1, 2));
    assertThat(bench.changes(SnapshotTaken.class)).hasSize(1);

    SingleReplicaBench restarted = bench.restarted();
    restarted.electAndConfirm();
    confirmed(restarted, BenchRequests.once(restarted, "c", 1, "append", "k", "x"));

    assertThat(value(restarted, "k")).isEqualTo("ok(x) 0000");
  }

  @Test
  void writes_of_one_session_may_be_under_way_at_once_and_in_any_order() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.append(1, 0, 0, 0, once(5, 0), once(3, 0), once(4, 0), once(3, 0), once(5, 0));

    bench.electAndConfirm();

    assertThat(value(bench, "k")).isEqualTo("ok(xxx) 0000");
  }

  @Test
  void a_write_older_than_the_stored_ones_of_its_session_is_refused_and_not_executed() {
    StateMachine machine = new StateMachine(RaftSettings.DEFAULT);
    for (int seq = 0; seq <= ClientSessions.WRITES_PER_SESSION; seq++) {
      machine.apply(once(seq, 0).command());
    }
    String value = machine.get("k");

    assertThat(machine.apply(once(0, 0).command()))
        .isEqualTo(
            new CommandResult.Refused(
                "it is older than what is remembered of this client's writes"));
    assertThat(machine.apply(once(1, 0).command())).isEqualTo(CommandResult.Done.INSTANCE);
    assertThat(machine.get("k")).isEqualTo(value);
  }

  @Test
  void a_refused_write_is_not_stored_and_no_discarded_write_runs_again() {
    StateMachine machine = new StateMachine(RaftSettings.DEFAULT);
    int last = ClientSessions.WRITES_PER_SESSION + 1;
    for (int seq = 0; seq <= last; seq++) {
      machine.apply(once(seq, 0).command());
    }
    String value = machine.get("k");

    for (int i = 0; i < 2; i++) {
      for (int seq = 0; seq <= last; seq++) {
        machine.apply(once(seq, 0).command());
        assertThat(machine.get("k")).as("after write " + seq + " again").isEqualTo(value);
      }
    }
    assertThat(machine.find("c", last)).isEqualTo(CommandResult.Done.INSTANCE);
    assertThat(machine.find("c", 2)).isEqualTo(CommandResult.Done.INSTANCE);
  }

  @Test
  void a_refused_write_keeps_its_session_alive() {
    ClientSessions sessions = new ClientSessions(1_000);
    for (int seq = 0; seq <= ClientSessions.WRITES_PER_SESSION; seq++) {
      sessions.record("c", seq, CommandResult.Done.INSTANCE, 0);
    }

    sessions.record("c", 0, sessions.find("c", 0), 900);
    sessions.expire(1_500);

    assertThat(sessions.find("c", ClientSessions.WRITES_PER_SESSION)).isNotNull();
  }

  @Test
  void of_too_many_sessions_the_one_that_was_idle_longest_is_discarded() {
    ClientSessions sessions = new ClientSessions(1_000);
    for (int client = 0; client < ClientSessions.MAX_SESSIONS; client++) {
      sessions.record("c" + client, 1, CommandResult.Done.INSTANCE, 0);
    }
    sessions.record("c0", 2, CommandResult.Done.INSTANCE, 0);

    sessions.record("another", 1, CommandResult.Done.INSTANCE, 0);

    assertThat(sessions.size()).isEqualTo(ClientSessions.MAX_SESSIONS);
    assertThat(sessions.find("c1", 1)).isNull();
    assertThat(sessions.find("c0", 1)).isNotNull();
  }

  // The cluster's time.

  @Test
  void a_session_expires_by_the_time_in_the_entries_and_by_no_replicas_clock() {
    RaftSettings settings =
        RaftSettings.DEFAULT
            .with(Setting.SESSION_EXPIRY, 1_000)
            .with(Setting.SNAPSHOT_THRESHOLD, 3)
            .with(Setting.SNAPSHOT_KEEP, 0);
    LogEntry other = LogEntry.of(1, new Once("other", 1, 1_001, new Append("l", "y")));
    SingleReplicaBench quick = new SingleReplicaBench(3, new MemoryStorage(), 1, settings);
    quick.append(1, 0, 0, 3, once(1, 0), other, once(1, 1_001));
    SingleReplicaBench slow = new SingleReplicaBench(3, new MemoryStorage(), 2, settings);
    slow.append(1, 0, 0, 1, once(1, 0));
    slow.standStill(50_000);
    slow.append(1, 1, 1, 2, other);
    slow.standStill(50_000);
    slow.append(1, 2, 1, 3, once(1, 1_001));

    assertThat(new Journal(slow.storage).restore().snapshot().data())
        .isEqualTo(new Journal(quick.storage).restore().snapshot().data());
    slow.electAndConfirm();
    assertThat(value(slow, "k"))
        .as("its session was discarded, and it was executed again")
        .isEqualTo("ok(xx) 0000");
  }

  @Test
  void a_session_that_writes_now_and_then_does_not_expire() {
    StateMachine machine =
        new StateMachine(RaftSettings.DEFAULT.with(Setting.SESSION_EXPIRY, 1_000));
    for (int seq = 0; seq < 10; seq++) {
      machine.apply(once(seq, 900L * seq).command());
    }

    assertThat(machine.apply(once(0, 9_000).command())).isEqualTo(CommandResult.Done.INSTANCE);
    assertThat(machine.get("k")).isEqualTo("x".repeat(10));
  }

  @Test
  void the_clusters_time_never_goes_back_under_a_new_leader() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.append(1, 0, 0, 1, once(1, 500_000));
    bench.electAndConfirm();
    bench.standStill(20);

    BenchRequests.once(bench, "c", 2, "append", "k", "x");

    List<LogEntry> entries = new Journal(bench.storage).restore().entries();
    Once written = (Once) entries.get(entries.size() - 1).command();
    assertThat(written.time()).isBetween(500_000L, 501_000L);
  }

  // Append, compare and swap.

  @Test
  void an_append_adds_to_the_end_and_to_nothing_if_there_is_none() {
    SingleReplicaBench bench = leader();

    confirmed(bench, BenchRequests.write(bench, "append", "k", "a"));
    confirmed(bench, BenchRequests.write(bench, "append", "k", "b"));

    assertThat(value(bench, "k")).isEqualTo("ok(ab) 0000");
  }

  @Test
  void a_cas_that_finds_what_it_expects_writes() {
    SingleReplicaBench bench = leader();

    assertThat(confirmed(bench, BenchRequests.write(bench, "cas", "k", "", "a")))
        .isEqualTo("ok 0000");
    assertThat(confirmed(bench, BenchRequests.write(bench, "cas", "k", "a", "b")))
        .isEqualTo("ok 0000");

    assertThat(value(bench, "k")).isEqualTo("ok(b) 0000");
  }

  @Test
  void a_cas_that_finds_something_else_writes_nothing_and_says_what_it_found() {
    SingleReplicaBench bench = leader();
    bench.put("k", "a");
    bench.confirmAll();

    String cas = BenchRequests.write(bench, "cas", "k", "z", "b");

    assertThat(confirmed(bench, cas)).isEqualTo("mismatch(a) 0000");
    assertThat(value(bench, "k")).isEqualTo("ok(a) 0000");
  }

  @Test
  void a_mismatch_stays_one_even_if_the_value_would_match_when_it_is_sent_again() {
    SingleReplicaBench bench = leader();
    confirmed(bench, BenchRequests.once(bench, "c", 1, "cas", "k", "a", "b"));
    bench.put("k", "a");
    bench.confirmAll();

    String again = BenchRequests.once(bench, "c", 1, "cas", "k", "a", "b");

    assertThat(bench.answer(again)).isEqualTo("mismatch() 0000");
    assertThat(value(bench, "k")).isEqualTo("ok(a) 0000");
  }

  @Test
  void a_value_that_would_become_too_long_is_refused_with_a_reason() {
    SingleReplicaBench bench = leader();
    String half = "x".repeat(26_000);
    confirmed(bench, BenchRequests.write(bench, "append", "k", half));

    String second = BenchRequests.write(bench, "append", "k", half);
    bench.confirmAll();

    assertThat(BenchRequests.reason(bench, second))
        .isEqualTo("the value would become longer than a message can carry");
    assertThat(value(bench, "k")).isEqualTo("ok(" + half + ") 0000");
  }

  @Test
  void a_session_that_is_not_named_rightly_is_refused_with_a_reason() {
    SingleReplicaBench bench = leader();

    assertThat(
            BenchRequests.reason(
                bench, BenchRequests.once(bench, "c".repeat(257), 1, "append", "k", "x")))
        .isEqualTo("\"client\" must be a text of at most 256 characters");
    assertThat(BenchRequests.reason(bench, BenchRequests.once(bench, "c", -1, "append", "k", "x")))
        .isEqualTo("\"seq\" must be a whole number, not below 0");
  }
}
