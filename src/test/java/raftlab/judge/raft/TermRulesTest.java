package raftlab.judge.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.KnownMistake;
import raftlab.judge.invariant.Violation;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Voted;
import raftlab.wire.Id;

/** Terms, votes and leaders: each lie is caught, and what resembles it is none. */
class TermRulesTest extends StateReportTraceBuilder {
  @Test
  void two_leaders_of_a_term_are_caught() {
    goodRun();
    say(C, leader(1));
    Violation found = assertOnly(Invariant.ELECTION_SAFETY, A, C);
    assertThat(found.evidence()).hasSize(2);
  }

  @Test
  void leaders_of_different_terms_are_allowed() {
    goodRun();
    say(B, new TermChanged(2), new Voted(2, B), leader(2));
    assertNothingWrong();
  }

  private static StateChange follows(Id leader, long term) {
    return new RoleChanged(Role.FOLLOWER, term, leader);
  }

  @Test
  void a_replica_that_follows_a_deposed_leader_in_a_later_term_is_caught() {
    goodRun();
    say(B, new TermChanged(2), new Voted(2, B), leader(2));
    say(C, new TermChanged(2), follows(Id.BROADCAST, 2), follows(A, 2));
    assertOnly(Invariant.FOLLOWS_LEADER, C);
  }

  @Test
  void a_replica_that_enters_a_term_may_still_name_the_leader_of_before() {
    goodRun();
    say(C, follows(A, 1));
    say(B, new TermChanged(2), new Voted(2, B), leader(2));
    say(C, new TermChanged(2), follows(A, 2), follows(B, 2));
    assertNothingWrong();
  }

  @Test
  void a_replica_may_follow_the_leader_or_no_leader_or_one_without_reports() {
    goodRun();
    say(C, new TermChanged(2), follows(Id.BROADCAST, 2), follows(A, 2));
    say(B, new TermChanged(3), new Voted(3, B), leader(3));
    say(C, new TermChanged(3), follows(Id.BROADCAST, 3), follows(B, 3));
    assertNothingWrong();
  }

  @Test
  void a_second_vote_in_a_term_is_caught() {
    goodRun();
    say(B, new Voted(1, C));
    assertThat(assertOnly(Invariant.ONE_VOTE, B).mistake()).contains(KnownMistake.VOTES_TWICE);
  }

  @Test
  void a_second_vote_after_a_restart_is_caught() {
    goodRun();
    restart(B);
    say(B, new TermChanged(1), new Voted(1, C));
    assertThat(assertOnly(Invariant.ONE_VOTE, B).mistake()).contains(KnownMistake.FORGETS_VOTE);
  }

  @Test
  void a_term_that_goes_back_is_caught() {
    goodRun();
    say(B, new TermChanged(4), new TermChanged(3));
    assertThat(assertOnly(Invariant.ONLY_FORWARD, B).text()).contains("term 4", "term 3");
  }
}
