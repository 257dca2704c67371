package raftlab.judge.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import raftlab.judge.invariant.Invariant;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Voted;
import raftlab.wire.Id;

/** Whoever has given its vote waits before it stands itself. */
class ElectionTimerRuleTest extends StateReportTraceBuilder {
  private static final StateChange STANDS = new RoleChanged(Role.PRE_CANDIDATE, 1, Id.BROADCAST);

  private long term;

  /** A replica waits 400 ms for a crashed leader, three times. */
  @BeforeEach
  void leadersFallSilent() {
    start(A, B, C);
    for (Id replica : new Id[] {A, B, C}) {
      say(replica, new TermChanged(1), new RoleChanged(Role.FOLLOWER, 1, Id.of(7)));
      after(400, replica, STANDS);
      say(replica, follower(1));
    }
    term = 1;
  }

  private void after(long millis, Id replica, StateChange change) {
    now += millis * 1000;
    say(replica, change);
  }

  private void votesAndStandsAfter(long millis) {
    term++;
    say(B, new TermChanged(term), follower(term), new Voted(term, A));
    after(millis, B, new RoleChanged(Role.PRE_CANDIDATE, term, Id.BROADCAST));
    say(B, follower(term));
  }

  @Test
  void a_replica_that_repeatedly_starts_elections_right_after_its_vote_is_caught() {
    votesAndStandsAfter(20);
    votesAndStandsAfter(30);
    assertThat(assertOnly(Invariant.VOTER_WAITS, B).text()).contains("20 ms", "400 ms");
  }

  @Test
  void once_may_be_an_accident() {
    votesAndStandsAfter(20);
    votesAndStandsAfter(300);
    assertNothingWrong();
  }

  @Test
  void a_wait_nearly_as_long_as_an_election_timeout_is_accepted() {
    votesAndStandsAfter(120);
    votesAndStandsAfter(120);
    assertNothingWrong();
  }

  @Test
  void a_wait_of_nearly_zero_means_that_the_kit_was_late() {
    say(C, new RoleChanged(Role.FOLLOWER, 1, Id.of(7)));
    after(40, C, STANDS);
    say(C, follower(1));
    votesAndStandsAfter(3);
    votesAndStandsAfter(3);
    assertNothingWrong();
  }
}
