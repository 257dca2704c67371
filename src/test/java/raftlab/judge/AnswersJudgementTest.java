package raftlab.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.judge.check.Verdict.Status;
import raftlab.trace.Event;
import raftlab.trace.Event.EndReason;
import raftlab.wire.Id;

/** What clients asked for and what they got: each lie is caught, and what resembles it is none. */
class AnswersJudgementTest extends JudgementTraceBuilder {
  @Test
  void a_get_of_an_overwritten_value_is_wrong() {
    goodRun();
    put("k1", "newer");
    get("k1", "v1");
    assertFails("incorrect", "but \"newer\" had been written and acknowledged");
  }

  @Test
  void a_get_that_finds_nothing_after_a_put_is_wrong() {
    goodRun();
    get("k1", "");
    assertFails("incorrect", "with \"\", but \"v1\" had been written");
  }

  @Test
  void a_get_of_a_value_that_was_never_put_is_wrong() {
    goodRun();
    get("k1", "v2");
    assertFails("incorrect", "with \"v2\"");
  }

  @Test
  void a_get_that_overlaps_a_put_may_see_either_value() {
    goodRun();
    String put = ask("put", "k1", "newer");
    String overlapping = ask("get", "k1", null);
    get("k1", "newer");
    replicate(put);
    answer(overlapping, "ok", "v1");
    assertThat(judge(EndReason.COMPLETE).status()).isEqualTo(Status.PASS);
  }

  @Test
  void a_put_without_an_ok_may_take_effect_at_any_later_time() {
    goodRun();
    ask("put", "k1", "unanswered");
    answer(ask("put", "k2", "failed"), "fail", null);
    answer(ask("put", "k3", "redirected"), "redirect", null);
    put("k1", "later");
    put("k2", "later");
    put("k3", "later");
    get("k1", "unanswered");
    get("k2", "failed");
    get("k3", "redirected");
    assertThat(judge(EndReason.COMPLETE).status()).isEqualTo(Status.PASS);
  }

  @Test
  void a_value_that_is_put_only_after_the_get_was_answered_is_wrong() {
    goodRun();
    get("k1", "future");
    put("k1", "future");
    assertFails("incorrect", "with \"future\"");
  }

  @Test
  void a_run_without_any_successful_put_fails() {
    add(new Event.Began(now));
    ask("put", "k", "v");
    assertFails("no_state", "none of 1 puts was answered ok: ");
  }

  @Test
  void too_many_unanswered_gets_fail_and_half_of_them_pass() {
    goodRun();
    for (int i = 0; i < 20; i++) {
      ask("get", "k1", null);
    }
    assertThat(judge(EndReason.COMPLETE).status()).isEqualTo(Status.PASS);
    events.remove(events.size() - 1);
    ask("get", "k1", null);
    for (int i = 0; i < 20; i++) {
      ask("get", "k1", null);
    }
    assertFails("get_answered", "41 unanswered, against 61 gets");
  }

  @Test
  void too_many_unanswered_puts_fail() {
    goodRun();
    for (int i = 0; i < 21; i++) {
      ask("put", "k1", "x");
    }
    assertFails("put_answered", "21 unanswered, against 41 puts");
  }

  /**
   * Another client puts, gets no answer, and finds nothing to read three times after the given
   * time.
   */
  private void findNothingAfter(long micros) {
    goodRun();
    Id other = Id.of(0x14);
    add(Event.Requested.first(now, other, "late", "put", "k", "v", LEADER, ++operations));
    now += micros;
    for (int i = 0; i < 3; i++) {
      add(new Event.GetNotGenerated(now, other));
    }
  }

  @Test
  void clients_that_find_nothing_to_read_after_a_long_wait_fail_the_run() {
    findNothingAfter(2_000_000);
    assertFails("get_generated", "3 found no key to read, against 20 gets");
  }

  @Test
  void clients_that_find_nothing_to_read_yet_are_no_failure() {
    findNothingAfter(1_900_000);
    Judgement judgement = judge(EndReason.COMPLETE);
    assertThat(judgement.status()).isEqualTo(Status.PASS);
    assertThat(verdict(judgement, "get_generated").text()).contains("more than the course allows");
  }

  @Test
  void puts_that_are_acknowledged_without_replication_fail() {
    add(new Event.Began(now));
    put("k", "v");
    get("k", "v");
    assertFails(
        "total_msgs", "replica 0000 acknowledged a put before its value was sent to a majority");
  }

  @Test
  void few_messages_are_enough_if_they_show_the_values_on_their_way_to_a_majority() {
    add(new Event.Began(now));
    String put = ask("put", "k", "v");
    send(1, Id.of(2), "v");
    replicate(put);
    get("k", "v");
    Judgement judgement = judge(EndReason.COMPLETE);
    assertThat(judgement.status()).as(judgement.reason()).isEqualTo(Status.PASS);
    assertThat(verdict(judgement, "total_msgs").text()).contains("was sent to a majority");
  }

  @Test
  void a_message_that_the_network_doubled_reached_one_replica() {
    add(new Event.Began(now));
    String put = ask("put", "k", "v");
    send(1, Id.of(2), "v");
    add(new Event.Duplicated(now, 1));
    add(new Event.Delivered(now, 1));
    answer(put, "ok", null);
    Judgement judgement = judge(EndReason.COMPLETE);
    assertThat(judgement.statistics().messages()).isEqualTo(1);
    assertThat(verdict(judgement, "total_msgs").status()).isEqualTo(Status.PASS);
  }

  @Test
  void a_second_answer_is_a_duplicate_only_if_the_first_was_ok() {
    goodRun();
    String failed = ask("put", "a", "b");
    answer(failed, "fail", null);
    add(new Event.Answered(now, CLIENT, failed, "ok", null, LEADER, LEADER, true));
    add(new Event.Answered(now, CLIENT, "m0", "ok", null, LEADER, LEADER, true));
    assertThat(judge(EndReason.COMPLETE).statistics().duplicates()).isEqualTo(1);
  }

  @Test
  void after_a_removal_fewer_others_have_to_know_a_value() {
    add(new Event.Began(now));
    Id operator = Id.of(0x1B);
    for (String leaving : List.of("0001", "0002")) {
      add(Event.Requested.first(now, operator, leaving, "remove", leaving, null, LEADER, 2));
      add(new Event.Answered(now, operator, leaving, "ok", null, LEADER, LEADER, false));
    }
    put("k", "v");
    get("k", "v");
    Judgement judgement = judge(EndReason.COMPLETE);
    assertThat(verdict(judgement, "total_msgs").status()).isEqualTo(Status.PASS);
  }

  @Test
  void messages_of_a_replica_that_joined_are_messages_between_replicas() {
    Id joined = Id.of(3);
    goodRun();
    send(1_000, joined, "before it was there");
    add(new Event.Started(now, joined));
    send(1_001, joined, "since then");
    // 100 that say little, two for each of 20 puts, and this one.
    assertThat(judge(EndReason.COMPLETE).statistics().messages()).isEqualTo(141);
  }

  @Test
  void a_storm_of_redirects_follows_what_it_does_to_clients() {
    add(new Event.Began(now));
    for (int i = 0; i < 12; i++) {
      answer(ask("put", "k", "v" + i), "redirect", null);
    }
    Judgement judgement = judge(EndReason.PACKET_STORM);
    assertThat(judgement.reason())
        .isEqualTo(
            "no_state: none of 12 puts was answered ok: 0 fail, 12 redirect, 0 not answered");
    assertThat(verdict(judgement, "packet_storm").status()).isEqualTo(Status.FAIL);
  }
}
