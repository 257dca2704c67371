package raftlab.run.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import raftlab.cluster.sim.SimWorld;
import raftlab.raft.RaftNode;
import raftlab.run.ScenarioRunner;
import raftlab.run.lab.Lab;
import raftlab.scenario.Action;
import raftlab.scenario.ActionType;
import raftlab.scenario.Delay;
import raftlab.scenario.LinkConditions;
import raftlab.scenario.TargetSelector;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;
import raftlab.workload.CourseClients;

/** What becomes of conditions that are set for a while. */
class LinkActionsTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);
  private static final Id NEW = Id.of(3);
  private static final LinkConditions USUAL = LinkConditions.loss(0.01);
  private static final LinkConditions OWN = LinkConditions.loss(0.2);

  private Lab lab;
  private ActionExecutor actions;

  @BeforeEach
  void open() {
    Trace trace =
        new Trace(
            new TraceHeader(
                "x", "", "sim", 1, List.of(), ScenarioRunner.replicas(3), CourseClients.ids(1)));
    lab = new Lab(new SimWorld(RaftNode::new), trace, 0.01, false);
    actions = new ActionExecutor(lab, new TargetResolver(lab), null);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private void play(ActionType type, List<Id> who, long forMillis, Action.Detail detail) {
    Action action = new Action(type, FaultRecorder.selectorOf(who), 1, forMillis, "", detail);
    actions.play(action, TargetResolver.TriggerMessage.NONE, new Random(1));
  }

  private void set(Id from, Id to, long forMillis, LinkConditions conditions) {
    Action.Links links = new Action.Links(FaultRecorder.selectorOf(List.of(to)), false, conditions);
    play(ActionType.NETWORK, List.of(from), forMillis, links);
  }

  private void slow(Id replica, long forMillis, Delay by) {
    play(ActionType.SLOW, List.of(replica), forMillis, new Action.Slow(by));
  }

  private LinkConditions link(Id from, Id to) {
    return lab.links().network().conditions(from, to);
  }

  private void afterMillis(long millis) {
    lab.runUntil(millis * 1000 + 500);
  }

  @Test
  void the_undo_of_conditions_gives_a_link_back_what_it_had() {
    set(A, B, 0, OWN);
    set(A, B, 10, LinkConditions.loss(0.5));
    assertThat(link(A, B)).isEqualTo(LinkConditions.loss(0.5));
    afterMillis(10);
    assertThat(link(A, B)).isEqualTo(OWN);
  }

  @Test
  void the_undo_of_slow_gives_a_link_back_what_it_had() {
    set(A, B, 0, OWN);
    slow(B, 10, Delay.constant(7));
    assertThat(link(A, B).delay()).isEqualTo(Delay.constant(7));
    afterMillis(10);
    assertThat(link(A, B)).isEqualTo(OWN);
    assertThat(link(Id.of(2), B)).isEqualTo(USUAL);
  }

  @Test
  void an_undo_leaves_a_link_without_own_conditions_that_had_none() {
    set(A, B, 10, OWN);
    afterMillis(10);
    assertThat(lab.links().network().ownConditions(A, B)).isNull();
  }

  @Test
  void of_two_actions_that_overlap_each_ends_at_its_time() {
    set(A, B, 10, LinkConditions.loss(0.5));
    set(A, B, 20, LinkConditions.loss(0.6));
    afterMillis(10);
    assertThat(link(A, B)).isEqualTo(LinkConditions.loss(0.6));
    afterMillis(20);
    assertThat(link(A, B)).isEqualTo(USUAL);
  }

  @Test
  void conditions_that_stay_outlast_the_undo_of_earlier_ones() {
    set(A, B, 10, LinkConditions.loss(0.5));
    set(A, B, 0, OWN);
    afterMillis(10);
    assertThat(link(A, B)).isEqualTo(OWN);
  }

  @Test
  void of_two_actions_on_all_links_each_ends_at_its_time() {
    LinkConditions first = LinkConditions.loss(0.5);
    LinkConditions second = LinkConditions.loss(0.6);
    play(ActionType.NETWORK, List.of(), 10, new Action.Links(TargetSelector.NONE, false, first));
    play(ActionType.NETWORK, List.of(), 20, new Action.Links(TargetSelector.NONE, false, second));
    afterMillis(10);
    assertThat(link(A, B)).isEqualTo(second);
    afterMillis(20);
    assertThat(link(A, B)).isEqualTo(USUAL);
  }

  private void join() {
    lab.join(NEW);
  }

  private List<Event.Fault> faults() {
    return lab.trace().events().stream()
        .filter(Event.Fault.class::isInstance)
        .map(Event.Fault.class::cast)
        .toList();
  }

  private void set(TargetSelector from, TargetSelector to, long forMillis, LinkConditions what) {
    Action action =
        new Action(ActionType.NETWORK, from, 1, forMillis, "", new Action.Links(to, false, what));
    actions.play(action, TargetResolver.TriggerMessage.NONE, new Random(1));
  }

  @Test
  void conditions_of_links_to_a_replica_that_joins_later_apply_when_it_joins() {
    set(A, NEW, 0, OWN);
    set(NEW, B, 0, OWN);
    join();
    assertThat(link(A, NEW)).isEqualTo(OWN);
    assertThat(link(NEW, B)).isEqualTo(OWN);
    assertThat(link(NEW, A)).isEqualTo(USUAL);
    assertThat(link(A, B)).isEqualTo(USUAL);
  }

  @Test
  void conditions_of_links_to_all_others_apply_to_a_replica_that_joins_later() {
    set(TargetSelector.of(A), TargetSelector.NONE, 0, OWN);
    join();
    assertThat(link(A, NEW)).isEqualTo(OWN);
    assertThat(link(NEW, A)).isEqualTo(USUAL);
  }

  @Test
  void a_replica_that_joins_later_can_be_slow_from_the_start() {
    slow(NEW, 0, Delay.constant(7));
    slow(B, 0, Delay.constant(9));
    join();
    assertThat(link(A, NEW).delay()).isEqualTo(Delay.constant(7));
    assertThat(link(NEW, B).delay()).isEqualTo(Delay.constant(9));
    assertThat(link(NEW, A)).isEqualTo(USUAL);
  }

  @Test
  void conditions_of_a_replica_that_joined_end_at_their_time() {
    set(A, NEW, 20, OWN);
    afterMillis(10);
    join();
    assertThat(link(A, NEW)).isEqualTo(OWN);
    afterMillis(20);
    assertThat(link(A, NEW)).isEqualTo(USUAL);
  }

  @Test
  void conditions_that_ended_before_a_replica_joins_do_not_apply() {
    set(A, NEW, 10, OWN);
    set(TargetSelector.of(A), TargetSelector.NONE, 10, OWN);
    afterMillis(10);
    join();
    assertThat(link(A, NEW)).isEqualTo(USUAL);
  }

  @Test
  void the_last_conditions_before_a_replica_joins_apply() {
    set(TargetSelector.of(A), TargetSelector.NONE, 0, LinkConditions.loss(0.5));
    set(A, NEW, 0, OWN);
    join();
    assertThat(link(A, NEW)).isEqualTo(OWN);
  }

  @Test
  void conditions_of_all_links_replace_those_of_a_replica_that_joins_later() {
    set(A, NEW, 0, OWN);
    set(TargetSelector.NONE, TargetSelector.NONE, 0, LinkConditions.loss(0.3));
    join();
    assertThat(link(A, NEW)).isEqualTo(LinkConditions.loss(0.3));
  }

  @Test
  void an_action_on_links_that_do_not_exist_yet_is_recorded_when_they_do() {
    set(A, NEW, 0, OWN);
    assertThat(faults()).extracting(Event.Fault::action).containsExactly("");
    join();
    assertThat(faults().get(1).action())
        .isEqualTo(
            """
            {"type":"network","from":"0000","to":"0003","loss":0.2}""");
  }

  @Test
  void a_replica_that_joins_has_no_link_to_itself_in_the_record() {
    set(TargetSelector.NONE, TargetSelector.of(NEW), 0, OWN);
    join();
    assertThat(faults())
        .extracting(Event.Fault::action)
        .containsExactly(
            "",
            """
            {"type":"network","from":["0000","0001","0002"],"to":"0003","loss":0.2}""");
  }
}
