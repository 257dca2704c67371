package raftlab.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import raftlab.dialect.Dialect.Aspect;
import raftlab.dialect.Dialect.Certainty;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Which field of a reply is its sender's term, if its fields have no names. */
class TermLearnerTest extends MessageTraceBuilder {
  private static final int HEARTBEATS = 4;

  private void elect(Id candidate, long term) {
    pause();
    for (Id voter : others(candidate)) {
      tell(candidate, voter, NONE, "ask", format("'q': [%d, 0]", term));
    }
    for (Id voter : others(candidate)) {
      tell(voter, candidate, NONE, "vote", "'yes': true");
    }
  }

  private void append(Id leader, Id follower, long term, String reply) {
    pause();
    tell(leader, follower, leader, "append", format("'p': [%d, %d]", term, now));
    tell(follower, leader, leader, "appendReply", reply);
  }

  /** A leads term 1, then B leads term 2 while C still rejects what A sends. */
  private void twoLeaders(String replyOfTerm1, String replyOfTerm2, String rejection) {
    elect(A, 1);
    for (int i = 0; i < HEARTBEATS; i++) {
      append(A, B, 1, replyOfTerm1);
      append(A, C, 1, replyOfTerm1);
    }
    elect(B, 2);
    for (int i = 0; i < HEARTBEATS; i++) {
      append(B, C, 2, replyOfTerm2);
      append(A, C, 1, rejection);
    }
  }

  private TermLearner terms() {
    ReplicaMessages messages = messages();
    RoleLearner roles = new RoleLearner(messages);
    return new TermLearner(messages, roles, roles.elections());
  }

  @Test
  void the_term_of_a_reply_is_the_latest_that_its_sender_knew_and_not_that_of_the_request() {
    twoLeaders("'r': [1, 1]", "'r': [2, 2]", "'r': [1, 2]");
    assertThat(terms().path("appendReply")).isEqualTo("r[1]");
  }

  @Test
  void its_place_in_the_tuple_does_not_count() {
    twoLeaders("'r': [1, 1]", "'r': [2, 2]", "'r': [2, 1]");
    assertThat(terms().path("appendReply")).isEqualTo("r[0]");
  }

  @Test
  void a_term_that_did_not_arrive_is_not_known() {
    elect(A, 1);
    for (int i = 0; i < HEARTBEATS; i++) {
      append(A, C, 1, "'r': [1, 1]");
    }
    elect(B, 2);
    for (int i = 0; i < HEARTBEATS; i++) {
      append(B, C, 2, "'r': [2, 2]");
    }
    pause();
    tell(A, B, NONE, "ask", "'q': [3, 0]");
    send(A, C, NONE, "ask", "'q': [3, 0]"); // lost, as all that A sends C in term 3
    tell(B, A, NONE, "vote", "'yes': true");
    for (int i = 0; i < HEARTBEATS; i++) {
      pause();
      send(A, C, A, "append", format("'p': [3, %d]", now));
      append(B, C, 2, "'r': [3, 2]"); // the 3 is another number, by chance
    }
    assertThat(terms().path("appendReply")).isEqualTo("r[1]");
  }

  @Test
  void a_reply_without_a_term_has_none_though_one_is_inferred() {
    twoLeaders("'yes': true", "'yes': true", "'yes': false");
    MessageReader reader = MessageReader.of(trace);
    assertThat(reader.dialect().orElseThrow().certainty(Aspect.TERMS)).isEqualTo(Certainty.PROVED);
    for (Event event : trace.events()) {
      if (event instanceof Event.Sent sent && sent.message().type().equals("appendReply")) {
        assertThat(reader.read(sent).term()).isPositive();
        assertThat(reader.hasTerm(sent)).isFalse();
      } else if (event instanceof Event.Sent sent && sent.message().type().equals("append")) {
        assertThat(reader.hasTerm(sent)).isTrue();
      }
    }
  }
}
