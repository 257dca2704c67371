package raftlab.judge.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Voted;
import raftlab.wire.Id;

/** State that a message depends on must survive a crash; other state may be lost. */
class DurabilityRuleTest extends StateReportTraceBuilder {
  @Test
  void a_vote_that_was_never_sent_may_be_lost_in_a_crash() {
    goodRun();
    say(B, new TermChanged(2), new Voted(2, C));
    restart(B);
    say(B, new Restored(1, A, 0, 3, 1), new TermChanged(2), new Voted(2, A));
    assertNothingWrong();
  }

  @Test
  void a_term_lost_in_a_restart_is_caught() {
    goodRun();
    say(B, new TermChanged(6));
    send(B);
    restart(B);
    say(B, new Restored(1, A, 0, 3, 1));
    assertThat(assertOnly(Invariant.DURABILITY, B).mistake()).contains(KnownMistake.FORGETS_TERM);
  }

  @Test
  void a_vote_lost_in_a_restart_is_caught() {
    goodRun();
    restart(B);
    say(B, new Restored(1, Id.BROADCAST, 0, 3, 1));
    assertThat(assertOnly(Invariant.DURABILITY, B).mistake()).contains(KnownMistake.FORGETS_VOTE);
  }

  @Test
  void entries_lost_in_a_restart_are_caught() {
    goodRun();
    restart(B);
    say(B, new Restored(1, A, 0, 1, 1));
    assertThat(assertOnly(Invariant.DURABILITY, B).mistake()).contains(KnownMistake.STORES_LATE);
  }

  @Test
  void entries_that_no_message_followed_may_be_lost_in_a_crash() {
    goodRun();
    say(B, entry(4, 1, "d"), entry(5, 1, "e"));
    restart(B);
    say(B, new Restored(1, A, 0, 4, 1));
    assertNothingWrong();
  }

  @Test
  void a_later_leader_may_have_had_entries_deleted_just_before_the_crash() {
    goodRun();
    restart(B);
    say(B, new Restored(2, Id.BROADCAST, 0, 2, 1), entry(3, 2, "other"));
    assertNothingWrong();
  }

  @Test
  void without_a_place_to_store_anything_nothing_is_judged_after_a_restart() {
    goodRun();
    restart(B);
    say(B, new TermChanged(1), new Voted(1, C));
    ReportFindings findings = ReportReview.of(trace, false);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void a_replica_that_restores_nothing_is_remarked_on() {
    goodRun();
    restart(B);
    say(B, follower(0));
    send(B);
    assertThat(review().remarks())
        .singleElement()
        .asString()
        .contains("replica 0001", "term 1", "Restored");
  }
}
