package raftlab.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Truncated;
import raftlab.node.StateChange.Voted;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** A process may leave what is delivered to it in its socket for any time. */
class RealProcessesTest extends ExplainTraceBuilder {
  RealProcessesTest() {
    super("process");
  }

  @Test
  void a_leader_that_seems_not_to_hear_of_a_later_term_may_not_have_read_it() {
    goodRun();
    tell(C, A, "voteReply", "'term': 3, 'granted': false");
    now += 600_000;
    append(B, 1, "2/1", "", 1);
    append(B, 1, "2/1", "", 1);
    assertThat(certain()).isEmpty();
    assertThat(likely()).containsExactly("leader-stays");
  }

  /** A waits for the answer to a get when another is elected; then it answers another get. */
  private void answersWhenAnotherLeads(boolean isStopped) {
    goodRun();
    if (isStopped) {
      trace.add(new Event.Paused(++now, A));
    }
    ask(A, "get", null);
    now += 100_000;
    if (isStopped) {
      trace.add(new Event.Resumed(++now, A));
    }
    say(A, role(Role.FOLLOWER, 1, Id.BROADCAST), role(Role.LEADER, 1, A));
    say(B, new TermChanged(2), new Voted(2, B), role(Role.CANDIDATE, 2, Id.BROADCAST));
    tell(B, C, "requestVote", "'term': 2, 'lastLogIndex': 2, 'lastLogTerm': 1");
    say(C, new TermChanged(2), new Voted(2, B));
    tell(C, B, "voteReply", "'term': 2, 'granted': true");
    say(B, role(Role.LEADER, 2, B));
    Message late = ask(A, "get", null);
    now += 900_000;
    say(A, new Appended(3, 1, ""), new Committed(3));
    ok(late);
  }

  @Test
  void a_get_that_a_stopped_leader_could_not_answer_is_none_that_it_held_back() {
    answersWhenAnotherLeads(true);
    assertThat(certain()).contains("reads-without-majority").doesNotContain("lease-too-long");
  }

  @Test
  void a_get_that_a_leader_held_back_shows_that_it_has_a_lease() {
    answersWhenAnotherLeads(false);
    assertThat(certain()).contains("lease-too-long").doesNotContain("reads-without-majority");
  }

  @Test
  void a_vote_is_judged_by_what_the_voter_had_reported_before_it() {
    goodRun();
    tell(C, B, "requestVote", "'term': 2, 'lastLogIndex': 2, 'lastLogTerm': 1");
    say(B, new TermChanged(2), new Voted(2, C));
    say(B, new Truncated(2), new Appended(2, 2, ""), new Appended(3, 2, ""));
    tell(B, C, "voteReply", "'term': 2, 'granted': true");
    assertThat(certain()).doesNotContain("votes-for-old-log");
  }
}
