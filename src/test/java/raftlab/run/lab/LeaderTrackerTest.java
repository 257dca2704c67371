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

  private void hear(Id named, Id... voices) {
    for (Id voice : voices) {
      leadership.leaderNamed(voice, named);
    }
    leadership.recount();
  }

  private void heartbeats(int times, Id from, Id... to) {
    for (int i = 0; i < times; i++) {
      hear(from, from);
      for (Id receiver : to) {
        leadership.messageDelivered(from, receiver);
      }
    }
    leadership.recount();
  }

  @Test
  void whom_most_members_name_leads() {
    hear(A, A);
    assertThat(leadership.leader()).isEmpty();
    hear(A, B);
    assertThat(leadership.leader()).contains(A);
  }

  @Test
  void one_that_came_back_leads_only_if_it_says_so_itself() {
    hear(A, A, B, C);
    leadership.replicaDied(A);
    hear(A, B, C);
    assertThat(leadership.leader()).isEmpty();
    hear(A, A);
    assertThat(leadership.leader()).contains(A);
  }

  @Test
  void a_replica_that_is_no_member_has_no_voice_but_may_be_about_to_lead() {
    population.join(NEW);
    hear(NEW, NEW, A);
    assertThat(leadership.leader()).isEmpty();
    hear(NEW, B);
    assertThat(leadership.leader()).contains(NEW);
  }

  @Test
  void whoever_was_removed_neither_leads_nor_has_a_voice() {
    hear(A, A, B, C);
    population.set(A, MembershipStatus.REMOVED);
    hear(A, A, B, C);
    assertThat(leadership.leader()).isEmpty();
    hear(B, B, C);
    assertThat(leadership.leader()).contains(B);
  }

  @Test
  void a_leader_is_known_though_its_followers_say_nothing() {
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
    hear(NONE, B, C);
    heartbeats(2, A, B, C);
    hear(NONE, B, C);
    assertThat(leadership.leader()).contains(A);
  }

  @Test
  void an_ok_to_a_client_shows_who_leads() {
    hear(A, A);
    assertThat(leadership.acknowledged(A)).isTrue();
    leadership.recount();
    assertThat(leadership.leader()).contains(A);
  }

  @Test
  void an_ok_of_a_replica_that_names_no_leader_or_another_shows_nothing() {
    hear(NONE, A);
    assertThat(leadership.acknowledged(A)).isFalse();
    hear(B, A);
    assertThat(leadership.acknowledged(A)).isFalse();
    assertThat(leadership.leader()).isEmpty();
  }

  @Test
  void a_later_claim_contradicts_an_earlier_one_until_either_is_confirmed() {
    heartbeats(2, A, B, C);
    hear(B, B);
    assertThat(leadership.leader()).isEmpty();
    heartbeats(2, B, A, C);
    assertThat(leadership.leader()).contains(B);
  }

  @Test
  void a_candidate_that_names_itself_and_is_not_elected_disturbs_only_for_a_while() {
    heartbeats(2, A, B, C);
    hear(B, B);
    leadership.messageDelivered(B, A);
    leadership.messageDelivered(B, C);
    heartbeats(2, A, B, C);
    assertThat(leadership.leader()).contains(A);
  }

  @Test
  void a_deposed_leader_that_goes_on_with_its_heartbeats_leads_no_more() {
    heartbeats(2, A, B, C);
    heartbeats(2, B, C);
    heartbeats(3, A, B, C);
    assertThat(leadership.leader()).contains(B);
  }

  @Test
  void what_a_replica_claims_that_is_cut_off_contradicts_nobody() {
    heartbeats(2, A, B, C);
    cutOff.add(C);
    hear(C, C);
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
    hear(A, A, B, C);
    hear(NONE, B, C);
    assertThat(leadership.leader()).contains(A);
  }

  @Test
  void a_silent_follower_follows_once_the_leader_has_reached_it_twice_since_it_named_another() {
    heartbeats(2, A, B);
    assertThat(leadership.follows(B, A)).isTrue();
    assertThat(leadership.follows(C, A)).isFalse();
    heartbeats(2, A, C);
    assertThat(leadership.follows(C, A)).isTrue();
    hear(C, C);
    assertThat(leadership.follows(C, A)).isFalse();
    leadership.linksChanged();
    assertThat(leadership.follows(B, A)).isFalse();
  }

  @Test
  void what_silent_followers_said_of_an_earlier_leader_does_not_bring_it_back() {
    hear(A, A, B, C);
    hear(B, B);
    heartbeats(2, B, A, C);
    assertThat(leadership.leader()).contains(B);
    leadership.replicaDied(B);
    leadership.recount();
    assertThat(leadership.leader()).isEmpty();
  }

  @Test
  void a_deposed_leader_that_fell_silent_does_not_lead_again_when_its_successor_dies() {
    heartbeats(2, A, B, C);
    heartbeats(2, B, A, C);
    leadership.replicaDied(B);
    cutOff.add(B);
    cutOff.add(C);
    leadership.recount();
    assertThat(leadership.leader()).isEmpty();
  }
}
