package raftlab.judge.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.Violation;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Truncated;

/** How logs may grow: each lie is caught, and what resembles it is none. */
class LogRulesTest extends StateReportTraceBuilder {
  @Test
  void a_follower_that_deletes_a_committed_entry_is_caught() {
    goodRun();
    say(B, new Truncated(2));
    assertThat(assertOnly(Invariant.ONLY_FORWARD, B).text()).contains("entry 2");
  }

  @Test
  void a_follower_may_delete_what_is_not_committed() {
    goodRun();
    say(B, new TermChanged(2), follower(2), new Truncated(3), entry(3, 2, "other"));
    assertNothingWrong();
  }

  @Test
  void a_leader_that_deletes_an_entry_and_leads_on_is_caught() {
    goodRun();
    say(A, new Truncated(3));
    send(A);
    Violation found = assertOnly(Invariant.LEADER_APPEND_ONLY, A);
    assertThat(found.evidence()).hasSize(3);
  }

  @Test
  void a_leader_that_reports_its_step_down_late_is_not_accused() {
    goodRun();
    say(A, new Truncated(3), new TermChanged(2), follower(2));
    send(A);
    assertNothingWrong();
  }

  @Test
  void entries_of_the_same_index_and_term_that_differ_are_caught() {
    goodRun();
    say(C, new TermChanged(1), entry(1, 1, "a"), entry(2, 1, "x"));
    assertOnly(Invariant.LOG_MATCHING, A, C);
  }

  @Test
  void logs_that_differ_before_an_entry_that_they_share_are_caught() {
    goodRun();
    say(B, new TermChanged(3), entry(4, 3, "d"));
    say(C, new TermChanged(3), entry(1, 1, "a"), entry(2, 1, "b"), entry(3, 2, "y"));
    say(C, entry(4, 3, "d"));
    assertOnly(Invariant.LOG_MATCHING, B, C);
  }

  @Test
  void after_a_snapshot_the_log_is_the_one_that_others_have_reported() {
    goodRun();
    say(C, new TermChanged(1), new SnapshotInstalled(2, 1, 2), entry(3, 1, "c"), new Committed(3));
    say(C, new TermChanged(2), leader(2));
    assertNothingWrong();
  }
}
