package raftlab.judge.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.linear.Diagnosis;
import raftlab.run.SmallScenario;
import raftlab.scenario.Scenario;
import raftlab.trace.Event;
import raftlab.trace.Event.EndReason;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Each kind of wrong answer gets the right text, and correct replicas pass. */
class LinearizabilityCheckTest {
  private static final Id ALICE = Id.of(0x13);
  private static final Id BOB = Id.of(0x14);
  private static final Id FIRST = Id.of(0);
  private static final Id SECOND = Id.of(2);

  private final List<Event> events = new ArrayList<>(List.of(new Event.Began(0)));
  private final Scenario scenario = SmallScenario.with("");
  private long now;
  private int mids;

  private String ask(Id client, String type, String key, String value, String expect, long seq) {
    String mid = "m" + mids++;
    events.add(
        new Event.Requested(
            now += 100_000, client, mid, type, key, value, expect, FIRST, mids, seq, false));
    return mid;
  }

  private void answer(Id client, String mid, String type, String value, Id replica) {
    events.add(new Event.Answered(now += 100_000, client, mid, type, value, replica, FIRST, false));
  }

  private void put(String key, String value) {
    answer(ALICE, ask(ALICE, "put", key, value, null, 0), "ok", null, FIRST);
  }

  private void append(String key, String value) {
    answer(ALICE, ask(ALICE, "append", key, value, null, 0), "ok", null, FIRST);
  }

  private void get(String key, String value) {
    get(key, value, SECOND);
  }

  private void get(String key, String value, Id replica) {
    answer(BOB, ask(BOB, "get", key, null, null, 0), "ok", value, replica);
  }

  private void cas(String expect, String value, String answer, String found) {
    answer(ALICE, ask(ALICE, "cas", "k", value, expect, 0), answer, found, FIRST);
  }

  private Judgement judgement() {
    events.add(new Event.Ended(now += 1000, EndReason.COMPLETE));
    Trace trace =
        new Trace(
            new TraceHeader(
                "small",
                scenario.json(),
                "sim",
                1,
                List.of(),
                List.of(FIRST, Id.of(1), SECOND),
                List.of(ALICE, BOB)));
    events.forEach(trace::add);
    return Judgement.of(scenario, trace);
  }

  private Verdict verdict() {
    return judgement().verdicts().stream()
        .filter(v -> v.check().key().equals("linearizable"))
        .findFirst()
        .orElseThrow();
  }

  private void assertWrong(String text) {
    Verdict verdict = verdict();
    assertThat(verdict.status()).isEqualTo(Status.FAIL);
    assertThat(verdict.text()).isEqualTo(text);
    assertThat(verdict.evidence()).isNotEmpty();
  }

  private void assertRight() {
    Verdict verdict = verdict();
    assertThat(verdict.status()).as(verdict.text()).isEqualTo(Status.PASS);
  }

  @Test
  void an_overwritten_value_is_a_stale_read_if_the_newer_one_is_seen_again() {
    put("k", "v1");
    put("k", "v2");
    get("k", "v1");
    get("k", "v2");
    assertWrong(
        "replica 0002 answered a get of k with \"v1\" (written by client 0013 at 0.100 s), but"
            + " \"v2\" had been written and acknowledged before the get was sent: a stale read");
  }

  @Test
  void an_acknowledged_write_that_is_never_read_again_is_lost() {
    put("k", "v1");
    get("k", "v1");
    get("k", "");
    get("k", "");
    assertWrong(
        "replica 0002 answered a get of k with \"\", but \"v1\" had been written and acknowledged"
            + " before the get was sent: a lost acknowledged write");
  }

  @Test
  void what_only_one_replica_never_saw_may_be_lost_or_its_reads_are_stale() {
    put("k", "v1");
    get("k", "");
    get("k", "");
    assertWrong(
        "replica 0002 answered a get of k with \"\", but \"v1\" had been written and acknowledged"
            + " before the get was sent: a lost acknowledged write, or a stale read");
  }

  @Test
  void what_two_replicas_never_saw_is_lost() {
    put("k", "v1");
    get("k", "", FIRST);
    get("k", "");
    assertWrong(
        "replica 0000 answered a get of k with \"\", but \"v1\" had been written and acknowledged"
            + " before the get was sent: a lost acknowledged write");
  }

  @Test
  void the_evidence_is_the_few_requests_and_answers_that_prove_it_in_order() {
    for (int i = 0; i < 50; i++) {
      put("k", "w" + i);
      get("k", "w" + i);
    }
    put("k", "last");
    get("k", "w7");
    Verdict verdict = verdict();
    assertThat(verdict.evidence())
        .hasSize(6)
        .isSortedAccordingTo(java.util.Comparator.comparingLong(Event::atMicros));
    assertThat(verdict.evidence().get(0))
        .isInstanceOfSatisfying(
            Event.Requested.class, request -> assertThat(request.value()).isEqualTo("w7"));
  }

  @Test
  void a_value_that_was_never_written_is_reported_as_such() {
    put("k", "v1");
    get("k", "other");
    assertWrong(
        "replica 0002 answered a get of k with \"other\", but no client wrote that: a value that"
            + " no client wrote");
  }

  @Test
  void the_value_of_another_key_is_reported_as_such() {
    put("a", "v1");
    put("k", "v2");
    get("k", "v1");
    assertWrong(
        "replica 0002 answered a get of k with \"v1\", but that was written to the key a (by client"
            + " 0013 at 0.100 s), and never to this one: another key's value");
  }

  @Test
  void a_value_that_is_written_later_is_reported_as_such() {
    get("k", "v1");
    put("k", "v1");
    assertWrong(
        "replica 0002 answered a get of k with \"v1\", but that was written only later (by client"
            + " 0013 at 0.300 s): a value of the future");
  }

  @Test
  void an_append_that_took_effect_twice_is_reported_as_such() {
    append("k", "one,");
    append("k", "two,");
    get("k", "one,two,two,");
    assertWrong(
        "replica 0002 answered a get of k with \"one,two,two,\", but \"two,\" was appended only once"
            + " (by client 0013 at 0.300 s): a write that took effect twice");
  }

  @Test
  void an_acknowledged_append_that_is_missing_is_lost() {
    append("k", "one,");
    append("k", "two,");
    get("k", "two,");
    assertWrong(
        "replica 0002 answered a get of k with \"two,\" (written by client 0013 at 0.300 s), but"
            + " \"one,\" had been appended and acknowledged before the get was sent: a lost"
            + " acknowledged write");
  }

  @Test
  void a_write_that_was_sent_again_and_comes_back_took_effect_twice() {
    ask(ALICE, "put", "k", "v1", null, 1);
    answer(ALICE, ask(ALICE, "put", "k", "v1", null, 1), "ok", null, FIRST);
    put("k", "v2");
    get("k", "v2");
    get("k", "v1");
    assertWrong(
        "replica 0002 answered a get of k with \"v1\" (written by client 0013 at 0.100 s), but"
            + " \"v2\" had been written and acknowledged before the get was sent; the write of"
            + " \"v1\" was sent 2 times, and must take effect once: a write that took effect twice");
  }

  @Test
  void the_same_request_sent_again_without_a_session_may_take_effect_twice() {
    ask(ALICE, "put", "k", "v1", null, 0);
    answer(ALICE, ask(ALICE, "put", "k", "v1", null, 0), "ok", null, FIRST);
    put("k", "v2");
    get("k", "v2");
    get("k", "v1");
    assertRight();
  }

  @Test
  void a_value_of_an_open_put_that_was_read_must_not_vanish() {
    put("k", "v1");
    ask(ALICE, "put", "k", "v2", null, 0);
    get("k", "v2");
    get("k", "v1");
    assertWrong(
        "replica 0002 answered a get of k with \"v1\" (written by client 0013 at 0.100 s), but"
            + " replica 0002 answered a get of k with \"v2\" before the get was sent: a stale read");
  }

  @Test
  void two_cas_can_not_both_replace_the_same_value() {
    put("k", "v1");
    cas("v1", "v2", "ok", null);
    cas("v1", "v3", "ok", null);
    assertThat(verdict().text())
        .startsWith("replica 0000 answered a cas of k from \"v1\" to \"v3\" with ok");
  }

  @Test
  void a_cas_that_mismatches_the_value_it_expected_contradicts_itself() {
    put("k", "v1");
    cas("v1", "v2", "mismatch", "v1");
    assertWrong(
        "replica 0000 answered a cas of k from \"v1\" to \"v2\" with mismatch, since it found"
            + " \"v1\", but that is what it expected: an answer that contradicts itself");
  }

  @Test
  void the_value_that_a_cas_found_counts_as_read() {
    put("k", "v1");
    cas("v0", "v2", "mismatch", "v1");
    get("k", "v1");
    assertRight();
  }

  @Test
  void a_redirected_put_that_took_effect_is_a_remark_and_no_failure() {
    answer(ALICE, ask(ALICE, "put", "k", "v1", null, 0), "redirect", null, FIRST);
    get("k", "v1");
    Judgement judgement = judgement();
    assertThat(judgement.remarks())
        .anyMatch(
            remark ->
                remark.startsWith(
                    "1 put took effect though nothing but redirect was answered, the first of key"
                        + " k"));
    assertThat(judgement.verdicts().get(1).status()).isEqualTo(Status.PASS);
  }

  @Test
  void the_first_answer_to_a_request_counts() {
    put("k", "v1");
    String mid = ask(BOB, "get", "k", null, null, 0);
    answer(BOB, mid, "ok", "v1", SECOND);
    events.add(new Event.Answered(now, BOB, mid, "ok", "other", SECOND, FIRST, true));
    assertRight();
  }

  @Test
  void several_wrong_keys_are_counted() {
    get("a", "x");
    get("b", "y");
    get("c", "z");
    assertThat(verdict().text()).endsWith("; wrong answers about 2 more keys");
  }

  @Test
  void a_search_that_is_given_up_is_unknown_and_names_the_key() {
    assertThat(LinearizabilityCheck.undecidedText(List.of("k")))
        .isEqualTo(
            "the search for an order of the requests was given up for 1 key, k: too many of them"
                + " were concurrent");
  }

  private void exchange(Id other, Event.DropReason lost) {
    Message message = Message.of(SECOND, other, SECOND, "append", null, new JsonObject());
    events.add(new Event.Sent(now, ++mids, SECOND, other, message));
    events.add(lost == null ? new Event.Delivered(now, mids) : new Event.Dropped(now, mids, lost));
  }

  /** An old leader's get, whose answer no other shows to be wrong. */
  private Judgement readAtOldLeader(Event.DropReason lost) {
    put("k", "old");
    exchange(FIRST, lost);
    exchange(Id.of(1), lost);
    put("k", "new");
    get("k", "old");
    return judgement();
  }

  @Test
  void what_a_replica_answers_that_is_cut_off_from_a_majority_is_a_stale_read() {
    Judgement judgement = readAtOldLeader(Event.DropReason.PARTITION);
    assertThat(judgement.contradictions().get(0).text())
        .endsWith(
            ": a stale read, since replica 0002 was cut off from 2 of 2 other replicas since"
                + " 0.200 s");
    assertThat(judgement.contradictions().get(0).kind())
        .isEqualTo(Diagnosis.ContradictionKind.STALE_READ);
  }

  @Test
  void what_a_connected_replica_answers_may_be_a_lost_write() {
    assertThat(readAtOldLeader(null).contradictions().get(0).text())
        .endsWith(": a lost acknowledged write, or a stale read");
  }

  @Test
  void what_a_replica_answers_while_another_leads_that_acknowledged_the_write_is_a_stale_read() {
    events.add(new Event.LeaderKnown(now, FIRST));
    assertThat(readAtOldLeader(null).contradictions().get(0).text())
        .endsWith(
            ": a stale read, since replica 0002 answered from its own state, while replica 0000 was"
                + " known to lead");
  }

  @Test
  void a_replica_that_was_reached_again_before_the_write_may_know_it() {
    put("k", "old");
    exchange(FIRST, Event.DropReason.PARTITION);
    exchange(Id.of(1), Event.DropReason.PARTITION);
    exchange(FIRST, null);
    exchange(Id.of(1), null);
    put("k", "new");
    get("k", "old");
    assertThat(judgement().contradictions().get(0).text())
        .endsWith(": a lost acknowledged write, or a stale read");
  }

  @Test
  void a_summary_leaves_out_keys_values_writers_and_further_keys() {
    for (String key : List.of("a: b", "c")) {
      put(key, "v1");
      put(key, "v2: x");
      get(key, "v1");
      get(key, "v2: x");
    }
    Verdict verdict = verdict();
    assertThat(verdict.text()).endsWith("; wrong answers about 1 more key");
    assertThat(verdict.summary())
        .isEqualTo(
            "replica 0002 answered a get of … with \"…\", but \"…\" had been written and"
                + " acknowledged before the get was sent: a stale read");
  }
}
