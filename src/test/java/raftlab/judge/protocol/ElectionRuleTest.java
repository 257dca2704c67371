package raftlab.judge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.explain.Explanation;
import raftlab.explain.LikelyCause;
import raftlab.judge.Judgement;
import raftlab.judge.invariant.KnownMistake;
import raftlab.wire.Id;

/** A leader has heard from a majority since it asked for votes (§5.2). */
class ElectionRuleTest extends ProtocolTraceBuilder {
  private long asked;

  /** A candidate asks for votes; the requests are lost. */
  private void requestInVain(Id candidate, long term) {
    pause();
    for (Id voter : others(candidate)) {
      sendOnly(Id.BROADCAST, candidate, voter, "requestVote", requestFields(term));
    }
    asked = latest - 1;
  }

  private void lead(Id leader, long term) {
    pause();
    appendTo(leader, others(leader).get(0), term, end(), List.of());
  }

  @Test
  void a_leader_that_heard_from_no_replica_fails() {
    ledByB();
    requestInVain(A, 4);
    lead(A, 4);
    assertThat(found()).containsExactly(KnownMistake.ELECTED_BY_HALF);
    assertThat(evidence()).containsExactly(asked, latest);
  }

  @Test
  void what_was_received_before_the_request_does_not_count() {
    ledByB();
    acknowledge(A, C, 3, end());
    requestInVain(A, 4);
    lead(A, 4);
    assertThat(found()).containsExactly(KnownMistake.ELECTED_BY_HALF);
  }

  @Test
  void what_was_received_since_the_request_of_an_earlier_term_does_not_count() {
    ledByB();
    refuse(A, 4);
    requestInVain(A, 5);
    lead(A, 5);
    assertThat(found()).containsExactly(KnownMistake.ELECTED_BY_HALF);
  }

  @Test
  void a_leader_with_the_vote_of_one_of_two_others_passes() {
    ledByB();
    request(A, 4);
    reply(C, A, 4, true);
    lead(A, 4);
    assertThat(found()).isEmpty();
  }

  /** A vote is a message, whatever it looks like. */
  @Test
  void a_leader_that_received_any_message_since_it_asked_passes() {
    ledByB();
    requestInVain(A, 4);
    say(Id.BROADCAST, C, A, "hint", "'text': 'hello'");
    lead(A, 4);
    assertThat(found()).isEmpty();
  }

  @Test
  void a_leader_that_was_not_seen_to_ask_passes() {
    ledByB();
    lead(A, 4);
    assertThat(found()).isEmpty();
  }

  /** Votes may be lost that the leader got in another way. */
  @Test
  void nothing_is_found_if_more_leaders_had_no_votes_than_had() {
    ledByB();
    for (long term = 4; term < 7; term++) {
      request(A, term);
      sendOnly(Id.BROADCAST, C, A, "voteReply", "'term': " + term + ", 'granted': true");
      lead(A, term);
    }
    assertThat(found()).isEmpty();
  }

  @Test
  void nothing_is_found_if_most_leaders_have_no_votes_that_are_understood() {
    ledByB();
    for (long term = 4; term < 8; term++) {
      Id winner = term % 2 == 0 ? C : A;
      longPause();
      requestInVain(winner, term);
      say(Id.BROADCAST, B, winner, "hint", "'text': 'hello'");
      lead(winner, term);
    }
    longPause();
    requestInVain(A, 8);
    lead(A, 8);
    assertThat(found()).isEmpty();
  }

  @Test
  void nothing_is_found_if_leaders_seem_to_lead_other_terms_than_they_asked_for() {
    ledByB();
    leadOtherTerms();
    requestInVain(A, 40);
    lead(A, 40);
    assertThat(found()).isEmpty();
  }

  @Test
  void the_cause_is_named() {
    ledByB();
    requestInVain(A, 4);
    lead(A, 4);
    assertThat(Explanation.of(free(), trace, Judgement.of(free(), trace)))
        .map(LikelyCause::name)
        .hasValue(KnownMistake.ELECTED_BY_HALF.id());
  }
}
