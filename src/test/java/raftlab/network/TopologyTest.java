package raftlab.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import raftlab.wire.Id;

class TopologyTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);
  private static final Id C = Id.of(2);
  private static final Id D = Id.of(3);
  private static final Id E = Id.of(4);
  private static final List<Id> THREE = List.of(A, B, C);
  private static final List<Id> FIVE = List.of(A, B, C, D, E);

  private static Topology three() {
    return Topology.fullyConnected(THREE);
  }

  private static List<Id> ids(int count) {
    return IntStream.range(0, count).mapToObj(Id::of).toList();
  }

  @Test
  void a_partition_cuts_both_ways_until_it_is_healed() {
    Topology cut = three().partition(List.of(Set.of(A, B), Set.of(C)));
    assertThat(cut.connects(A, B)).isTrue();
    assertThat(cut.connects(A, C)).isFalse();
    assertThat(cut.connects(C, A)).isFalse();
    assertThat(cut.isInMajority(A, THREE)).isTrue();
    assertThat(cut.isInMajority(C, THREE)).isFalse();
    assertThat(cut.heal().isFullyConnected()).isTrue();
    assertThat(cut.heal().isInMajority(C, THREE)).isTrue();
  }

  @Test
  void the_groups_of_a_partition_are_shown_in_their_order() {
    Topology cut = three().partition(List.of(Set.of(C), Set.of(A, B)));
    assertThat(cut.groups()).containsExactly(Set.of(C), Set.of(A, B));
    assertThat(cut.heal().groups()).isEmpty();
  }

  @Test
  void a_replica_in_no_group_is_isolated() {
    Topology cut = three().partition(List.of(Set.of(A)));
    assertThat(cut.connects(B, C)).isFalse();
    assertThat(cut.connects(B, A)).isFalse();
    assertThat(cut.connects(B, B)).isTrue();
    assertThat(cut.groups()).containsExactly(Set.of(A), Set.of(B), Set.of(C));
  }

  @Test
  void a_newcomer_comes_to_the_side_of_its_neighbour() {
    assertThat(three().addReplica(D, A).isFullyConnected()).isTrue();
    Topology cut = three().partition(List.of(Set.of(A, B), Set.of(C))).addReplica(D, A);
    assertThat(cut.connectsBothWays(D, A)).isTrue();
    assertThat(cut.connectsBothWays(D, B)).isTrue();
    assertThat(cut.connects(D, C)).isFalse();
    assertThat(cut.connects(C, D)).isFalse();
  }

  @Test
  void a_newcomer_shares_what_is_cut_one_way_only() {
    Topology cut = three().cut(List.of(A), List.of(C), false).addReplica(D, A);
    assertThat(cut.connects(D, C)).isFalse();
    assertThat(cut.connects(C, D)).isTrue();
  }

  @Test
  void a_newcomer_without_a_neighbour_is_alone_where_the_network_is_cut() {
    Topology cut = three().partition(List.of(Set.of(A, B), Set.of(C))).addReplica(D, Id.BROADCAST);
    assertThat(cut.group(D)).containsExactly(D);
    assertThat(cut.group(A)).containsExactly(A, B);
  }

  @Test
  void the_majority_counts_members_only() {
    Topology cut = Topology.fullyConnected(FIVE).partition(List.of(Set.of(A, D, E), Set.of(B, C)));
    assertThat(cut.isInMajority(A, THREE)).isFalse();
    assertThat(cut.isInMajority(B, THREE)).isTrue();
  }

  @Test
  void a_cut_one_way_lets_messages_through_the_other_way() {
    Topology cut = three().cut(List.of(A), List.of(B, C), false);
    assertThat(cut.connects(A, B)).isFalse();
    assertThat(cut.connects(B, A)).isTrue();
    assertThat(cut.connects(B, C)).isTrue();
    assertThat(cut.isInMajority(A, THREE)).isFalse();
    assertThat(cut.isInMajority(B, THREE)).isTrue();
  }

  @Test
  void a_cut_both_ways_is_added_to_what_was_cut_before() {
    Topology cut = three().cut(List.of(A), List.of(B), true).cut(List.of(B), List.of(C), false);
    assertThat(cut.connects(A, B)).isFalse();
    assertThat(cut.connects(B, A)).isFalse();
    assertThat(cut.connects(B, C)).isFalse();
    assertThat(cut.connects(C, B)).isTrue();
    assertThat(cut.connects(A, C)).isTrue();
  }

  @Test
  void healing_some_replicas_leaves_the_links_between_others_cut() {
    Topology cut = three().partition(List.of(Set.of(A), Set.of(B), Set.of(C))).heal(List.of(A));
    assertThat(cut.group(A)).containsExactly(A, B, C);
    assertThat(cut.connects(B, C)).isFalse();
    assertThat(cut.heal(List.of(B)).isFullyConnected()).isTrue();
  }

  @Test
  void only_the_middle_of_a_bridge_reaches_both_sides() {
    Topology bridge = Topology.fullyConnected(FIVE).bridge(C, List.of(A, B));
    assertThat(bridge.group(A)).containsExactly(A, B, C);
    assertThat(bridge.group(C)).containsExactly(A, B, C, D, E);
    assertThat(bridge.group(E)).containsExactly(C, D, E);
    assertThat(FIVE).allMatch(id -> bridge.isInMajority(id, FIVE));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 9, 21})
  void in_a_ring_each_sees_a_majority_and_no_two_see_the_same(int count) {
    List<Id> order = new ArrayList<>(ids(count));
    Collections.shuffle(order, new Random(count));
    Topology ring = Topology.fullyConnected(order).ring(order);
    Set<Set<Id>> seen = new HashSet<>();
    for (Id id : order) {
      assertThat(ring.isInMajority(id, order)).isTrue();
      seen.add(ring.group(id));
    }
    assertThat(seen).hasSize(count);
    assertThat(ring.isFullyConnected()).isFalse();
  }

  @Test
  void a_ring_of_five_links_each_to_its_two_neighbours_in_the_given_order() {
    Topology ring = Topology.fullyConnected(FIVE).ring(List.of(A, C, E, B, D));
    assertThat(ring.group(A)).containsExactly(A, C, D);
    assertThat(ring.group(E)).containsExactly(B, C, E);
  }

  @Test
  void a_replica_not_named_in_a_ring_is_isolated() {
    Topology ring = Topology.fullyConnected(FIVE).ring(List.of(A, B, C, D));
    assertThat(ring.group(E)).containsExactly(E);
  }

  @Test
  void no_link_of_a_nonreplica_is_cut() {
    Topology cut = three().partition(List.of(Set.of(A), Set.of(B, C)));
    assertThat(cut.connects(Id.of(0x13), A)).isTrue();
    assertThat(cut.connects(A, Id.of(0x13))).isTrue();
  }
}
