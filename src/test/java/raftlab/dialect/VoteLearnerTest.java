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

  private VoteLearner learner() {
    ReplicaMessages messages = messages();
    RoleLearner roles = new RoleLearner(messages);
    TermLearner terms = new TermLearner(messages, roles, roles.elections());
    return new VoteLearner(messages, roles, terms, roles.elections());
  }

  private Set<ReplyOutcome> grants() {
    return learner().grants();
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

  // ---- whether votes can't be taken for anything else ----

  private static final String YES = ", 'ok': true";
  private static final String NO = ", 'ok': false";

  /** A candidate sends requests of another kind or with other fields; replies follow. */
  private void askBefore(Id candidate, String kind, String request, String replyKind) {
    pause();
    for (Id voter : others(candidate)) {
      tell(candidate, voter, NONE, kind, request);
    }
    for (Id voter : others(candidate)) {
      tell(voter, candidate, NONE, replyKind, request + YES);
    }
  }

  @Test
  void votes_that_are_given_and_refused_are_explicit() {
    elect(A, 1, YES);
    canvass(C, 2, NO);
    elect(B, 3, YES);
    assertThat(learner().isExplicit()).isTrue();
  }

  @Test
  void votes_that_are_never_refused_are_not_explicit() {
    elect(A, 1, YES);
    elect(B, 2, YES);
    elect(C, 3, YES);
    assertThat(learner().isExplicit()).isFalse();
  }

  @Test
  void votes_that_are_never_given_are_not_explicit() {
    canvass(B, 2, NO);
    canvass(C, 3, NO);
    pause();
    for (Id voter : others(B)) {
      tell(B, voter, NONE, "ask", "'term': 4");
    }
    lead(B, 4);
    assertThat(learner().isExplicit()).isFalse();
  }

  @Test
  void votes_without_the_term_of_the_voter_are_not_explicit() {
    for (Id candidate : new Id[] {A, B, C}) {
      long term = candidate.equals(A) ? 1 : candidate.equals(B) ? 2 : 3;
      boolean wins = !candidate.equals(B);
      pause();
      for (Id voter : others(candidate)) {
        tell(candidate, voter, NONE, "ask", format("'term': %d", term));
      }
      for (Id voter : others(candidate)) {
        tell(voter, candidate, NONE, "reply", "'ok': " + wins);
      }
      if (wins) {
        lead(candidate, term);
      }
    }
    assertThat(grants()).containsExactly(new ReplyOutcome("reply", "ok", "true"));
    assertThat(learner().isExplicit()).isFalse();
  }

  @Test
  void votes_are_not_explicit_if_there_are_pre_vote_requests() {
    askBefore(A, "ask-first", "'term': 1", "first-reply");
    elect(A, 1, YES);
    canvass(C, 2, NO);
    askBefore(B, "ask-first", "'term': 3", "first-reply");
    elect(B, 3, YES);
    assertThat(learner().isExplicit()).isFalse();
  }

  @Test
  void votes_are_not_explicit_if_a_flag_tells_pre_vote_requests() {
    askBefore(A, "ask", "'term': 1, 'pre': true", "first-reply");
    electAfterPreVote(A, 1);
    canvass(C, 2, NO);
    askBefore(B, "ask", "'term': 3, 'pre': true", "first-reply");
    electAfterPreVote(B, 3);
    assertThat(learner().preVote("ask")).isNotNull();
    assertThat(learner().isExplicit()).isFalse();
  }

  private void electAfterPreVote(Id candidate, long term) {
    pause();
    for (Id voter : others(candidate)) {
      tell(candidate, voter, NONE, "ask", format("'term': %d, 'pre': false", term));
    }
    for (Id voter : others(candidate)) {
      tell(voter, candidate, NONE, "reply", format("'term': %d%s", term, YES));
    }
    lead(candidate, term);
  }

  @Test
  void votes_are_not_explicit_if_a_winner_asked_again_when_it_had_a_majority() {
    elect(A, 1, YES);
    canvass(C, 2, NO);
    canvass(B, 3, YES);
    elect(B, 3, YES);
    assertThat(learner().isExplicit()).isFalse();
  }

  @Test
  void a_candidate_without_a_majority_may_ask_again() {
    elect(A, 1, YES);
    canvass(C, 2, NO);
    pause();
    tell(B, A, NONE, "ask", "'term': 3");
    tell(B, C, NONE, "ask", "'term': 3");
    elect(B, 3, YES);
    assertThat(learner().isExplicit()).isTrue();
  }
}
