package raftlab.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static raftlab.workload.ManualRequestSender.A;
import static raftlab.workload.ManualRequestSender.B;
import static raftlab.workload.ManualRequestSender.ok;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import raftlab.scenario.TrafficPlan;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.workload.ManualRequestSender.Sent;

class LoadGeneratorTest {
  private final ManualRequestSender replicas = new ManualRequestSender();

  private LoadGenerator crowd(TrafficPlanBuilder plans) {
    return crowd(plans, 0);
  }

  private LoadGenerator crowd(TrafficPlanBuilder plans, int number) {
    TrafficPlan plan = plans.plan();
    List<TrafficPlan> before = Collections.nCopies(number, TrafficPlanBuilder.open().plan());
    List<TrafficPlan> all = new ArrayList<>(before);
    all.add(plan);
    List<Id> ids = ClientIds.of(3, false, all, 0, false).loadGenerators().get(number);
    return new LoadGenerator(plan, number, ids, 7, replicas);
  }

  private Set<Id> askers() {
    Set<Id> askers = new HashSet<>();
    replicas.messages().forEach(message -> askers.add(message.src()));
    return askers;
  }

  /** Answers everything that hasn't been answered before this index; how many were sent then. */
  private int answerFrom(int index, LoadGenerator crowd) {
    List<Message> asked = List.copyOf(replicas.messages());
    asked.subList(index, asked.size()).forEach(request -> crowd.receive(ok(request)));
    return asked.size();
  }

  @Test
  void an_open_loop_is_evenly_spread_and_waits_for_no_answer() {
    crowd(TrafficPlanBuilder.open().between(1_000, 3_000)).start();
    replicas.pass(20_000);
    assertThat(replicas.sent).hasSize(80);
    for (int i = 0; i < 80; i++) {
      assertThat(replicas.sent.get(i).atMicros()).isEqualTo(1_000_000 + i * 25_000L);
    }
    assertThat(askers()).hasSize(4);
  }

  @Test
  void the_plans_time_counts_from_the_start() {
    LoadGenerator crowd = crowd(TrafficPlanBuilder.open().between(1_000, 3_000));
    replicas.pass(5_000);
    crowd.start();
    replicas.pass(20_000);
    assertThat(replicas.sent).hasSize(80);
    assertThat(replicas.sent.get(0).atMicros()).isEqualTo(6_000_000);
  }

  @Test
  void after_the_most_operations_nothing_new_begins() {
    LoadGenerator crowd = crowd(TrafficPlanBuilder.open().most(7));
    crowd.start();
    replicas.pass(20_000);
    assertThat(replicas.sent).hasSize(7);
    assertThat(crowd.operationCounter().began()).isEqualTo(7);
    assertThat(crowd.operationCounter().outstanding()).hasSize(7);
  }

  @Test
  void in_a_closed_loop_each_client_asks_for_one_thing_at_a_time() {
    LoadGenerator crowd = crowd(TrafficPlanBuilder.closed());
    crowd.start();
    replicas.pass(500);
    assertThat(replicas.sent).hasSize(4);
    assertThat(askers()).hasSize(4);
    crowd.receive(ok(replicas.sent.get(2).message()));
    assertThat(replicas.sent).hasSize(5);
    assertThat(replicas.last().src()).isEqualTo(replicas.sent.get(2).message().src());
  }

  @Test
  void in_a_closed_loop_clients_pause_after_an_answer() {
    LoadGenerator crowd = crowd(TrafficPlanBuilder.closed().pace(0, 200));
    crowd.start();
    replicas.pass(0);
    assertThat(answerFrom(0, crowd)).isEqualTo(4);
    replicas.pass(199);
    assertThat(replicas.sent).hasSize(4);
    replicas.pass(1);
    assertThat(replicas.sent).hasSize(8);
  }

  @Test
  void in_a_closed_loop_the_most_operations_and_the_end_are_kept_too() {
    LoadGenerator few = crowd(TrafficPlanBuilder.closed().most(6));
    few.start();
    replicas.pass(0);
    answerFrom(0, few);
    assertThat(replicas.sent).hasSize(6);
    LoadGenerator shortly = crowd(TrafficPlanBuilder.closed().between(0, 100));
    shortly.start();
    replicas.pass(100);
    int before = replicas.sent.size();
    assertThat(answerFrom(6, shortly)).isEqualTo(before);
    assertThat(replicas.sent).hasSize(before);
  }

  @Test
  void a_closed_loop_continues_at_another_replica_after_a_timeout() {
    LoadGenerator crowd = crowd(TrafficPlanBuilder.closed().clients(1));
    crowd.start();
    replicas.pass(0);
    replicas.running.remove(replicas.last().dst());
    replicas.pass(1_000);
    assertThat(replicas.sent).hasSize(2);
    assertThat(replicas.last().dst()).isIn(replicas.running);
    crowd.receive(ok(replicas.last()));
    assertThat(replicas.sent).extracting(Sent::operation).containsExactly(1L, 1L, 2L);
  }

  @Test
  void a_closed_loop_without_a_timeout_is_refused() {
    TrafficPlanBuilder hasty = TrafficPlanBuilder.open().pace(0, 0);
    assertThatThrownBy(() -> crowd(hasty))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a closed loop without a timeout would hang after a crash");
  }

  @Test
  void each_client_needs_an_id() {
    TrafficPlan plan = TrafficPlanBuilder.open().plan();
    assertThatThrownBy(() -> new LoadGenerator(plan, 0, List.of(A, B), 1, replicas))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("found 2 IDs, expected 4, one a client");
  }

  @Test
  void what_could_not_be_asked_in_the_plans_time_is_never_asked() {
    replicas.running.clear();
    LoadGenerator crowd = crowd(TrafficPlanBuilder.open().between(0, 1_000));
    crowd.start();
    replicas.pass(1_000);
    replicas.running.add(A);
    replicas.pass(1_000);
    assertThat(replicas.sent).isEmpty();
    assertThat(crowd.operationCounter().began()).isZero();
  }

  @Test
  void new_requests_go_to_the_leader_that_was_named() {
    LoadGenerator crowd = crowd(TrafficPlanBuilder.closed().clients(1));
    crowd.start();
    replicas.pass(0);
    for (int i = 0; i < 30; i++) {
      crowd.receive(ManualRequestSender.answer(replicas.last(), Message.OK, B, "x"));
    }
    assertThat(replicas.messages().subList(1, 30)).allMatch(message -> message.dst().equals(B));
  }

  @Test
  void or_to_any_replica_if_the_plan_says_so() {
    LoadGenerator crowd = crowd(TrafficPlanBuilder.closed().clients(1).toAny());
    crowd.start();
    replicas.pass(0);
    for (int i = 0; i < 30; i++) {
      crowd.receive(ManualRequestSender.answer(replicas.last(), Message.OK, B, "x"));
    }
    assertThat(replicas.messages().stream().map(Message::dst).distinct()).hasSize(3);
  }

  @Test
  void even_then_a_redirect_is_followed() {
    LoadGenerator crowd = crowd(TrafficPlanBuilder.closed().clients(1).toAny());
    crowd.start();
    replicas.pass(0);
    for (int i = 0; i < 10; i++) {
      crowd.receive(ManualRequestSender.answer(replicas.last(), Message.REDIRECT, B, null));
      assertThat(replicas.last().dst()).isEqualTo(B);
    }
  }

  @Test
  void a_burst_comes_from_different_clients_at_once() {
    LoadGenerator crowd = crowd(TrafficPlanBuilder.open());
    List<ClientOperation> burst = crowd.burst(3, B);
    assertThat(burst).hasSize(3).allMatch(ClientOperation::hasBegun);
    assertThat(askers()).hasSize(3);
    assertThat(replicas.messages()).allMatch(message -> message.dst().equals(B));
    assertThat(crowd.operationCounter().began()).isEqualTo(3);
  }

  @Test
  void a_burst_does_not_use_up_the_plans_operations_nor_make_a_client_ask_more_often() {
    LoadGenerator crowd = crowd(TrafficPlanBuilder.closed().most(4));
    crowd.start();
    replicas.pass(0);
    crowd.burst(4, null);
    answerFrom(0, crowd);
    assertThat(replicas.sent).hasSize(8);
    assertThat(crowd.operationCounter().done()).isEqualTo(8);
  }

  @Test
  void a_burst_is_no_greater_than_the_crowd() {
    LoadGenerator crowd = crowd(TrafficPlanBuilder.open());
    assertThatThrownBy(() -> crowd.burst(5, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("found a burst of 5, expected 0 to 4, one a client");
  }

  @Test
  void plans_do_not_change_each_other() {
    crowd(TrafficPlanBuilder.open(), 1).start();
    replicas.pass(20_000);
    List<String> alone = texts();
    replicas.sent.clear();
    crowd(TrafficPlanBuilder.open().pace(33, 0)).start();
    crowd(TrafficPlanBuilder.open(), 1).start();
    replicas.pass(20_000);
    Set<Id> own = Set.copyOf(ClientIds.of(3, false, twoPlans(), 0, false).loadGenerators().get(1));
    replicas.sent.removeIf(sent -> !own.contains(sent.message().src()));
    assertThat(texts()).isEqualTo(alone);
  }

  private static List<TrafficPlan> twoPlans() {
    return List.of(TrafficPlanBuilder.open().plan(), TrafficPlanBuilder.open().plan());
  }

  private List<String> texts() {
    return replicas.messages().stream().map(Message::toString).toList();
  }

  @Test
  void plans_of_other_numbers_ask_for_something_else() {
    crowd(TrafficPlanBuilder.open().keys(100, 0, false, false), 0).start();
    replicas.pass(20_000);
    List<String> first = keys();
    replicas.sent.clear();
    crowd(TrafficPlanBuilder.open().keys(100, 0, false, false), 1).start();
    replicas.pass(20_000);
    assertThat(keys()).isNotEqualTo(first);
  }

  private List<String> keys() {
    return replicas.messages().stream().map(message -> message.textOrNull("key")).toList();
  }
}
