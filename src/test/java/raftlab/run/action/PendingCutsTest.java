package raftlab.run.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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
import raftlab.scenario.Action.CutDirection;
import raftlab.scenario.ActionType;
import raftlab.scenario.TargetSelector;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;
import raftlab.workload.CourseClients;

/** Cuts and partitions that name a replica before it joins. */
class PendingCutsTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);
  private static final Id C = Id.of(2);
  private static final Id NEW = Id.of(3);

  private Lab lab;
  private ActionExecutor actions;

  @BeforeEach
  void open() {
    Trace trace =
        new Trace(
            new TraceHeader(
                "x", "", "sim", 1, List.of(), ScenarioRunner.replicas(3), CourseClients.ids(1)));
    lab = new Lab(new SimWorld(RaftNode::new), trace, 0, false);
    actions = new ActionExecutor(lab, new TargetResolver(lab), null);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private static TargetSelector these(Id... ids) {
    return FaultRecorder.selectorOf(List.of(ids));
  }

  private void play(ActionType type, TargetSelector who, long forMillis, Action.Detail detail) {
    Action action = new Action(type, who, 1, forMillis, "", detail);
    actions.play(action, TargetResolver.TriggerMessage.NONE, new Random(1));
  }

  private void cut(TargetSelector who, TargetSelector from, CutDirection direction) {
    play(ActionType.CUT, who, 0, new Action.Cut(from, direction));
  }

  private void partition(TargetSelector... groups) {
    play(ActionType.PARTITION, TargetSelector.NONE, 0, new Action.Groups(Arrays.asList(groups)));
  }

  private void heal(Id... who) {
    play(ActionType.HEAL, these(who), 0, new Action.Plain());
  }

  private void join() {
    lab.join(NEW);
  }

  private boolean connects(Id from, Id to) {
    return lab.links().topology().connects(from, to);
  }

  /** Whether exactly these can reach the new replica and be reached by it. */
  private void assertReaches(Id... ids) {
    for (Id other : List.of(A, B, C)) {
      boolean expected = List.of(ids).contains(other);
      assertThat(connects(NEW, other)).as("to %s", other).isEqualTo(expected);
      assertThat(connects(other, NEW)).as("from %s", other).isEqualTo(expected);
    }
  }

  private List<String> played() {
    return lab.trace().events().stream()
        .filter(Event.Fault.class::isInstance)
        .map(event -> ((Event.Fault) event).action())
        .toList();
  }

  @Test
  void a_replica_that_is_cut_off_before_it_joins_reaches_no_other() {
    cut(these(NEW), TargetSelector.NONE, CutDirection.BOTH);
    join();
    assertReaches();
    assertThat(connects(A, B)).isTrue();
  }

  @Test
  void a_cut_from_named_replicas_leaves_the_other_links() {
    cut(these(NEW), these(B), CutDirection.BOTH);
    join();
    assertReaches(A, C);
  }

  @Test
  void a_cut_from_a_replica_that_joins_later_keeps_its_direction() {
    cut(these(B), these(NEW), CutDirection.OUT);
    join();
    assertThat(connects(B, NEW)).isFalse();
    assertThat(connects(NEW, B)).isTrue();
  }

  @Test
  void a_replica_joins_the_group_of_a_partition_that_names_it() {
    partition(these(A, NEW), these(B, C));
    join();
    assertReaches(A);
  }

  @Test
  void a_cut_that_was_healed_before_a_replica_joins_does_not_apply() {
    cut(these(NEW), TargetSelector.NONE, CutDirection.BOTH);
    partition(these(A, NEW), these(B, C));
    heal();
    join();
    assertReaches(A, B, C);
  }

  @Test
  void the_links_of_one_replica_are_healed_before_it_joins() {
    cut(these(NEW), these(A, B), CutDirection.BOTH);
    heal(B);
    join();
    assertReaches(B, C);
  }

  @Test
  void a_cut_that_ended_before_a_replica_joins_does_not_apply() {
    play(ActionType.CUT, these(NEW), 10, new Action.Cut(TargetSelector.NONE, CutDirection.BOTH));
    lab.runUntil(10_500);
    join();
    assertReaches(A, B, C);
  }

  @Test
  void a_cut_ends_at_its_time_after_the_replica_has_joined() {
    play(ActionType.CUT, these(NEW), 10, new Action.Cut(TargetSelector.NONE, CutDirection.BOTH));
    join();
    assertReaches();
    lab.runUntil(10_500);
    assertReaches(A, B, C);
  }

  @Test
  void a_later_partition_replaces_a_cut() {
    cut(these(NEW), these(A), CutDirection.BOTH);
    partition(these(A, B, C, NEW));
    join();
    assertReaches(A, B, C);
  }

  @Test
  void a_cut_is_recorded_when_it_takes_effect() {
    cut(these(NEW), these(B), CutDirection.BOTH);
    assertThat(played()).containsExactly("");
    join();
    assertThat(played())
        .containsExactly(
            "",
            """
            {"type":"cut","who":"0003","from":"0001"}""");
  }
}
