package raftlab.judge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.judge.invariant.FirstViolations;
import raftlab.judge.invariant.Invariant;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Who may answer ok, and who can't know enough to. */
class AcknowledgementCheckTest extends WireTraceBuilder {
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
    sendAndDeliver(A, C);
    answer(A, put, "ok");
    assertViolated(
        Invariant.EARLY_OK,
        "could confirm it on 2 of 5 replicas, itself included; a majority is 3");
  }

  @Test
  void what_others_said_before_the_put_confirms_nothing() {
    exchange(A, B);
    exchange(A, C);
    String put = ask(A, "put", "v");
    sendAndDeliver(B, A);
    sendAndDeliver(C, A);
    answer(A, put, "ok");
    assertViolated(Invariant.EARLY_OK, "1 of 5 replicas");
  }

  @Test
  void a_message_that_was_under_way_when_the_put_came_carries_nothing_of_it() {
    long early = send(A, B, A, new JsonObject());
    trace.add(new Event.Delayed(now, early, 1_000));
    String put = ask(A, "put", "v");
    deliver(early);
    sendAndDeliver(B, A);
    exchange(A, C);
    answer(A, put, "ok");
    assertViolated(Invariant.EARLY_OK, "2 of 5 replicas");
  }

  @Test
  void a_put_may_be_passed_on_in_a_chain() {
    String put = ask(A, "put", "v");
    sendAndDeliver(A, B);
    sendAndDeliver(B, C);
    sendAndDeliver(C, A);
    answer(A, put, "ok");
    assertNothingWrong();
  }

  @Test
  void a_follower_that_passes_a_put_on_may_answer_it() {
    String put = ask(B, "put", "v");
    sendAndDeliver(B, A);
    exchange(A, C);
    sendAndDeliver(A, B);
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

  @Test
  void a_get_answered_by_a_deposed_leader_that_is_cut_off_is_caught() {
    replaceLeader();
    now += 2_000_000;
    answer(A, ask(A, "get", null), "ok");
    assertViolated(
        Invariant.BLIND_READ, "it had messages from only 1 of 5 replicas, itself included");
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
    replaceLeader();
    now += 2_000_000;
    String get = ask(A, "get", null);
    exchange(A, C);
    exchange(A, D);
    now += 2_000_000;
    answer(A, get, "ok");
    assertNothingWrong();
  }

  @Test
  void a_get_after_a_long_silence_is_only_a_remark_while_no_other_replica_leads() {
    now += 2_000_000;
    answer(A, ask(A, "get", null), "ok");
    FirstViolations findings = review();
    assertThat(findings.first(Invariant.BLIND_READ)).isNull();
    assertThat(findings.remarks())
        .singleElement()
        .asString()
        .startsWith("1 get was answered by a replica without messages from a majority for 1.5 s");
  }
}
