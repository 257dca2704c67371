package raftlab.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import raftlab.wire.Id;

/** Which offset the leader's commit index has (§5.3), if the run doesn't show it at once. */
class CommitLearnerTest extends MessageTraceBuilder {
  private static final int ENTRIES = 8;

  /** Longer than a write is under way. */
  private static final long SETTLED_MICROS = 150_000;

  private void elect() {
    pause();
    for (Id voter : others(A)) {
      tell(A, voter, NONE, "ask", "'term': 1");
    }
    for (Id voter : others(A)) {
      tell(voter, A, NONE, "vote", "'term': 1, 'yes': true");
    }
  }

  /** A client's write, which A sends to both followers with this commit index. */
  private void write(long index, long commit) {
    put(A, "value-" + index);
    for (Id follower : others(A)) {
      sendEntry(follower, index, commit);
      reply(follower, index);
    }
  }

  private void sendEntry(Id follower, long index, long commit) {
    tell(
        A,
        follower,
        A,
        "append",
        format(
            "'term': 1, 'prev': %d, 'entries': [{'v': 'value-%d', 't': 1}], 'commit': %d",
            index - 1, index, commit));
  }

  private void reply(Id follower, long match) {
    tell(follower, A, A, "appendReply", format("'term': 1, 'yes': true, 'match': %d", match));
  }

  private void heartbeat(Id follower, long end, long commit) {
    tell(
        A,
        follower,
        A,
        "append",
        format("'term': 1, 'prev': %d, 'entries': [], 'commit': %d", end, commit));
  }

  /** Heartbeats after all entries were acknowledged; they are answered. */
  private void settle(long end, long commit) {
    now += SETTLED_MICROS;
    for (Id follower : others(A)) {
      heartbeat(follower, end, commit);
      reply(follower, end);
    }
  }

  private CommitLearner learner() {
    ReplicaMessages messages = messages();
    RoleLearner roles = new RoleLearner(messages);
    TermLearner terms = new TermLearner(messages, roles, roles.elections());
    EntryLearner entries = new EntryLearner(messages, roles, terms);
    assertThat(entries.format("append")).isNotNull();
    assertThat(entries.format("append").offset()).isZero();
    return new CommitLearner(
        messages, roles, terms, entries, new PreviousTermLearner(messages, roles, terms, entries));
  }

  @Test
  void the_index_of_a_leader_that_waits_for_replies_is_not_corrected() {
    elect();
    for (long i = 1; i <= ENTRIES; i++) {
      write(i, i - 1);
      settle(i, i);
    }
    CommitLearner commits = learner();
    assertThat(commits.format("append")).isEqualTo(new CommitLearner.Format("commit", 0));
    assertThat(commits.fit().isAmbiguous()).isFalse();
  }

  @Test
  void the_index_of_a_leader_that_commits_at_first_sending_ends_at_the_last_entry() {
    elect();
    for (long i = 1; i <= ENTRIES; i++) {
      write(i, i);
      settle(i, i);
    }
    CommitLearner commits = learner();
    assertThat(commits.format("append")).isEqualTo(new CommitLearner.Format("commit", 0));
    assertThat(commits.fit().isAmbiguous()).isTrue();
  }

  @Test
  void an_index_that_counts_in_another_way_than_entries_proves_nothing_under_load() {
    elect();
    for (long i = 1; i <= ENTRIES; i++) {
      write(i, i);
      pause();
    }
    assertThat(learner().fit().isAmbiguous()).isTrue();
  }

  @Test
  void an_index_that_counts_as_entries_do_is_not_ambiguous_under_load() {
    elect();
    for (long i = 1; i <= ENTRIES; i++) {
      write(i, i - 1);
      pause();
    }
    assertThat(learner().fit().isAmbiguous()).isFalse();
  }

  @Test
  void a_leader_in_the_minority_does_not_show_where_its_index_ends() {
    elect();
    for (long i = 1; i <= ENTRIES; i++) {
      write(i, i - 1);
      pause();
    }
    heartbeat(B, ENTRIES, ENTRIES);
    put(A, "value-" + (ENTRIES + 1));
    sendEntry(B, ENTRIES + 1, ENTRIES); // no reply ever arrives
    for (int i = 0; i < ENTRIES; i++) {
      now += SETTLED_MICROS;
      heartbeat(B, ENTRIES + 1, ENTRIES);
      heartbeat(C, ENTRIES + 1, ENTRIES);
    }
    assertThat(learner().format("append")).isEqualTo(new CommitLearner.Format("commit", 0));
  }

  @Test
  void indices_of_commits_may_count_one_more_than_those_of_entries() {
    elect();
    for (long i = 1; i <= ENTRIES; i++) {
      write(i, i);
      settle(i, i + 1);
    }
    assertThat(learner().format("append")).isEqualTo(new CommitLearner.Format("commit", -1));
  }

  @Test
  void a_number_that_would_count_two_more_than_entries_is_no_commit_index() {
    elect();
    for (long i = 1; i <= ENTRIES; i++) {
      write(i, i + 1);
      settle(i, i + 2);
    }
    assertThat(learner().format("append")).isNull();
  }

  // ---- what acknowledgements to clients confirm ----

  /** A write that is acknowledged to its client; the next message shows it as committed. */
  private void acknowledgedWrites(int count, long shift) {
    elect();
    for (long i = 1; i <= ENTRIES; i++) {
      write(i, i - 1 + shift);
      if (i <= count) {
        ok(A, "value-" + i);
      }
      pause();
    }
    heartbeat(B, ENTRIES, ENTRIES + shift);
  }

  @Test
  void acknowledged_writes_confirm_the_commit_index() {
    acknowledgedWrites(ENTRIES, 0);
    CommitLearner commits = learner();
    assertThat(commits.isAnchored()).isTrue();
    assertThat(commits.format("append")).isEqualTo(new CommitLearner.Format("commit", 0));
    assertThat(commits.fit().isAmbiguous()).isFalse();
  }

  @Test
  void acknowledged_writes_do_not_confirm_an_index_that_counts_less_than_others() {
    acknowledgedWrites(ENTRIES, 1);
    CommitLearner commits = learner();
    assertThat(commits.isAnchored()).isFalse(); // more may be committed than acknowledged
    assertThat(commits.format("append")).isEqualTo(new CommitLearner.Format("commit", -1));
  }

  @Test
  void without_acknowledged_writes_nothing_confirms_the_commit_index() {
    acknowledgedWrites(0, 0);
    assertThat(learner().isAnchored()).isFalse();
  }

  @Test
  void three_acknowledged_writes_confirm_the_commit_index_and_two_do_not() {
    acknowledgedWrites(2, 0);
    assertThat(learner().isAnchored()).isFalse();
    ok(A, "value-" + ENTRIES); // shown by the next message
    heartbeat(B, ENTRIES, ENTRIES);
    assertThat(learner().isAnchored()).isTrue();
  }

  @Test
  void a_write_that_is_acknowledged_before_a_majority_replied_confirms_nothing() {
    elect();
    for (long i = 1; i <= ENTRIES; i++) {
      put(A, "value-" + i);
      ok(A, "value-" + i);
      for (Id follower : others(A)) {
        sendEntry(follower, i, i - 1);
        reply(follower, i);
      }
      pause();
    }
    assertThat(learner().isAnchored()).isFalse();
  }

  @Test
  void acknowledged_writes_must_confirm_the_index_of_each_kind_of_message() {
    acknowledgedWrites(ENTRIES, 0);
    now += SETTLED_MICROS;
    for (long i = 1; i <= ENTRIES; i++) {
      pause();
      for (Id follower : others(A)) {
        tell(A, follower, A, "beat", format("'term': 1, 'commit': %d", i));
      }
    }
    CommitLearner commits = learner();
    assertThat(commits.format("beat")).isNotNull();
    assertThat(commits.isAnchored()).isFalse();
  }
}
