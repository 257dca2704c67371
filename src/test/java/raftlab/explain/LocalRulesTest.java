package raftlab.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.SnapshotTaken;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Truncated;
import raftlab.node.StateChange.Voted;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Each local rule has a run that breaks it; the run that they begin with breaks none. */
class LocalRulesTest extends ExplainTraceBuilder {
  @Test
  void nothing_is_held_against_a_good_run() {
    goodRun();
    assertThat(certain()).isEmpty();
  }

  @Test
  void a_second_vote_in_a_term() {
    start();
    elect(1);
    say(B, new Voted(1, C));
    assertThat(certain()).containsExactly("votes-twice");
  }

  @Test
  void a_vote_for_a_candidate_with_a_shorter_log() {
    goodRun();
    tell(C, B, "requestVote", "'term': 2, 'lastLogIndex': 1, 'lastLogTerm': 1");
    say(B, new TermChanged(2), new Voted(2, C));
    assertThat(certain()).containsExactly("votes-for-old-log");
  }

  @Test
  void a_leader_that_nobody_else_voted_for() {
    goodRun();
    say(C, new TermChanged(2), new Voted(2, C), role(Role.LEADER, 2, C));
    assertThat(certain()).containsExactly("elected-by-half");
  }

  @Test
  void a_leader_with_the_vote_of_one_who_is_no_member() {
    start();
    for (Id replica : java.util.List.of(A, B, C)) {
      say(replica, members(0, A, C));
    }
    elect(1);
    assertThat(certain()).containsExactly("removed-still-counts");
  }

  @Test
  void an_entry_committed_that_nobody_else_has_acknowledged() {
    goodRun();
    say(A, entry(3, 1), new Committed(3));
    assertThat(certain()).containsExactly("commits-with-half");
  }

  @Test
  void an_entry_of_an_earlier_term_committed_by_counting() {
    goodRun();
    elect(2);
    append(B, 2, "2/1", "", 1);
    agree(B, 2, 2);
    say(A, new Committed(2));
    assertThat(certain()).containsExactly("commits-old-term");
  }

  @Test
  void a_follower_that_commits_what_was_not_compared() {
    goodRun();
    append(B, 1, "1/1", "", 2);
    say(B, new Committed(2));
    assertThat(certain()).containsExactly("commits-unverified");
  }

  @Test
  void a_commit_index_that_goes_back() {
    goodRun();
    append(B, 1, "2/1", "", 2);
    say(B, new Committed(2), new Committed(1));
    assertThat(certain()).containsExactly("commit-goes-back");
  }

  @Test
  void a_follower_that_agrees_without_having_the_entry_before() {
    goodRun();
    append(C, 1, "2/1", "1", 0);
    say(C, new TermChanged(1), entry(1, 1));
    agree(C, 1, 3);
    assertThat(certain()).containsExactly("skips-consistency-check");
  }

  @Test
  void a_follower_that_agrees_to_any_heartbeat() {
    goodRun();
    append(C, 1, "2/1", "", 1);
    say(C, new TermChanged(1));
    agree(C, 1, 2);
    assertThat(certain()).containsExactly("heartbeat-without-check");
  }

  @Test
  void a_follower_that_keeps_what_contradicts_its_leader() {
    goodRun();
    elect(2);
    append(B, 2, "1/1", "2", 1);
    agree(B, 2, 2);
    assertThat(certain()).containsExactly("keeps-conflicting-entries");
  }

  @Test
  void a_follower_that_deletes_what_contradicts_nobody() {
    goodRun();
    append(B, 1, "0/0", "1", 0);
    say(B, new Truncated(2));
    assertThat(certain()).containsExactly("truncates-on-old-append");
  }

  @Test
  void a_leader_that_deletes_entries() {
    goodRun();
    say(A, new Truncated(2));
    assertThat(certain()).containsExactly("drops-log-at-winning");
  }

  @Test
  void a_follower_that_obeys_a_leader_of_an_earlier_term() {
    goodRun();
    say(B, new TermChanged(2));
    append(B, 1, "2/1", "1", 1);
    say(B, entry(3, 1));
    assertThat(certain()).containsExactly("accepts-old-term");
  }

  @Test
  void a_leader_that_goes_on_though_it_heard_of_a_later_term() {
    goodRun();
    tell(C, A, "appendReply", "'term': 5, 'success': false");
    for (int i = 0; i < 3; i++) {
      now += 1_000_000;
      append(B, 1, "2/1", "", 1);
    }
    assertThat(certain()).containsExactly("leader-stays");
  }

  @Test
  void a_read_answered_before_the_leaders_first_entry_is_committed() {
    start();
    elect(1);
    say(A, entry(1, 1));
    ok(ask(A, Message.GET, null));
    assertThat(certain()).containsExactly("reads-before-own-commit");
  }

  @Test
  void a_read_answered_by_a_follower_that_asked_nobody() {
    goodRun();
    ok(ask(B, Message.GET, null));
    assertThat(certain()).containsExactly("reads-anywhere");
  }

  @Test
  void a_read_answered_by_a_leader_that_another_has_followed() {
    goodRun();
    say(C, new TermChanged(2), new Voted(2, C), role(Role.CANDIDATE, 2, Id.BROADCAST));
    tell(B, C, "voteReply", "'term': 2, 'granted': true");
    say(C, role(Role.LEADER, 2, C));
    ok(ask(A, Message.GET, null));
    assertThat(certain()).containsExactly("reads-without-majority");
  }

  @Test
  void a_write_acknowledged_before_its_entry_is_committed() {
    goodRun();
    Message request = ask(A, Message.PUT, "value-2");
    ok(request);
    assertThat(certain()).containsExactly("acks-before-commit");
  }

  @Test
  void a_write_acknowledged_by_one_that_has_lost_the_lead() {
    goodRun();
    Message request = ask(A, Message.PUT, "value-2");
    say(A, new TermChanged(2), role(Role.FOLLOWER, 2, Id.BROADCAST));
    ok(request);
    assertThat(certain()).containsExactly("ok-at-losing-leadership");
  }

  /**
   * B has entries 1 and 2 of term 1, and rejects a message of term 2, which has another entry 2.
   */
  private void rejectsEntry2(long conflictIndex) {
    elect(2);
    String fields = "'term': 2, 'round': 7, 'prevLogIndex': 2, 'prevLogTerm': 2, 'leaderCommit': 1";
    tell(A, B, "appendEntries", fields + ", 'entries': []");
    say(B, role(Role.FOLLOWER, 2, A));
    String hint = "'conflictTerm': 1, 'conflictIndex': " + conflictIndex;
    tell(B, A, "appendReply", "'term': 2, 'round': 7, 'success': false, " + hint);
  }

  @Test
  void a_hint_that_names_the_second_entry_of_the_term_in_conflict() {
    goodRun();
    rejectsEntry2(2);
    assertThat(certain()).containsExactly("conflict-hint-off-by-one");
  }

  @Test
  void but_the_second_entry_is_right_if_a_snapshot_has_replaced_the_first() {
    goodRun();
    append(B, 1, "2/1", "", 1);
    say(B, new Committed(1), new Applied(1, 1), new SnapshotTaken(1, 1));
    rejectsEntry2(2);
    assertThat(certain()).isEmpty();
  }

  @Test
  void a_snapshot_of_what_was_not_applied() {
    goodRun();
    say(A, new Applied(1, 1), new SnapshotTaken(2, 1));
    assertThat(certain()).containsExactly("snapshot-of-unapplied");
  }

  @Test
  void a_snapshot_without_its_last_entrys_term() {
    goodRun();
    say(A, new Applied(1, 1), new SnapshotTaken(1, 0));
    assertThat(certain()).containsExactly("snapshot-without-term");
  }

  @Test
  void a_snapshot_in_the_place_of_newer_entries() {
    goodRun();
    say(B, new SnapshotInstalled(1, 1, 1));
    assertThat(certain()).containsExactly("installs-old-snapshot");
  }

  @Test
  void a_change_of_members_before_the_last_is_committed() {
    goodRun();
    say(A, entry(3, 1), members(3, A, B), entry(4, 1), members(4, A));
    assertThat(certain()).containsExactly("two-changes-at-once");
  }

  @Test
  void entries_sent_from_before_the_first() {
    goodRun();
    append(C, 1, "-1/0", "1", 0);
    assertThat(certain()).containsExactly("next-index-below-one");
  }
}
