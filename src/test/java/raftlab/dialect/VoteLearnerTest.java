package raftlab.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import raftlab.dialect.Dialect.Aspect;
import raftlab.dialect.Dialect.Certainty;
import raftlab.wire.Id;

/** Which replies give a vote, and when that is proved (§5.2). */
class VoteLearnerTest extends MessageTraceBuilder {
  private static final String NO_MORE_FIELDS = "";

  /** A candidate asks both others for their votes; both reply with these fields. */
  private void canvass(Id candidate, long term, String reply) {
    pause();
    for (Id voter : others(candidate)) {
      tell(candidate, voter, NONE, "ask", format("'term': %d", term));
    }
    for (Id voter : others(candidate)) {
      tell(voter, candidate, NONE, "reply", format("'term': %d%s", term, reply));
    }
  }

  private void lead(Id leader, long term) {
    pause();
    for (Id follower : others(leader)) {
      tell(leader, follower, leader, "append", format("'term': %d", term));
    }
  }

  private void elect(Id candidate, long term, String reply) {
    canvass(candidate, term, reply);
    lead(candidate, term);
  }

  private Set<ReplyOutcome> grants() {
    ReplicaMessages messages = messages();
    RoleLearner roles = new RoleLearner(messages);
    TermLearner terms = new TermLearner(messages, roles, roles.elections());
    return new VoteLearner(messages, roles, terms, roles.elections()).grants();
  }

  private Certainty certainty() {
    return Dialect.of(trace).certainty(Aspect.VOTES);
  }

  @Test
  void the_texts_0_and_1_are_the_two_choices_of_a_field() {
    elect(A, 1, ", 'ok': '1'");
    canvass(B, 2, ", 'ok': '0'");
    assertThat(ReplyOutcome.choices(messages().of("reply"))).containsEntry("ok", Set.of("0", "1"));
  }

  @Test
  void other_numbers_written_as_text_are_no_choices() {
    elect(A, 1, ", 'last': '1'");
    elect(B, 2, ", 'last': '2'");
    assertThat(ReplyOutcome.choices(messages().of("reply"))).doesNotContainKey("last");
  }

  @Test
  void a_vote_may_be_given_by_the_text_1() {
    elect(A, 1, ", 'ok': '1'");
    canvass(C, 2, ", 'ok': '0'");
    elect(B, 3, ", 'ok': '1'");
    canvass(A, 4, ", 'ok': '0'");
    assertThat(grants()).containsExactly(new ReplyOutcome("reply", "ok", "1"));
    assertThat(certainty()).isEqualTo(Certainty.PROVED);
  }

  @Test
  void each_reply_gives_a_vote_if_each_candidate_with_replies_led() {
    elect(A, 1, NO_MORE_FIELDS);
    elect(B, 2, NO_MORE_FIELDS);
    assertThat(grants()).containsExactly(new ReplyOutcome("reply", null, ""));
    assertThat(certainty()).isEqualTo(Certainty.PROVED);
  }

  @Test
  void it_is_not_proved_that_each_reply_gives_a_vote_if_candidates_with_replies_did_not_lead() {
    elect(A, 1, NO_MORE_FIELDS);
    canvass(C, 2, NO_MORE_FIELDS);
    canvass(A, 3, NO_MORE_FIELDS);
    elect(B, 4, NO_MORE_FIELDS);
    assertThat(grants()).containsExactly(new ReplyOutcome("reply", null, ""));
    assertThat(certainty()).isNotEqualTo(Certainty.PROVED);
  }
}
