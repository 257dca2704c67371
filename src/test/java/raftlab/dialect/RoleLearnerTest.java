package raftlab.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import raftlab.wire.Id;

/** Which kind of message is which, if a leader names itself in more than its AppendEntries. */
class RoleLearnerTest extends MessageTraceBuilder {
  private static final int REFUSALS = 10;

  private void ask(Id candidate, String type, long term) {
    pause();
    for (Id voter : others(candidate)) {
      tell(candidate, voter, NONE, type, format("'term': %d", term));
    }
  }

  private void grant(Id candidate, String type, long term) {
    for (Id voter : others(candidate)) {
      tell(voter, candidate, NONE, type, format("'term': %d, 'yes': true", term));
    }
  }

  private void heartbeats(Id leader, long term) {
    pause();
    for (Id follower : others(leader)) {
      tell(leader, follower, leader, "append", format("'term': %d", term));
      tell(follower, leader, leader, "appendReply", format("'term': %d", term));
    }
  }

  /** C, whose requests reach only the leader, asks again and again; the leader names itself. */
  private void refuse(String request, String reply) {
    for (int i = 0; i < REFUSALS; i++) {
      pause();
      send(C, B, NONE, request, "'term': 2");
      tell(C, A, NONE, request, "'term': 2");
      tell(A, C, A, reply, "'term': 1, 'yes': false");
      heartbeats(A, 1);
    }
  }

  private Map<String, Role> roles() {
    return new RoleLearner(messages()).roles();
  }

  @Test
  void a_leaders_refusals_of_pre_votes_are_replies_though_it_names_itself() {
    ask(A, "preAsk", 1);
    grant(A, "preReply", 1);
    ask(A, "ask", 1);
    grant(A, "reply", 1);
    heartbeats(A, 1);
    refuse("preAsk", "preReply");
    assertThat(roles())
        .containsOnly(
            Map.entry("preAsk", Role.PRE_VOTE_REQUEST),
            Map.entry("preReply", Role.PRE_VOTE_REPLY),
            Map.entry("ask", Role.VOTE_REQUEST),
            Map.entry("reply", Role.VOTE_REPLY),
            Map.entry("append", Role.APPEND),
            Map.entry("appendReply", Role.APPEND_REPLY));
  }

  @Test
  void a_leaders_refusals_of_votes_are_replies_though_it_names_itself() {
    ask(A, "ask", 1);
    grant(A, "reply", 1);
    heartbeats(A, 1);
    refuse("ask", "reply");
    assertThat(roles())
        .containsOnly(
            Map.entry("ask", Role.VOTE_REQUEST),
            Map.entry("reply", Role.VOTE_REPLY),
            Map.entry("append", Role.APPEND),
            Map.entry("appendReply", Role.APPEND_REPLY));
  }

  @Test
  void messages_of_a_leader_that_answer_replies_are_append_entries() {
    ask(A, "ask", 1);
    grant(A, "reply", 1);
    for (int i = 0; i < REFUSALS; i++) {
      heartbeats(A, 1); // each follows the replies to the one before
    }
    assertThat(roles()).containsEntry("append", Role.APPEND);
  }

  /** Two candidates ask at once, and each vote goes to all replicas, after a pause. */
  private void voteAloud(long term) {
    ask(A, "ask", term);
    ask(B, "ask", term);
    for (Id candidate : List.of(A, B)) {
      for (Id voter : others(candidate)) {
        pause();
        boolean isGiven = candidate.equals(A) && voter.equals(C);
        for (Id receiver : others(voter)) {
          tell(
              voter,
              receiver,
              NONE,
              "vote",
              format("'term': %d, 'for': '%s', 'yes': %b", term, candidate, isGiven));
        }
      }
    }
  }

  @Test
  void votes_that_go_to_all_replicas_are_replies_and_no_pre_vote_requests() {
    for (long term = 1; term <= 3; term++) {
      voteAloud(term);
      heartbeats(A, term);
    }
    assertThat(roles())
        .containsEntry("ask", Role.VOTE_REQUEST)
        .containsEntry("append", Role.APPEND)
        .hasEntrySatisfying("vote", role -> assertThat(role).isIn(Role.VOTE_REPLY, Role.REPLY));
  }
}
