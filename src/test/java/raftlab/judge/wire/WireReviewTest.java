package raftlab.judge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.trace.Event;
import raftlab.trace.Header;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** What messages prove and what they don't: each rule with a liar, and with runs like its. */
class WireReviewTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);
  private static final Id C = Id.of(2);
  private static final Id D = Id.of(3);
  private static final Id E = Id.of(4);
  private static final Id CLIENT = Id.of(0x15);

  private final Trace trace =
      new Trace(
          new Header("made", "{}", "sim", 1, List.of(), List.of(A, B, C, D, E), List.of(CLIENT)));
  private long now = 10_000_000;
  private long number;
  private long operation;
  private Id leader = A;

  private String ask(Id replica, String type, String value) {
    String mid = "m" + ++operation;
    trace.add(Event.Requested.first(++now, CLIENT, mid, type, "k", value, replica, operation));
    return mid;
  }

  private void answer(Id replica, String mid, String type) {
    trace.add(new Event.Answered(++now, CLIENT, mid, type, null, replica, A, false));
  }

  private long send(Id from, Id to, Id named, JsonObject fields) {
    Message message = Message.of(from, to, named, "word", null, fields);
    trace.add(new Event.Sent(++now, ++number, from, to, message));
    return number;
  }

  private void deliver(long which) {
    trace.add(new Event.Delivered(++now, which));
  }

  private void tell(Id from, Id to) {
    deliver(send(from, to, leader, new JsonObject()));
  }

  private void exchange(Id one, Id other) {
    tell(one, other);
    tell(other, one);
  }

  private WireFindings review() {
    return WireReview.of(trace, false);
  }

  private void assertNothingWrong() {
    WireFindings findings = review();
    assertThat(Arrays.stream(Rule.values()).map(findings::first)).containsOnlyNulls();
    assertThat(findings.remarks()).isEmpty();
  }

  private void assertBreach(Rule rule, String text) {
    Breach breach = review().first(rule);
    assertThat(breach).isNotNull();
    assertThat(breach.text()).contains(text);
    assertThat(breach.evidence()).hasSizeGreaterThan(1);
  }

  // ---- writes ----

  @Test
  void a_put_that_two_others_have_confirmed_may_be_acknowledged() {
    String put = ask(A, "put", "v");
    exchange(A, B);
    exchange(A, C);
    answer(A, put, "ok");
    assertNothingWrong();
  }

  @Test
  void a_put_that_one_other_of_five_has_confirmed_may_not() {
    String put = ask(A, "put", "v");
    exchange(A, B);
    tell(A, C);
    answer(A, put, "ok");
    assertBreach(
        Rule.EARLY_OK,
        "it could know of 2 of 5 replicas, itself included, that they have it; 3 are a majority");
  }

  @Test
  void what_others_said_before_the_put_confirms_nothing() {
    exchange(A, B);
    exchange(A, C);
    String put = ask(A, "put", "v");
    tell(B, A);
    tell(C, A);
    answer(A, put, "ok");
    assertBreach(Rule.EARLY_OK, "1 of 5 replicas");
  }

  @Test
  void a_message_that_was_under_way_when_the_put_came_carries_nothing_of_it() {
    long early = send(A, B, A, new JsonObject());
    trace.add(new Event.Delayed(now, early, 1_000));
    String put = ask(A, "put", "v");
    deliver(early);
    tell(B, A);
    exchange(A, C);
    answer(A, put, "ok");
    assertBreach(Rule.EARLY_OK, "2 of 5 replicas");
  }

  @Test
  void word_of_a_put_may_be_passed_on_in_a_chain() {
    String put = ask(A, "put", "v");
    tell(A, B);
    tell(B, C);
    tell(C, A);
    answer(A, put, "ok");
    assertNothingWrong();
  }

  @Test
  void a_follower_that_passes_a_put_on_may_answer_it() {
    String put = ask(B, "put", "v");
    tell(B, A);
    exchange(A, C);
    tell(A, B);
    answer(B, put, "ok");
    assertNothingWrong();
  }

  @Test
  void a_put_that_is_repeated_may_have_been_done_the_first_time() {
    ask(A, "put", "v");
    exchange(A, B);
    exchange(A, C);
    String again = "again";
    trace.add(
        new Event.Requested(++now, CLIENT, again, "put", "k", "v", null, A, operation, 0, true));
    answer(A, again, "ok");
    assertNothingWrong();
  }

  @Test
  void a_message_that_comes_twice_or_was_never_sent_confuses_nobody() {
    String put = ask(A, "put", "v");
    exchange(A, B);
    deliver(number);
    deliver(999);
    exchange(A, C);
    answer(A, put, "ok");
    assertNothingWrong();
  }

  @Test
  void after_a_removal_was_asked_for_fewer_are_enough() {
    for (String leaving : List.of("0003", "0004")) {
      trace.add(
          Event.Requested.first(++now, CLIENT, leaving, "remove", leaving, null, A, ++operation));
    }
    String put = ask(A, "put", "v");
    exchange(A, B);
    answer(A, put, "ok");
    assertNothingWrong();
  }

  @Test
  void one_that_joined_counts_as_well() {
    Id joined = Id.of(5);
    String put = ask(A, "put", "v");
    exchange(A, B);
    trace.add(new Event.Started(++now, joined));
    exchange(A, joined);
    answer(A, put, "ok");
    assertNothingWrong();
  }

  @Test
  void a_write_that_changes_nothing_needs_no_majority() {
    answer(A, ask(A, "append", ""), "ok");
    assertNothingWrong();
  }

  // ---- reads ----

  /** All but A follow B; A was told by nobody. */
  private void depose() {
    leader = B;
    for (Id one : List.of(C, D, E)) {
      exchange(B, one);
    }
  }

  @Test
  void a_get_answered_by_a_deposed_leader_that_is_cut_off_is_caught() {
    depose();
    now += 2_000_000;
    answer(A, ask(A, "get", null), "ok");
    assertBreach(Rule.BLIND_READ, "it had heard from 1 of 5 replicas only, itself included");
  }

  @Test
  void a_get_under_a_lease_is_no_breach() {
    exchange(A, B);
    exchange(A, C);
    now += 1_000_000;
    answer(A, ask(A, "get", null), "ok");
    assertNothingWrong();
  }

  @Test
  void a_get_is_answered_rightly_after_asking_a_majority_however_long_it_had_been_silent() {
    depose();
    now += 2_000_000;
    String get = ask(A, "get", null);
    exchange(A, C);
    exchange(A, D);
    now += 2_000_000;
    answer(A, get, "ok");
    assertNothingWrong();
  }

  @Test
  void a_get_after_a_long_silence_is_only_remarked_on_while_nobody_else_leads() {
    now += 2_000_000;
    answer(A, ask(A, "get", null), "ok");
    WireFindings findings = review();
    assertThat(findings.first(Rule.BLIND_READ)).isNull();
    assertThat(findings.remarks())
        .singleElement()
        .asString()
        .startsWith("1 get was answered by a replica that had not heard from a majority for 1.5 s");
  }

  // ---- terms ----

  private void claim(Id replica, Object term) {
    JsonObject fields = new JsonObject();
    if (term instanceof Number number) {
      fields.addProperty("term", number);
    } else {
      fields.addProperty("term", String.valueOf(term));
    }
    deliver(send(replica, E, replica, fields));
  }

  private void leadAndServe(Id replica, Object term) {
    claim(replica, term);
    exchangeQuietly(replica);
    answer(replica, ask(replica, "get", null), "ok");
    claim(replica, term);
  }

  private void exchangeQuietly(Id replica) {
    for (Id other : List.of(C, D)) {
      deliver(send(other, replica, Id.BROADCAST, new JsonObject()));
    }
  }

  @Test
  void two_that_serve_clients_as_leaders_of_one_term_are_caught() {
    leadAndServe(A, 4);
    leadAndServe(B, 4);
    assertBreach(Rule.ONE_LEADER, "replicas 0000 and 0001 both sent messages as leader of term 4");
  }

  @Test
  void leaders_of_different_terms_or_of_none_that_can_be_read_are_no_breach() {
    leadAndServe(A, 4);
    leadAndServe(B, 5);
    leadAndServe(A, 6.5);
    leadAndServe(B, 6.5);
    leadAndServe(A, "seven");
    leadAndServe(B, "seven");
    assertNothingWrong();
  }

  @Test
  void candidates_that_already_name_themselves_are_no_leaders() {
    claim(A, 4);
    claim(B, 4);
    claim(A, 4);
    claim(B, 4);
    assertNothingWrong();
  }

  @Test
  void an_ok_from_before_a_claim_to_another_term_proves_nothing_for_that() {
    leadAndServe(A, 5);
    claim(B, 4);
    exchangeQuietly(B);
    answer(B, ask(B, "get", null), "ok");
    claim(B, 5);
    assertNothingWrong();
  }

  @Test
  void one_that_lost_what_it_had_stored_may_lead_a_term_again() {
    leadAndServe(A, 4);
    trace.add(new Event.Started(++now, A));
    trace.add(new Event.Crashed(++now, A));
    trace.add(new Event.Started(++now, A));
    leadAndServe(B, 4);
    assertThat(WireReview.of(trace, false).first(Rule.ONE_LEADER)).isNull();
    assertThat(WireReview.of(trace, true).first(Rule.ONE_LEADER)).isNotNull();
  }

  // ---- habits ----

  @Test
  void whoever_claims_to_lead_long_after_hearing_from_the_one_who_does_is_remarked_on() {
    deliver(send(A, C, A, new JsonObject()));
    depose();
    deliver(send(B, A, B, new JsonObject()));
    now += 2_100_000;
    deliver(send(A, C, A, new JsonObject()));
    assertThat(review().remarks())
        .singleElement()
        .asString()
        .startsWith("replica 0000 claimed to lead for more than 2 s after it had heard from 0001");
  }

  @Test
  void whoever_never_heard_of_another_leader_may_claim_to_lead() {
    deliver(send(A, C, A, new JsonObject()));
    depose();
    now += 2_100_000;
    deliver(send(A, C, A, new JsonObject()));
    assertNothingWrong();
  }

  @Test
  void leaders_that_change_without_a_fault_are_remarked_on() {
    now += 10_000_000;
    for (int i = 0; i < 6; i++) {
      trace.add(new Event.LeaderKnown(now += 1_000, Id.of(i % 2)));
    }
    assertThat(review().remarks())
        .singleElement()
        .asString()
        .startsWith("another replica led 5 times though nothing had gone wrong for 3 s");
  }

  @Test
  void leaders_that_change_after_faults_are_no_wonder() {
    for (int i = 0; i < 6; i++) {
      trace.add(new Event.Fault(now += 10_000_000, "kill_leader", "killed"));
      trace.add(new Event.LeaderKnown(now += 1_000_000, Id.of(i % 2)));
    }
    assertNothingWrong();
  }

  @Test
  void a_client_that_is_sent_in_circles_is_remarked_on() {
    for (int i = 0; i < 100; i++) {
      String mid = "m" + i;
      trace.add(new Event.Requested(++now, CLIENT, mid, "put", "k", "v", null, A, 1, 0, i > 0));
      answer(i % 2 == 0 ? A : B, mid, "redirect");
    }
    assertThat(review().remarks())
        .singleElement()
        .asString()
        .startsWith("client 0015 was redirected 100 times for one put");
  }

  @Test
  void a_src_that_is_not_the_senders_own_is_remarked_on() {
    Message forged = Message.of(B, C, A, "word", null, new JsonObject());
    trace.add(new Event.Sent(++now, ++number, A, C, forged));
    assertThat(review().remarks())
        .containsExactly("replica 0000 sent 1 message with another \"src\" than its own");
  }

  @Test
  void a_request_that_a_leader_forgets_is_remarked_on() {
    leader = A;
    for (Id other : List.of(B, C, D)) {
      exchange(A, other);
    }
    ask(A, "put", "forgotten");
    now += 1_100_000;
    String later = ask(A, "get", null);
    exchange(A, B);
    exchange(A, C);
    answer(A, later, "ok");
    assertThat(review().remarks())
        .containsExactly(
            "replica 0000 led, and never answered 1 request, though it answered later ones");
  }
}
