package raftlab.judge.live;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import raftlab.judge.invariant.Invariant;
import raftlab.scenario.Delay;
import raftlab.scenario.Delay.Shape;
import raftlab.scenario.LinkConditions;
import raftlab.trace.DirectedLink;
import raftlab.trace.Event;
import raftlab.trace.Event.DropReason;
import raftlab.trace.FaultEffect;
import raftlab.trace.FaultEffect.AllLinkConditions;
import raftlab.trace.FaultEffect.ClientLinkConditions;
import raftlab.trace.FaultEffect.ClockRate;
import raftlab.trace.FaultEffect.Disk;
import raftlab.trace.FaultEffect.DiskChanged;
import raftlab.trace.FaultEffect.LinksCut;
import raftlab.wire.Id;

/** Only where nothing is in the way of a majority anything is demanded of it. */
class StablePeriodTest extends LivenessTraceBuilder {
  @Test
  void three_replicas_that_are_up_and_left_alone_must_have_a_leader() {
    seconds(6);
    assertViolated(
        Invariant.LIVE_LEADER, "no replica led for 6.0 s, though all 3 replicas reach each other");
  }

  /** A leader crashes, no replica sends for 2.5 s, then a candidate fails to be elected. */
  private void splitVote() {
    leaderKnown(A);
    trace.add(new Event.Crashed(++now, A));
    leaderKnown(Id.BROADCAST);
    seconds(2.5);
    sendAndDeliver(B, C, Id.BROADCAST);
  }

  @Test
  void replicas_that_wait_long_before_they_stand_have_longer() {
    splitVote();
    seconds(4.5);
    assertNoViolation(7);
  }

  @Test
  void but_not_without_a_limit() {
    splitVote();
    seconds(8);
    assertViolated(Invariant.LIVE_LEADER, "no replica led for 10.5 s");
  }

  @Test
  void two_of_three_must_have_one_if_the_third_is_down() {
    trace.add(new Event.Crashed(++now, C));
    seconds(6);
    assertViolated(Invariant.LIVE_LEADER, "2 of 3 replicas reach each other");
  }

  @Test
  void one_of_three_need_not() {
    trace.add(new Event.Crashed(++now, B));
    trace.add(new Event.Crashed(++now, C));
    seconds(60);
    assertNoViolation(0);
  }

  @Test
  void a_replica_that_was_stopped_is_not_counted_on() {
    trace.add(new Event.Crashed(++now, B));
    trace.add(new Event.Paused(++now, C));
    seconds(60);
    assertNoViolation(0);
  }

  @Test
  void one_that_goes_on_counts_from_then() {
    trace.add(new Event.Paused(++now, B));
    trace.add(new Event.Paused(++now, C));
    seconds(60);
    trace.add(new Event.Resumed(++now, C));
    seconds(4);
    leaderKnown(A);
    seconds(4);
    assertNoViolation(8);
  }

  private static List<FaultEffect> disturbances() {
    return List.of(
        cut(C, A, C, B),
        cut(A, C),
        cut(A, C, C, A),
        cut(A, B, A, C, B, A, B, C, C, A, C, B),
        new FaultEffect.LinkConditionsBetween(List.of(A, B, C), List.of(B), late(200_000)),
        new FaultEffect.LinkConditionsBetween(List.of(A), List.of(B), LinkConditions.loss(0.3)),
        new AllLinkConditions(LinkConditions.loss(0.2)),
        new AllLinkConditions(new LinkConditions(0, Delay.NONE, 0, 0, Delay.NONE, 1000, 0)),
        new AllLinkConditions(new LinkConditions(0, Delay.NONE, 0, 0, Delay.NONE, 0, 0.01)),
        new AllLinkConditions(LinkConditions.PERFECT.withDelay(exponential(20_000))),
        new ClockRate(B, 1.5),
        new DiskChanged(B, Disk.FULL, "", true),
        new DiskChanged(B, Disk.TORN, "", false),
        new DiskChanged(B, Disk.CORRUPT, "", true),
        new DiskChanged(B, Disk.SLOW, "", false));
  }

  /** Links that are cut: from, to, from, to, … */
  private static LinksCut cut(Id... ends) {
    List<DirectedLink> links = new ArrayList<>();
    for (int i = 0; i < ends.length; i += 2) {
      links.add(new DirectedLink(ends[i], ends[i + 1]));
    }
    return new LinksCut(links);
  }

  private static LinkConditions late(long micros) {
    return LinkConditions.PERFECT.withDelay(Delay.constant(micros));
  }

  private static Delay exponential(long micros) {
    return new Delay(Shape.EXPONENTIAL, micros, micros);
  }

  @ParameterizedTest
  @MethodSource("disturbances")
  void what_prevents_agreement_is_no_stable_period(FaultEffect effect) {
    effect(effect);
    seconds(60);
    assertNoViolation(0);
  }

  private static List<FaultEffect> harmless() {
    return List.of(
        new LinksCut(List.of()),
        new FaultEffect.LinkConditionsBetween(List.of(A, B, C), List.of(B), late(40_000)),
        new AllLinkConditions(LinkConditions.loss(0.05).withDelay(Delay.constant(10_000))),
        new AllLinkConditions(LinkConditions.PERFECT.withDelay(exponential(5_000))),
        new ClientLinkConditions(LinkConditions.loss(0.5)),
        new ClockRate(B, 1.05),
        new DiskChanged(B, Disk.SOUND, "", false));
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void what_a_correct_replica_tolerates_is_a_stable_period(FaultEffect effect) {
    effect(effect);
    seconds(6);
    assertViolated(Invariant.LIVE_LEADER, "no replica led for 6.0 s");
  }

  @Test
  void a_majority_that_is_cut_off_as_a_whole_is_stable() {
    effect(cut(A, B, A, C, B, A, C, A));
    seconds(6);
    assertViolated(Invariant.LIVE_LEADER, "2 of 3 replicas reach each other");
  }

  @Test
  void after_everything_was_healed_a_stable_period_begins() {
    effect(cut(C, A, C, B));
    seconds(60);
    effect(cut());
    seconds(6);
    assertViolated(Invariant.LIVE_LEADER, "no replica led for 6.0 s");
  }

  @Test
  void conditions_of_all_links_end_those_of_single_ones() {
    effect(
        new FaultEffect.LinkConditionsBetween(List.of(A), List.of(B, C), LinkConditions.loss(1)));
    seconds(60);
    effect(new AllLinkConditions(LinkConditions.PERFECT));
    seconds(6);
    assertViolated(Invariant.LIVE_LEADER, "no replica led for 6.0 s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut off from no replica", "all links: perfect", "something else", ""})
  void the_texts_of_a_fault_decide_nothing(String text) {
    trace.add(
        new Event.Fault(
            ++now,
            "cut",
            text,
            """
            {"type":"cut","who":"0002","way":"out"}"""));
    trace.add(new Event.Fault(++now, "network", text, "no JSON"));
    seconds(6);
    assertViolated(Invariant.LIVE_LEADER, "no replica led");
  }

  @Test
  void an_overloaded_machine_starts_a_new_stable_period() {
    for (int i = 0; i < 20; i++) {
      seconds(4);
      trace.add(i % 2 == 0 ? new Event.HarnessLate(++now, 60_000) : busy());
    }
    assertNoViolation(0);
  }

  private void othersOrReplicas(int others) {
    for (int i = 0; i < 4; i++) {
      seconds(2);
      List<Integer> used = List.of((200 - others) / 2, (200 - others) / 2, 0);
      trace.add(new Event.ProcessorUse(++now, 250_000, 2, 100, 200, 5, 5, List.of(A, B, C), used));
    }
  }

  @Test
  void load_of_other_processes_starts_a_new_stable_period() {
    othersOrReplicas(180);
    assertNoViolation(0);
  }

  @Test
  void replicas_that_use_them_up_themselves_must_have_a_leader_all_the_same() {
    othersOrReplicas(4);
    assertViolated(Invariant.LIVE_LEADER, "no replica led for 6.0 s");
  }

  @Test
  void but_they_may_take_longer() {
    slack = 2;
    othersOrReplicas(4);
    assertNoViolation(8);
  }

  @Test
  void and_not_for_ever() {
    slack = 2;
    seconds(3);
    othersOrReplicas(4);
    assertViolated(Invariant.LIVE_LEADER, "no replica led for 11.0 s");
  }

  private Event busy() {
    return new Event.MachineBusy(++now, 250_000, 90);
  }

  @Test
  void a_planned_loss_starts_a_new_stable_period() {
    for (int i = 0; i < 20; i++) {
      seconds(4);
      send(A, B, A);
      lose(DropReason.PLANNED);
    }
    assertNoViolation(0);
  }

  @Test
  void a_link_that_is_cut_without_a_recorded_fault_ends_all_judging() {
    send(A, B, B);
    lose(DropReason.PARTITION);
    seconds(60);
    assertNoViolation(0);
  }

  @Test
  void effects_of_a_corrupted_message_fail_no_replica() {
    send(A, B, B);
    trace.add(new Event.Corrupted(++now, number, "what?"));
    seconds(60);
    assertNoViolation(0);
  }

  @Test
  void a_cluster_whose_members_are_not_known_is_not_judged() {
    trace.add(Event.Requested.first(++now, CLIENT, "m", "remove", "0002", null, A, 1));
    seconds(60);
    assertNoViolation(0);
  }

  @Test
  void a_stable_period_that_is_too_short_is_not_counted() {
    leaderKnown(A);
    leadFor(A, List.of(B, C), 4);
    trace.add(new Event.Crashed(++now, C));
    leadFor(A, List.of(B), 4);
    assertNoViolation(0);
  }
}
