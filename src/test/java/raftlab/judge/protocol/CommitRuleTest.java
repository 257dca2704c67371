package raftlab.judge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.judge.invariant.KnownMistake;
import raftlab.wire.Id;

/** A leader commits entries of earlier terms only together with one of its own (§5.4.2). */
class CommitRuleTest extends ProtocolTraceBuilder {
  /** B leads term 3; all have entry 6 of term 1, and followers know five to be committed. */
  private void succeededByB() {
    learnedRun();
    succeed();
  }

  private void succeed() {
    request(B, 3);
    reply(A, B, 3, true);
    heartbeat(B, 3, end() - 1);
  }

  private void heartbeat(Id leader, long term, long commit) {
    pause();
    for (Id follower : others(leader)) {
      appendTo(leader, follower, term, end(), List.of(), commit);
      acknowledge(leader, follower, term, end());
    }
  }

  @Test
  void an_entry_of_an_earlier_term_that_is_committed_by_counting_fails() {
    succeededByB();
    pause();
    appendTo(B, A, 3, end(), List.of(), end());
    assertThat(found()).containsExactly(KnownMistake.COMMITS_OLD_TERM);
    assertThat(evidence()).containsExactly(latest);
  }

  @Test
  void messages_of_a_leader_without_a_commit_index_excuse_nothing() {
    succeededByB();
    for (int i = 0; i < 3; i++) {
      pause();
      others(B).forEach(follower -> say(B, B, follower, "beat", "'term': 3"));
    }
    pause();
    appendTo(B, A, 3, end(), List.of(), end());
    assertThat(found()).containsExactly(KnownMistake.COMMITS_OLD_TERM);
  }

  @Test
  void an_entry_of_an_earlier_term_that_is_committed_with_one_of_its_own_passes() {
    ledByB();
    assertThat(found()).isEmpty();
  }

  @Test
  void what_the_leader_had_received_as_committed_passes() {
    learnedRun();
    appendTo(A, B, 1, end(), List.of());
    request(B, 3);
    reply(A, B, 3, true);
    heartbeat(B, 3, end() - 1);
    pause();
    appendTo(B, A, 3, end(), List.of(), end());
    assertThat(found()).isEmpty();
  }

  /** Some leaders send a follower min(commitIndex, matchIndex of that follower). */
  @Test
  void an_entry_of_an_earlier_term_may_be_committed_after_one_of_its_own_was_acknowledged() {
    succeededByB();
    pause();
    long before = end();
    appendTo(B, A, 3, before, List.of(entry(3, "value-of-old-request")), before - 1);
    acknowledge(B, A, 3, before + 1);
    appendTo(B, C, 3, before, List.of(), before);
    assertThat(found()).isEmpty();
  }

  @Test
  void an_entry_of_its_own_that_was_not_acknowledged_excuses_nothing() {
    succeededByB();
    pause();
    long before = end();
    appendTo(B, A, 3, before, List.of(entry(3, "value-of-old-request")), before - 1);
    appendTo(B, C, 3, before, List.of(), before);
    assertThat(found()).containsExactly(KnownMistake.COMMITS_OLD_TERM);
  }

  @Test
  void nothing_is_found_if_leaders_send_lower_commit_indexes_to_some_followers() {
    learnedRun();
    pause();
    appendTo(A, B, 1, end(), List.of(), end() - 1);
    appendTo(A, C, 1, end(), List.of(), end() - 2);
    request(B, 3);
    reply(A, B, 3, true);
    heartbeat(B, 3, end() - 1);
    pause();
    appendTo(B, A, 3, end(), List.of(), end());
    assertThat(found()).isEmpty();
  }

  /** What a snapshot covers is committed. */
  @Test
  void a_leader_that_received_a_snapshot_passes() {
    learnedRun();
    for (int i = 0; i < 3; i++) {
      pause();
      say(A, A, B, "snapshot", format("'term': 1, 'data': '%s'", "x".repeat(50)));
    }
    request(B, 3);
    reply(A, B, 3, true);
    heartbeat(B, 3, end() - 1);
    pause();
    appendTo(B, A, 3, end(), List.of(), end());
    assertThat(found()).isEmpty();
  }

  @Test
  void nothing_is_found_if_commit_indexes_rose_only_a_few_times() {
    learnedRun(5);
    succeed();
    pause();
    appendTo(B, A, 3, end(), List.of(), end());
    assertThat(found()).isEmpty();
  }

  @Test
  void nothing_is_found_if_the_terms_are_not_proved() {
    succeededByB();
    pause();
    appendTo(B, A, 3, end(), List.of(), end());
    leadOtherTerms();
    assertThat(found()).isEmpty();
  }

  @Test
  void nothing_is_found_if_no_answer_to_a_client_confirms_the_commit_index() {
    answersClients = false;
    succeededByB();
    pause();
    appendTo(B, A, 3, end(), List.of(), end());
    assertThat(found()).isEmpty();
  }

  @Test
  void nothing_is_found_if_an_entry_of_a_leader_seems_to_change_its_term() {
    succeededByB();
    pause();
    appendTo(B, C, 3, end() - 1, List.of(entry(3, "value-6")), end() - 1);
    pause();
    appendTo(B, A, 3, end(), List.of(), end());
    assertThat(found()).isEmpty();
  }
}
