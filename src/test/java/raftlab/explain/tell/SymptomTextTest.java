package raftlab.explain.tell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.explain.ExplainTraceBuilder;
import raftlab.judge.check.RequestOutcomes;
import raftlab.scenario.ActionType;
import raftlab.scenario.Step;
import raftlab.trace.Event;
import raftlab.trace.Event.EndReason;
import raftlab.trace.Event.StepPhase;
import raftlab.trace.StepTask;
import raftlab.trace.UnmetCondition;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Where only a symptom is known, the facts about it come first, and causes must fit them. */
class SymptomTextTest extends ExplainTraceBuilder {
  private static final StepTask PUT = new StepTask.Request(ActionType.PUT, "k", 10_000_000);
  private static final UnmetCondition NO_LEADER =
      new UnmetCondition.NoLeaderElected(true, List.of());

  private static StepTask until(Step.Condition condition) {
    return new StepTask.Until(condition, 0, 10_000_000);
  }

  private void answer(Message request, Id by, String type, Id leader) {
    trace.add(new Event.Answered(++now, CLIENT, request.mid(), type, null, by, leader, false));
  }

  /** A message that names this leader. */
  private void named(Id from, Id to, Id leader, String type) {
    Message message = Message.of(from, to, leader, type, null, new JsonObject());
    trace.add(new Event.Sent(++now, now, from, to, message));
    trace.add(new Event.Delivered(++now, now - 1));
  }

  /** Explains the failure of a step that began before {@code meanwhile} happened. */
  private String stepExplained(StepTask task, UnmetCondition unmet, Runnable meanwhile) {
    trace.add(new Event.Step(++now, "1", 1, StepPhase.BEGAN, task, false, null, "x"));
    now += 10_000;
    meanwhile.run();
    now += 10_000;
    trace.add(new Event.Step(now, "1", 1, StepPhase.FAILED, task, false, unmet, "x"));
    trace.add(new Event.Ended(++now, EndReason.COMPLETE));
    return StepFailureText.of(trace).text();
  }

  @Test
  void a_leader_that_answers_fail() {
    start();
    trace.add(new Event.LeaderKnown(++now, A));
    assertThat(
            stepExplained(
                PUT, new UnmetCondition.NoOk(), () -> answer(ask(A, "put", "v"), A, "fail", A)))
        .contains("1 of 1 requests", "fail", "replica 0000", "known leader");
  }

  @Test
  void replicas_that_redirect_in_a_circle() {
    start();
    for (int i = 0; i < 12; i++) {
      answer(ask(A, "put", "v" + i), A, "redirect", B);
      answer(ask(B, "put", "w" + i), B, "redirect", A);
    }
    trace.add(new Event.Ended(++now, EndReason.COMPLETE));
    assertThat(RefusalText.of(RequestOutcomes.of(trace, request -> true)).orElseThrow().text())
        .contains("24 of 24", "in a circle", "0000 to 0001 (12 times)", "0001 to 0000 (12 times)");
  }

  @Test
  void a_request_that_is_delivered_and_not_answered() {
    start();
    assertThat(stepExplained(PUT, new UnmetCondition.NoOk(), () -> ask(A, "put", "v")))
        .contains("1 of 1 requests", "not answered", "replica 0000", "1 of these were delivered");
  }

  @Test
  void replicas_that_send_nothing() {
    start();
    assertThat(stepExplained(until(Step.Condition.LEADER), NO_LEADER, () -> {}))
        .contains("No replica sent", "election timers");
  }

  @Test
  void candidates_that_get_no_answer() {
    start();
    assertThat(
            stepExplained(
                until(Step.Condition.LEADER),
                NO_LEADER,
                () -> {
                  named(A, B, Id.BROADCAST, "requestVote");
                  named(B, C, Id.BROADCAST, "requestVote");
                }))
        .contains("0000, 0001", "2 messages", "\"requestVote\"", "by 2 of them");
  }

  @Test
  void two_that_claim_to_lead_in_turn() {
    start();
    assertThat(
            stepExplained(
                until(Step.Condition.LEADER),
                NO_LEADER,
                () -> {
                  named(A, B, A, "heartbeat");
                  named(B, C, B, "heartbeat");
                }))
        .contains("0000, 0001 claimed to lead");
  }

  @Test
  void one_that_claims_to_lead_but_is_not_heard_again() {
    start();
    assertThat(
            stepExplained(
                until(Step.Condition.LEADER), NO_LEADER, () -> named(A, B, A, "heartbeat")))
        .contains("0000 alone", "0.010 s");
  }

  @Test
  void a_replica_that_does_not_follow() {
    start();
    trace.add(new Event.LeaderKnown(++now, A));
    assertThat(
            stepExplained(
                until(Step.Condition.AGREED),
                new UnmetCondition.NotFollowed(A, List.of(C)),
                () -> {
                  named(A, C, A, "heartbeat");
                  named(C, A, Id.BROADCAST, "heartbeatReply");
                }))
        .contains("1 messages", "leader 0000", "replica 0002", "\"heartbeatReply\"", "FFFF");
  }

  @Test
  void what_is_not_understood_gets_no_cause() {
    start();
    assertThat(
            stepExplained(
                until(Step.Condition.CHANGED), new UnmetCondition.ChangePending(), () -> {}))
        .isEqualTo(Symptom.UNKNOWN.text());
  }

  private String storm() {
    trace.add(new Event.Ended(++now, EndReason.PACKET_STORM));
    return explained();
  }

  @Test
  void heartbeats_on_each_pass_of_the_loop() {
    start();
    for (int i = 0; i < 2000; i++) {
      now += 1000;
      send(A, B, "heartbeat", "'term': 1");
      send(A, C, "heartbeat", "'term': 1");
    }
    assertThat(storm())
        .contains("2.0 s", "replica 0000", "3,994 messages", "\"heartbeat\"", "every 1.0 ms")
        .doesNotContain("nextIndex");
  }

  @Test
  void answers_that_are_answered() {
    start();
    for (int i = 0; i < 2000; i++) {
      now += 500;
      tell(A, B, "ping", "'term': 1");
      tell(B, A, "pong", "'term': 1");
    }
    assertThat(storm()).contains("an answer is answered", "\"ping\"", "\"pong\"");
  }

  @Test
  void heartbeats_that_are_answered_are_no_answers() {
    start();
    for (int i = 0; i < 2000; i++) {
      now += 5000;
      tell(A, B, "ping", "'term': 1");
      tell(B, A, "pong", "'term': 1");
    }
    assertThat(storm()).contains("every 5.0 ms").doesNotContain("an answer is answered");
  }

  @Test
  void many_messages_while_clients_ask() {
    start();
    for (int i = 0; i < 2000; i++) {
      now += 1000;
      send(A, B, "append", "'term': 1");
      ask(A, "put", "v" + i);
    }
    assertThat(MessageFlood.of(trace, List.of()).symptom().text())
        .contains("1,993 requests", "sent again");
  }
}
