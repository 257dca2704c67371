package raftlab.explain.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.explain.SilentTraceBuilder;
import raftlab.trace.Event;
import raftlab.wire.Message;

/** What a deposed leader's answers to pending gets return tells which mistake it made. */
class DeposedAnswerDetectorTest extends SilentTraceBuilder {
  private static final List<String> KINDS =
      List.of(
          "keeps-conflicting-entries",
          "commits-unverified",
          "ok-at-losing-leadership",
          "answers-with-other-value");

  /** So long a request that waits was pending. */
  private static final long PENDING_MICROS = 60_000;

  private Message put;
  private Message get;

  /** A leads term 1; a put and a get are pending there, as entries 4 and 5. */
  private void pendingAtA() {
    silentRun();
    put = ask(A, "put", "own");
    get = ask(A, "get", null);
    append(B, 1, "3/1", "1 1", 3);
    now += PENDING_MICROS;
  }

  /** B, the leader of term 2, sends A entries after entry 3. */
  private void depose(String entries) {
    appendFrom(B, A, 2, 3, 1, entries);
  }

  private List<String> found() {
    return byNames().stream().filter(KINDS::contains).toList();
  }

  @Test
  void a_value_that_was_itself_pending_and_was_replaced_shows_kept_entries() {
    pendingAtA();
    depose("{'term': 2}, {'term': 2}");
    ok(put);
    answer(get, "own");
    assertThat(found()).containsExactly("keeps-conflicting-entries");
  }

  @Test
  void a_value_that_was_itself_pending_and_was_not_replaced_was_committed_unverified() {
    pendingAtA();
    depose("{'term': 2}");
    ok(put);
    answer(get, "own");
    assertThat(found()).containsExactly("commits-unverified");
  }

  @Test
  void an_acknowledgement_tells_up_to_which_entry_the_log_was_replaced() {
    pendingAtA();
    depose("{'term': 2}, {'term': 2}");
    agreeWith(B, A, 2, 4);
    ok(put);
    answer(get, "own");
    assertThat(found()).containsExactly("commits-unverified");
  }

  @Test
  void an_older_value_was_answered_as_the_leader_stepped_down() {
    silentRun();
    Message older = ask(A, "put", "older");
    ok(older);
    put = ask(A, "put", "own");
    get = ask(A, "get", null);
    append(B, 1, "3/1", "1 1 1", 3);
    now += PENDING_MICROS;
    depose("{'term': 2}, {'term': 2}, {'term': 2}");
    ok(put);
    answer(get, "older");
    assertThat(found()).containsExactly("ok-at-losing-leadership");
  }

  @Test
  void no_value_was_answered_as_the_leader_stepped_down() {
    pendingAtA();
    depose("{'term': 2}, {'term': 2}");
    ok(put);
    answer(get, "");
    assertThat(found()).containsExactly("ok-at-losing-leadership");
  }

  @Test
  void a_value_that_another_replica_accepted_before_the_get_is_an_older_value() {
    silentRun();
    ask(B, "put", "older");
    get = ask(A, "get", null);
    append(B, 1, "3/1", "1 1", 3);
    now += PENDING_MICROS;
    depose("{'term': 2}, {'term': 2}");
    answer(get, "older");
    assertThat(found()).containsExactly("ok-at-losing-leadership");
  }

  @Test
  void a_value_that_another_replica_accepted_after_the_get_is_of_another_entry() {
    pendingAtA();
    ask(B, "put", "other");
    depose("{'term': 2}, {'term': 2}");
    ok(put);
    answer(get, "other");
    assertThat(found()).containsExactly("answers-with-other-value");
  }

  @Test
  void a_put_alone_shows_none_of_them() {
    pendingAtA();
    depose("{'term': 2}, {'term': 2}");
    ok(put);
    assertThat(found()).isEmpty();
  }

  @Test
  void a_get_that_was_answered_soon_was_not_pending() {
    silentRun();
    append(B, 1, "3/1", "1", 3);
    get = ask(A, "get", null);
    depose("{'term': 2}");
    now += 40_000;
    answer(get, "");
    assertThat(found()).isEmpty();
  }

  @Test
  void a_get_that_came_after_the_later_term_was_not_pending() {
    pendingAtA();
    depose("{'term': 2}, {'term': 2}");
    Message late = ask(A, "get", null);
    now += PENDING_MICROS;
    answer(late, "");
    assertThat(found()).isEmpty();
  }

  @Test
  void a_replica_that_was_paused_had_not_read_the_later_term() {
    pendingAtA();
    trace.add(new Event.Paused(++now, A));
    depose("{'term': 2}, {'term': 2}");
    trace.add(new Event.Resumed(++now, A));
    ok(put);
    answer(get, "own");
    assertThat(found()).isEmpty();
  }

  @Test
  void a_replica_that_leads_again_is_not_deposed() {
    pendingAtA();
    depose("{'term': 2}, {'term': 2}");
    append(B, 3, "3/1", "3", 3);
    ok(put);
    answer(get, "own");
    assertThat(found()).isEmpty();
  }

  @Test
  void a_deposed_leader_that_has_sent_nothing_since_does_not_read_as_a_leader() {
    pendingAtA();
    vote(C, B, 2);
    depose("{'term': 2}, {'term': 2}");
    Message late = ask(A, "get", null);
    answer(late, "own");
    assertThat(byNames()).doesNotContain("reads-without-majority");
  }
}
