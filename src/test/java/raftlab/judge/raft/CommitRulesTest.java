package raftlab.judge.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.KnownMistake;
import raftlab.judge.invariant.Violation;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Truncated;
import raftlab.node.StateChange.Voted;

/** Committed entries stay and are the same on all replicas: violations are caught. */
class CommitRulesTest extends StateReportTraceBuilder {
  @Test
  void a_commit_index_that_goes_back_is_caught() {
    goodRun();
    say(B, new Committed(1));
    assertThat(assertOnly(Invariant.ONLY_FORWARD, B).mistake())
        .contains(KnownMistake.COMMIT_GOES_BACK);
  }

  @Test
  void after_a_restart_commit_index_and_applied_entries_start_at_zero() {
    goodRun();
    restart(B);
    say(B, new Restored(1, A, 0, 3, 1), new Committed(1), new Applied(1, 1));
    assertNothingWrong();
  }

  @Test
  void an_entry_that_is_applied_twice_is_caught() {
    goodRun();
    say(B, new Applied(2, 1));
    assertThat(assertOnly(Invariant.ONLY_FORWARD, B).text())
        .contains("applied", "from 2 back to 2");
  }

  @Test
  void a_leader_without_a_committed_entry_is_caught() {
    goodRun();
    say(C, new TermChanged(1), entry(1, 1, "a"));
    say(C, new TermChanged(2), new Voted(2, C), leader(2));
    Violation found = assertOnly(Invariant.LEADER_COMPLETENESS, C);
    assertThat(found.evidence()).hasSize(3);
    assertThat(found.text()).contains("entry 2 of term 1", "entry 1");
  }

  @Test
  void a_leader_with_an_empty_log_is_caught_when_it_appends_the_first_entry_again() {
    goodRun();
    say(C, new TermChanged(2), new Voted(2, C), leader(2));
    assertNothingWrong();
    say(C, entry(1, 2, ""));
    assertThat(review().first(Invariant.LEADER_COMPLETENESS).text())
        .endsWith("its log ends at entry 0");
  }

  @Test
  void a_replica_that_never_reported_its_log_is_not_taken_to_have_none() {
    goodRun();
    say(C, new TermChanged(2), new Voted(2, C), leader(2), entry(4, 2, ""));
    ReportFindings findings = review();
    assertThat(findings.first(Invariant.LEADER_COMPLETENESS)).isNull();
    assertThat(findings.remarks())
        .singleElement()
        .asString()
        .contains("replica 0002", "entry 4", "entry 0");
  }

  @Test
  void a_leader_of_the_term_in_which_an_entry_was_committed_or_of_an_earlier_one_may_lack_it() {
    goodRun();
    say(A, new TermChanged(5), leader(5), entry(4, 5, "e"), new Committed(4));
    say(C, new TermChanged(1), entry(1, 1, "a"), entry(2, 1, "b"), entry(3, 1, "c"));
    say(C, new TermChanged(4), leader(4));
    assertNothingWrong();
  }

  @Test
  void different_entries_applied_at_an_index_are_caught() {
    goodRun();
    say(B, new Truncated(3), entry(3, 2, "z"));
    say(A, new Committed(3), new Applied(3, 1));
    say(B, new Committed(3), new Applied(3, 2));
    assertThat(review().first(Invariant.STATE_MACHINE_SAFETY).text())
        .contains("index 3", "0000", "0001", "\"c\"", "\"z\"");
  }

  @Test
  void a_snapshot_of_another_entry_is_caught() {
    goodRun();
    say(C, new SnapshotInstalled(2, 7, 2));
    assertThat(review().first(Invariant.STATE_MACHINE_SAFETY)).isNotNull();
  }
}
