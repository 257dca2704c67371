package raftlab.judge.live;

import static org.assertj.core.api.Assertions.assertThat;
import static raftlab.judge.invariant.Invariant.LIVE_ANSWERS;
import static raftlab.judge.invariant.Invariant.LIVE_CALM;
import static raftlab.judge.invariant.Invariant.LIVE_CATCH_UP;
import static raftlab.judge.invariant.Invariant.LIVE_LEADER;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.node.StateChange;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** What is demanded of replicas in a calm, and what is not. */
class PromisesTest extends LivenessTraceBuilder {
  /** A claims to lead, and sends B messages; what B does is not seen. */
  private void claim(double seconds) {
    long until = now + Math.round(seconds * 1e6);
    while (now < until) {
      now += BEAT;
      sendAndDeliver(A, B, A);
    }
  }

  @Test
  void a_replica_that_claims_to_lead_is_a_leader_even_without_answers() {
    leaderKnown(A);
    claim(10);
    assertNoViolation(10);
  }

  @Test
  void a_claim_that_makes_no_leader_known_shows_no_progress() {
    claim(10);
    LivenessFindings findings = review();
    assertThat(findings.all()).isEmpty();
    assertThat(findings.stableSeconds()).isZero();
  }

  @Test
  void a_known_leader_that_sends_nothing_does_not_lead() {
    leaderKnown(A);
    claim(2);
    for (int i = 0; i < 12; i++) {
      now += BEAT;
      sendAndDeliver(B, C, A);
    }
    assertViolated(
        LIVE_LEADER, "replica 0000 was known to lead, but sent nothing for 5.0 s, though all 3");
  }

  // ---- answers ----

  @Test
  void a_put_that_reached_the_leader_must_be_answered() {
    leaderKnown(A);
    seconds(2);
    ask(A, "put");
    arrive();
    leadFor(A, List.of(B, C), 6);
    assertViolated(LIVE_ANSWERS, "replica 0000 did not answer a put of k within 5.0 s");
  }

  @Test
  void a_put_that_is_answered_late_passes() {
    leaderKnown(A);
    seconds(2);
    String mid = ask(A, "put");
    arrive();
    leadFor(A, List.of(B, C), 4);
    answer(A, mid, "ok", A);
    leadFor(A, List.of(B, C), 4);
    assertNoViolation(10);
  }

  @Test
  void a_put_that_was_dropped_need_not_be_answered() {
    leaderKnown(A);
    seconds(2);
    ask(A, "put");
    lose(Event.DropReason.LOSS);
    leadFor(A, List.of(B, C), 6);
    assertNoViolation(8);
  }

  @Test
  void a_put_before_there_was_a_leader_need_not_be_answered() {
    ask(A, "put");
    arrive();
    seconds(2);
    leaderKnown(A);
    leadFor(A, List.of(B, C), 8);
    assertNoViolation(10);
  }

  @Test
  void a_put_to_a_deposed_leader_need_not_be_answered() {
    leaderKnown(A);
    seconds(2);
    ask(A, "put");
    arrive();
    leadFor(A, List.of(B, C), 2);
    leaderKnown(B);
    leadFor(B, List.of(A, C), 6);
    assertNoViolation(10);
  }

  @Test
  void a_request_of_an_optional_type_need_not_be_answered() {
    leaderKnown(A);
    seconds(2);
    ask(A, "append");
    arrive();
    leadFor(A, List.of(B, C), 8);
    assertNoViolation(10);
  }

  private void refuse(String type, long everyMicros, double seconds) {
    leaderKnown(A);
    seconds(2);
    long until = now + Math.round(seconds * 1e6);
    while (now < until) {
      operation = 0;
      now += everyMicros;
      String mid = ask(B, "put");
      arrive();
      answer(B, mid, type, C);
      sendAndDeliver(A, B, A);
    }
  }

  @Test
  void a_client_must_not_be_redirected_for_ever() {
    refuse("redirect", 64_000, 6);
    assertViolated(LIVE_ANSWERS, "last by replica 0001 to 0002");
  }

  @Test
  void a_put_must_not_fail_for_ever() {
    refuse("fail", 64_000, 6);
    assertViolated(LIVE_ANSWERS, "last by replica 0001 with fail");
  }

  @Test
  void a_client_may_be_redirected_for_some_seconds() {
    refuse("redirect", 64_000, 4);
    assertNoViolation(6);
  }

  // ---- catching up ----

  private void committed(Id replica, long index) {
    trace.add(new Event.Reported(++now, replica, new StateChange.Committed(index)));
  }

  @Test
  void a_replica_that_is_behind_must_catch_up_with_the_leader() {
    leaderKnown(A);
    committed(A, 9);
    committed(B, 9);
    committed(C, 3);
    leadFor(A, List.of(B, C), 14);
    assertViolated(LIVE_CATCH_UP, "replica 0002 had 3 committed entries, but leader 0000 reported");
  }

  @Test
  void a_follower_that_lags_by_many_entries_has_more_time() {
    leaderKnown(A);
    committed(A, 109);
    committed(B, 109);
    committed(C, 3);
    leadFor(A, List.of(B, C), 14);
    assertNoViolation(14);
  }

  @Test
  void a_replica_that_reports_nothing_is_not_behind() {
    leaderKnown(A);
    committed(A, 9);
    leadFor(A, List.of(B, C), 14);
    assertNoViolation(14);
  }

  @Test
  void a_leader_that_was_restarted_may_have_to_learn_itself() {
    leaderKnown(A);
    committed(B, 9);
    committed(A, 3);
    committed(C, 3);
    leadFor(A, List.of(B, C), 14);
    assertNoViolation(14);
  }

  @Test
  void a_replica_that_sends_nothing_while_others_answer_is_caught() {
    leaderKnown(A);
    for (int i = 0; i < 48; i++) {
      now += BEAT / 2;
      sendAndDeliver(A, B, A);
      sendAndDeliver(B, A, A);
      sendAndDeliver(A, C, A);
    }
    assertViolated(LIVE_CATCH_UP, "replica 0002 sent no message in 10.0 s");
  }

  @Test
  void where_no_follower_answers_no_replica_fails() {
    leaderKnown(A);
    for (int i = 0; i < 48; i++) {
      now += BEAT / 2;
      sendAndDeliver(A, B, A);
      sendAndDeliver(A, C, A);
    }
    assertNoViolation(12);
  }

  // ---- peace ----

  @Test
  void the_leader_must_not_change_over_and_over() {
    leaderKnown(A);
    leadFor(A, List.of(B, C), 3);
    for (int i = 0; i < 8; i++) {
      Id leader = List.of(A, B, C).get((i + 1) % 3);
      leaderKnown(leader);
      now += BEAT;
      sendAndDeliver(leader, List.of(A, B, C).get(i % 3), leader);
    }
    assertViolated(LIVE_CALM, "the leader changed 6 times in");
  }

  @Test
  void messages_of_an_old_leader_and_a_new_one_may_cross() {
    leaderKnown(A);
    leadFor(A, List.of(B, C), 3);
    for (int i = 0; i < 40; i++) {
      now += 2_000;
      sendAndDeliver(i % 2 == 0 ? A : B, C, i % 2 == 0 ? A : B);
    }
    leaderKnown(B);
    leadFor(B, List.of(A, C), 4);
    assertNoViolation(7);
  }

  private void argue(int perSecond, double seconds) {
    leaderKnown(A);
    long until = now + Math.round(seconds * 1e6);
    while (now < until) {
      now += 1_000_000 / perSecond;
      sendAndDeliver(A, B, A);
      sendAndDeliver(B, A, A);
    }
  }

  @Test
  void two_replicas_must_not_answer_each_other_without_end() {
    argue(1_000, 6);
    assertViolated(LIVE_CALM, "replicas 0000 and 0001 sent each other");
  }

  @Test
  void a_leader_may_be_eager() {
    argue(200, 6);
    assertNoViolation(6);
  }
}
