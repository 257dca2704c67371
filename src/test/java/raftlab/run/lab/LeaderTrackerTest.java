package raftlab.run.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import raftlab.run.ScenarioRunner;
import raftlab.wire.Id;

class LeaderTrackerTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);
  private static final Id C = Id.of(2);
  private static final Id NEW = Id.of(3);
  private static final Id NONE = Id.BROADCAST;

  private final Set<Id> cutOff = new HashSet<>();
  private final ReplicaStates population = new ReplicaStates(ScenarioRunner.replicas(3));
  private final LeaderTracker leadership =
      new LeaderTracker(population, replica -> !cutOff.contains(replica));

  private void receive(Id named, Id... senders) {
    for (Id voice : senders) {
      leadership.leaderNamed(voice, named);
    }
    leadership.recount();
  }

  private void heartbeats(int times, Id from, Id... to) {
    for (int i = 0; i < times; i++) {
      receive(from, from);
      for (Id receiver : to) {
        leadership.messageDelivered(from, receiver);
      }
    }
    leadership.recount();
  }

  @Test
  void the_replica_that_most_members_name_leads() {
    receive(A, A);
    assertThat(leadership.leader()).isEmpty();
    receive(A, B);
    assertThat(leadership.leader()).contains(A);
  }

  @Test
  void one_that_came_back_leads_only_if_it_says_so_itself() {
    receive(A, A, B, C);
    leadership.replicaCrashed(A);
    receive(A, B, C);
    assertThat(leadership.leader()).isEmpty();
    receive(A, A);
    assertThat(leadership.leader()).contains(A);
  }

  @Test
  void a_nonmember_does_not_count_but_may_be_about_to_lead() {
    population.join(NEW);
    receive(NEW, NEW, A);
    assertThat(leadership.leader()).isEmpty();
    receive(NEW, B);
    assertThat(leadership.leader()).contains(NEW);
  }

  @Test
  void a_removed_replica_neither_leads_nor_counts() {
    receive(A, A, B, C);
    population.set(A, MembershipStatus.REMOVED);
    receive(A, A, B, C);
    assertThat(leadership.leader()).isEmpty();
    receive(B, B, C);
    assertThat(leadership.leader()).contains(B);
  }

  @Test
  void a_leader_is_known_although_its_followers_send_nothing() {
    heartbeats(1, A, B, C);
    assertThat(leadership.leader()).isEmpty();
    heartbeats(1, A, B, C);
    assertThat(leadership.leader()).contains(A);
  }

  @Test
  void heartbeats_that_reach_no_majority_make_no_leader() {
    ReplicaStates five = new ReplicaStates(ScenarioRunner.replicas(5));
    LeaderTracker of5 = new LeaderTracker(five, replica -> true);
    for (int i = 0; i < 10; i++) {
      of5.leaderNamed(A, A);
      of5.messageDelivered(A, B);
    }
    of5.recount();
    assertThat(of5.leader()).isEmpty();
  }

  @Test
  void followers_that_name_no_leader_contradict_nothing() {
    receive(NONE, B, C);
    heartbeats(2, A, B, C);
    receive(NONE, B, C);
    assertThat(leadership.leader()).contains(A);
  }

  @Test
  void an_ok_to_a_client_shows_who_leads() {
    receive(A, A);
    assertThat(leadership.acknowledged(A)).isTrue();
    leadership.recount();
    assertThat(leadership.leader()).contains(A);
  }

  @Test
  void an_ok_of_a_replica_that_names_no_leader_or_another_shows_nothing() {
    receive(NONE, A);
    assertThat(leadership.acknowledged(A)).isFalse();
    receive(B, A);
    assertThat(leadership.acknowledged(A)).isFalse();
    assertThat(leadership.leader()).isEmpty();
  }

  @Test
  void a_later_claim_contradicts_an_earlier_one_until_either_is_confirmed() {
    heartbeats(2, A, B, C);
    receive(B, B);
    assertThat(leadership.leader()).isEmpty();
    heartbeats(2, B, A, C);
    assertThat(leadership.leader()).contains(B);
  }

  @Test
  void a_candidate_that_names_itself_and_is_not_elected_disturbs_only_for_a_while() {
    heartbeats(2, A, B, C);
    receive(B, B);
    leadership.messageDelivered(B, A);
    leadership.messageDelivered(B, C);
    heartbeats(2, A, B, C);
    assertThat(leadership.leader()).contains(A);
  }

  @Test
  void a_deposed_leader_that_still_sends_heartbeats_is_not_the_leader() {
    heartbeats(2, A, B, C);
    heartbeats(2, B, C);
    heartbeats(3, A, B, C);
    assertThat(leadership.leader()).contains(B);
  }

  @Test
  void claims_of_a_replica_that_is_cut_off_contradict_no_leader() {
    heartbeats(2, A, B, C);
    cutOff.add(C);
    receive(C, C);
    assertThat(leadership.leader()).contains(A);
  }

  @Test
  void a_leader_that_is_cut_off_is_known_again_if_no_other_claimed_meanwhile() {
    heartbeats(2, A, B, C);
    cutOff.add(A);
    leadership.recount();
    assertThat(leadership.leader()).isEmpty();
    cutOff.clear();
    leadership.recount();
    assertThat(leadership.leader()).contains(A);
  }

  @Test
  void followers_that_name_the_leader_to_clients_alone_contradict_nothing() {
    receive(A, A, B, C);
    receive(NONE, B, C);
    assertThat(leadership.leader()).contains(A);
  }

  @Test
  void
      a_follower_that_sends_nothing_follows_once_the_leader_has_reached_it_twice_since_it_named_another() {
    heartbeats(2, A, B);
    assertThat(leadership.follows(B, A)).isTrue();
    assertThat(leadership.follows(C, A)).isFalse();
    heartbeats(2, A, C);
    assertThat(leadership.follows(C, A)).isTrue();
    receive(C, C);
    assertThat(leadership.follows(C, A)).isFalse();
    leadership.linksChanged();
    assertThat(leadership.follows(B, A)).isFalse();
  }

  @Test
  void what_followers_sent_about_an_earlier_leader_does_not_bring_it_back() {
    receive(A, A, B, C);
    receive(B, B);
    heartbeats(2, B, A, C);
    assertThat(leadership.leader()).contains(B);
    leadership.replicaCrashed(B);
    leadership.recount();
    assertThat(leadership.leader()).isEmpty();
  }

  @Test
  void a_deposed_leader_that_sends_nothing_does_not_lead_again_when_its_successor_crashes() {
    heartbeats(2, A, B, C);
    heartbeats(2, B, A, C);
    leadership.replicaCrashed(B);
    cutOff.add(B);
    cutOff.add(C);
    leadership.recount();
    assertThat(leadership.leader()).isEmpty();
  }

  @Test
  void the_only_member_leads_without_a_claim() {
    population.set(B, MembershipStatus.REMOVED);
    population.set(C, MembershipStatus.REMOVED);
    leadership.replicaCrashed(A);
    receive(NONE, A);
    assertThat(leadership.leader()).contains(A);
  }

  @Test
  void the_only_member_does_not_lead_while_it_is_down_or_another_leads() {
    population.set(B, MembershipStatus.REMOVED);
    population.set(C, MembershipStatus.REMOVED);
    population.join(NEW);
    receive(NEW, NEW, A);
    assertThat(leadership.leader()).contains(NEW);
    leadership.replicaCrashed(NEW);
    cutOff.add(A);
    receive(NONE, A);
    assertThat(leadership.leader()).isEmpty();
  }
}
