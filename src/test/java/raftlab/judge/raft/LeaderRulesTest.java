package raftlab.judge.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.judge.invariant.Invariant;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.MembersChanged;
import raftlab.node.StateChange.SnapshotTaken;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Voted;

/** What a leader may commit and change, and what a snapshot may stand for. */
class LeaderRulesTest extends StateReportTraceBuilder {
  /** B, which has three entries of term 1, two of them committed, leads term 2. */
  private void bLeads() {
    goodRun();
    say(B, new TermChanged(2), new Voted(2, B), leader(2), entry(4, 2, ""));
  }

  private static MembersChanged members(long index) {
    return new MembersChanged(index, List.of(A, B, C), List.of());
  }

  @Test
  void a_leader_that_commits_an_entry_of_an_earlier_term_alone_is_caught() {
    bLeads();
    say(B, new Committed(3));
    assertThat(assertOnly(Invariant.OWN_TERM, B).text()).contains("entry 3 of term 1");
  }

  @Test
  void with_an_entry_of_its_own_term_a_leader_commits_those_before_it() {
    bLeads();
    say(B, new Committed(4));
    assertNothingWrong();
  }

  @Test
  void a_leader_may_report_late_what_another_has_committed() {
    goodRun();
    say(A, new Committed(3));
    say(B, new TermChanged(2), new Voted(2, B), leader(2), entry(4, 2, ""), new Committed(3));
    assertNothingWrong();
  }

  @Test
  void a_second_change_of_members_before_the_first_is_committed_is_caught() {
    bLeads();
    say(B, entry(5, 2, "m"), members(5), entry(6, 2, "m"), members(6));
    assertThat(assertOnly(Invariant.ONE_CHANGE, B).text()).contains("entry 6", "entry 5");
  }

  @Test
  void changes_of_members_one_after_the_other_are_right() {
    bLeads();
    say(B, entry(5, 2, "m"), members(5), new Committed(5), entry(6, 2, "m"), members(6));
    assertNothingWrong();
  }

  @Test
  void a_follower_may_receive_two_membership_changes_at_once() {
    goodRun();
    say(B, entry(4, 1, "m"), members(4), entry(5, 1, "m"), members(5));
    assertNothingWrong();
  }

  @Test
  void a_snapshot_of_what_was_not_applied_is_caught() {
    goodRun();
    say(B, new SnapshotTaken(3, 1));
    assertThat(assertOnly(Invariant.SNAPSHOT, B).text()).contains("3", "2");
  }

  @Test
  void a_snapshot_of_what_was_applied_is_right() {
    goodRun();
    say(B, new Committed(3), new Applied(3, 1), new SnapshotTaken(3, 1));
    assertNothingWrong();
  }
}
