package raftlab.judge.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Voted;

/** Terms, votes and leaders: each lie is caught, and what resembles it is none. */
class TermRulesTest extends ReportedRun {
  @Test
  void two_leaders_of_a_term_are_caught() {
    goodRun();
    say(C, leader(1));
    Violation found =
        assertOnly(Property.ELECTION_SAFETY, "replicas 0000 and 0002 both became leader of term 1");
    assertThat(found.evidence()).hasSize(2);
  }

  @Test
  void leaders_of_different_terms_are_none_of_one() {
    goodRun();
    say(B, new TermChanged(2), new Voted(2, B), leader(2));
    assertNothingWrong();
  }

  @Test
  void a_second_vote_in_a_term_is_caught() {
    goodRun();
    say(B, new Voted(1, C));
    assertOnly(Property.ONE_VOTE, "replica 0001 voted in term 1 for 0000, and then for 0002");
  }

  @Test
  void a_second_vote_after_a_restart_is_caught() {
    goodRun();
    restart(B);
    say(B, new TermChanged(1), new Voted(1, C));
    assertOnly(Property.ONE_VOTE, "replica 0001 voted in term 1 for 0000, and then for 0002");
  }

  @Test
  void a_term_that_goes_back_is_caught() {
    goodRun();
    say(B, new TermChanged(4), new TermChanged(3));
    assertOnly(Property.ONLY_FORWARD, "replica 0001 went back from term 4 to term 3");
  }
}
