package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Truncated;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.wire.Message;

/** Sentences of Figure 2 and of §5.1 to §5.4 that the other tests of rules don't cover. */
final class FigureTwoTest {
  private static final int MIN = RaftSettings.DEFAULT.get(Setting.ELECTION_TIMEOUT_MIN);

  @Test
  void terms_increase_monotonically() {
    SingleReplicaBench bench = new SingleReplicaBench(5);

    bench.append(3, 0, 0, 0);
    bench.append(2, 0, 0, 0);
    bench.standStill(MIN);
    bench.requestVote(2, 5, false, 0, 0);
    bench.requestVote(3, 4, false, 0, 0);

    assertThat(bench.changes(TermChanged.class))
        .containsExactly(new TermChanged(3), new TermChanged(5));
  }

  @Test
  void a_follower_that_sees_a_later_term_adopts_it() {
    SingleReplicaBench bench = new SingleReplicaBench(5);

    bench.receive(4, AppendReply.success(6, 1, 0));

    assertThat(bench.term()).isEqualTo(6);
    assertThat(bench.role()).isEqualTo(Role.FOLLOWER);
  }

  @Test
  void granting_a_vote_puts_the_election_timeout_off() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.append(1, 0, 0, 0);
    bench.standStill(MIN);

    assertThat(bench.requestVote(2, 2, false, 0, 0).granted()).isTrue();
    bench.pass(MIN - 1);

    assertThat(bench.role()).isEqualTo(Role.FOLLOWER);
  }

  @Test
  void refusing_a_vote_does_not_put_the_election_timeout_off() {
    SingleReplicaBench bench = SingleReplicaBench.withLog(5, 1, 1);
    bench.pass(MIN - 1);

    for (int i = 0; i < 250 && bench.role() == Role.FOLLOWER; i++) {
      assertThat(bench.requestVote(2, 1, false, 0, 0).granted()).isFalse();
      bench.pass(1);
    }

    assertThat(bench.role()).isEqualTo(Role.PRE_CANDIDATE);
  }

  @Test
  void a_candidate_rejects_a_leader_of_an_older_term_and_goes_on() {
    SingleReplicaBench bench = SingleReplicaBench.withLog(3, 4, 1);
    bench.waitFor(Role.PRE_CANDIDATE);
    bench.grant(1);

    AppendReply reply = bench.append(4, 0, 0, 0);

    assertThat(reply).isEqualTo(new AppendReply(5, 4, 1, false, 0, 0, 0));
    assertThat(bench.role()).isEqualTo(Role.CANDIDATE);
  }

  @Test
  void a_leader_never_overwrites_or_deletes_entries_of_its_own_log() {
    SingleReplicaBench bench = SingleReplicaBench.withLog(3, 3, 1, 2, 3);
    bench.elect();
    long round = ((AppendEntries) MessageCodec.decode(bench.lastTo(1))).round();

    bench.receive(1, AppendReply.rejection(4, round, 0, 1));
    bench.receive(2, new AppendEntries(4, 1, 0, 0, 0, List.of(SingleReplicaBench.entry(4, 1))));
    bench.receive(2, new AppendEntries(3, 1, 0, 0, 0, List.of(SingleReplicaBench.entry(3, 1))));

    assertThat(bench.logTerms()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(bench.changes(Truncated.class)).isEmpty();
  }

  @Test
  void a_repeated_message_with_entries_changes_nothing() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.append(1, 0, 0, 1, SingleReplicaBench.entry(1, 1), SingleReplicaBench.entry(1, 2));
    int records = bench.storage.load().size();

    AppendReply reply =
        bench.append(1, 0, 0, 1, SingleReplicaBench.entry(1, 1), SingleReplicaBench.entry(1, 2));

    assertThat(reply).isEqualTo(AppendReply.success(1, 1, 2));
    assertThat(bench.storage.load()).hasSize(records);
    assertThat(bench.changes(Applied.class)).hasSize(1);
  }

  @Test
  void the_commit_index_never_goes_back() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.append(1, 0, 0, 2, SingleReplicaBench.entry(1, 1), SingleReplicaBench.entry(1, 2));

    bench.append(1, 2, 1, 1);
    bench.append(2, 2, 1, 0, SingleReplicaBench.entry(2, 3));

    assertThat(bench.changes(Committed.class)).containsExactly(new Committed(2));
  }

  @Test
  void a_heartbeat_commits_what_the_follower_has() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.append(1, 0, 0, 0, SingleReplicaBench.entry(1, 1));

    bench.append(1, 1, 1, 1);

    assertThat(bench.changes(Applied.class)).containsExactly(new Applied(1, 1));
  }

  @Test
  void an_idle_leader_sends_heartbeats_to_prevent_election_timeouts() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.electAndConfirm();

    for (int i = 0; i < 5; i++) {
      bench.pass(RaftSettings.DEFAULT.get(Setting.HEARTBEAT));
      assertThat(bench.receivers(AppendEntries.class)).contains(1, 2);
      bench.confirmAll();
      bench.sent.clear();
    }

    assertThat(bench.role()).isEqualTo(Role.LEADER);
  }

  @Test
  void a_leader_answers_a_write_after_it_was_applied_and_not_before() {
    SingleReplicaBench bench = new SingleReplicaBench(3);
    bench.electAndConfirm();
    String put = bench.put("k", "v");
    int applied = bench.changes(Applied.class).size();
    assertThat(bench.answer(put)).isNull();

    List<Message> toConfirm = List.copyOf(bench.sent);
    toConfirm.forEach(bench::confirm);

    assertThat(bench.changes(Applied.class)).hasSize(applied + 1);
    assertThat(bench.answer(put)).isEqualTo("ok 0000");
  }

  @Test
  void a_new_leader_commits_entries_of_older_terms_with_the_first_of_its_own() {
    SingleReplicaBench bench = SingleReplicaBench.withLog(3, 2, 1, 2);
    bench.elect();

    AppendEntries first = (AppendEntries) MessageCodec.decode(bench.lastTo(1));
    bench.receive(1, AppendReply.success(3, first.round(), 3));

    assertThat(bench.changes(Applied.class))
        .containsExactly(new Applied(1, 1), new Applied(2, 2), new Applied(3, 3));
  }
}
