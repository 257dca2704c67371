package raftlab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import raftlab.cluster.sim.SimWorld;
import raftlab.raft.RaftNode;
import raftlab.scenario.Action;
import raftlab.scenario.ActionType;
import raftlab.scenario.Conditions;
import raftlab.scenario.Delay;
import raftlab.scenario.Who;
import raftlab.trace.Header;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.workload.Clients;

/** What becomes of conditions that are set for a while. */
class LinkActionsTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);
  private static final Conditions USUAL = Conditions.loss(0.01);
  private static final Conditions OWN = Conditions.loss(0.2);

  private Lab lab;
  private Actions actions;

  @BeforeEach
  void open() {
    Trace trace =
        new Trace(new Header("x", "", "sim", 1, List.of(), Run.replicas(3), Clients.ids(1)));
    lab = new Lab(new SimWorld(RaftNode::new), trace, 0.01, false);
    actions = new Actions(lab, new Chooser(lab), null);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private void play(ActionType type, List<Id> who, long forMillis, Action.Detail detail) {
    Action action = new Action(type, Account.who(who), 1, forMillis, "", detail);
    actions.play(action, Chooser.At.NOTHING, new Random(1));
  }

  private void set(Id from, Id to, long forMillis, Conditions conditions) {
    Action.Links links = new Action.Links(Account.who(List.of(to)), false, conditions);
    play(ActionType.NETWORK, List.of(from), forMillis, links);
  }

  private void slow(Id replica, long forMillis, Delay by) {
    play(ActionType.SLOW, List.of(replica), forMillis, new Action.Slow(by));
  }

  private Conditions link(Id from, Id to) {
    return lab.links().network().conditions(from, to);
  }

  private void afterMillis(long millis) {
    lab.playUntil(millis * 1000 + 500);
  }

  @Test
  void the_undo_of_conditions_gives_a_link_back_what_it_had() {
    set(A, B, 0, OWN);
    set(A, B, 10, Conditions.loss(0.5));
    assertThat(link(A, B)).isEqualTo(Conditions.loss(0.5));
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
  void a_link_without_conditions_of_its_own_follows_the_others_after_an_undo() {
    set(A, B, 10, OWN);
    afterMillis(10);
    lab.links().network().setDrops(0.3);
    assertThat(link(A, B)).isEqualTo(Conditions.loss(0.3));
  }

  @Test
  void of_two_actions_that_overlap_each_ends_at_its_time() {
    set(A, B, 10, Conditions.loss(0.5));
    set(A, B, 20, Conditions.loss(0.6));
    afterMillis(10);
    assertThat(link(A, B)).isEqualTo(Conditions.loss(0.6));
    afterMillis(20);
    assertThat(link(A, B)).isEqualTo(USUAL);
  }

  @Test
  void conditions_that_stay_outlast_the_undo_of_earlier_ones() {
    set(A, B, 10, Conditions.loss(0.5));
    set(A, B, 0, OWN);
    afterMillis(10);
    assertThat(link(A, B)).isEqualTo(OWN);
  }

  @Test
  void of_two_actions_on_all_links_each_ends_at_its_time() {
    Conditions first = Conditions.loss(0.5);
    Conditions second = Conditions.loss(0.6);
    play(ActionType.NETWORK, List.of(), 10, new Action.Links(Who.NOBODY, false, first));
    play(ActionType.NETWORK, List.of(), 20, new Action.Links(Who.NOBODY, false, second));
    afterMillis(10);
    assertThat(link(A, B)).isEqualTo(second);
    afterMillis(20);
    assertThat(link(A, B)).isEqualTo(USUAL);
  }
}
