package raftlab.judge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import raftlab.judge.invariant.KnownMistake;
import raftlab.wire.Id;

/** A replica gives one vote per term (§5.2). */
class VoteRuleTest extends ProtocolTraceBuilder {
  private long first;

  /** A and C ask for the votes of a term, and B gives its vote to both. */
  private void voteTwice(long term) {
    request(A, term);
    request(C, term);
    reply(B, A, term, true);
    first = latest;
    reply(B, C, term, true);
  }

  @Test
  void two_votes_of_a_term_fail() {
    ledByB();
    voteTwice(4);
    assertThat(found()).containsExactly(KnownMistake.VOTES_TWICE);
    assertThat(evidence()).containsExactly(first, latest);
  }

  @Test
  void votes_of_different_terms_pass() {
    ledByB();
    request(A, 4);
    reply(B, A, 4, true);
    request(C, 5);
    reply(B, C, 5, true);
    assertThat(found()).isEmpty();
  }

  @Test
  void a_vote_that_is_repeated_passes() {
    ledByB();
    request(A, 4);
    reply(B, A, 4, true);
    request(A, 4);
    reply(B, A, 4, true);
    assertThat(found()).isEmpty();
  }

  @Test
  void a_refused_vote_is_no_vote() {
    ledByB();
    request(A, 4);
    request(C, 4);
    reply(B, A, 4, true);
    reply(B, C, 4, false);
    assertThat(found()).isEmpty();
  }

  /** A reply to AppendEntries may look like a vote of the same term. */
  @Test
  void a_reply_to_the_winner_is_no_vote() {
    repliesAreOfOneKind = true;
    ledByB();
    request(C, 4);
    request(A, 4);
    reply(B, C, 4, true);
    reply(C, A, 4, true);
    heartbeat(A, 4);
    assertThat(found()).isEmpty();
  }

  @Test
  void two_votes_of_a_term_fail_though_all_replies_are_of_one_kind() {
    repliesAreOfOneKind = true;
    ledByB();
    voteTwice(4);
    assertThat(found()).containsExactly(KnownMistake.VOTES_TWICE);
  }

  @Test
  void nothing_is_found_if_votes_are_never_refused() {
    start();
    elect(A, 1);
    write(A, 1);
    elect(B, 2);
    elect(C, 3);
    elect(A, 4);
    voteTwice(5);
    assertThat(found()).isEmpty();
  }

  @Test
  void nothing_is_found_if_replies_have_no_terms() {
    replyFields = "";
    ledByB();
    voteTwice(4);
    assertThat(found()).isEmpty();
  }

  /** A pre-vote looks like a vote here: it may be given to several. */
  @Test
  void nothing_is_found_if_winners_ask_twice_with_the_same_messages() {
    start();
    electWithPreVote(A, 1);
    refuse(C, 2);
    electWithPreVote(B, 3);
    write(B, 3);
    electWithPreVote(A, 4);
    voteTwice(5);
    request(A, 5);
    reply(B, A, 5, true);
    assertThat(found()).isEmpty();
  }

  private void electWithPreVote(Id winner, long term) {
    request(winner, term);
    others(winner).forEach(voter -> reply(voter, winner, term, true));
    elect(winner, term);
  }

  /**
   * Pre-vote requests are of their own kind, their replies are not: a late one seems to answer the
   * vote request.
   */
  @Test
  void nothing_is_found_if_there_are_pre_vote_requests() {
    start();
    askFirst(A, 1);
    elect(A, 1);
    refuse(C, 2);
    askFirst(B, 3);
    elect(B, 3);
    write(B, 3);
    askFirst(A, 4);
    elect(A, 4);
    request(A, 5);
    reply(B, A, 5, true);
    pause();
    for (Id voter : others(C)) {
      say(Id.BROADCAST, C, voter, "ask", "'term': 5");
    }
    request(C, 5);
    reply(B, C, 5, true);
    reply(B, C, 5, false);
    assertThat(found()).isEmpty();
  }

  private void askFirst(Id candidate, long term) {
    pause();
    for (Id voter : others(candidate)) {
      say(Id.BROADCAST, candidate, voter, "ask", "'term': " + term);
    }
    others(candidate).forEach(voter -> reply(voter, candidate, term, true));
  }

  @Test
  void nothing_is_found_if_most_votes_seem_to_be_given_twice() {
    start();
    elect(A, 1);
    write(A, 1);
    refuse(C, 2);
    elect(B, 3);
    for (long term = 4; term < 9; term++) {
      voteTwice(term);
    }
    assertThat(found()).isEmpty();
  }

  @Test
  void nothing_is_found_if_leaders_seem_to_lead_other_terms_than_they_asked_for() {
    ledByB();
    leadOtherTerms();
    voteTwice(40);
    assertThat(found()).isEmpty();
  }

  @Test
  void nothing_is_found_if_many_leaders_seem_to_have_no_votes() {
    ledByB();
    for (long term = 4; term < 7; term++) {
      request(A, term);
      heartbeat(A, term);
    }
    voteTwice(7);
    assertThat(found()).isEmpty();
  }
}
