package raftlab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import raftlab.trace.Event.Reason;
import raftlab.wire.Id;

class NetworkTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);
  private static final Id C = Id.of(2);

  private static List<Boolean> fates(Network network, Id from, Id to, int count) {
    List<Boolean> fates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      fates.add(network.fate(from, to).arrives());
    }
    return fates;
  }

  @Test
  void a_whole_network_without_losses_delivers_everything() {
    assertThat(fates(new Network(1, 0), A, B, 1000)).doesNotContain(false);
  }

  @Test
  void so_many_messages_are_lost_as_was_asked_for() {
    long lost =
        fates(new Network(7, 0.3), A, B, 100_000).stream().filter(arrives -> !arrives).count();
    assertThat(lost / 100_000.0).isCloseTo(0.3, within(0.006));
  }

  @Test
  void the_same_seed_loses_the_same_messages() {
    assertThat(fates(new Network(7, 0.5), A, B, 200))
        .isEqualTo(fates(new Network(7, 0.5), A, B, 200));
    assertThat(fates(new Network(7, 0.5), A, B, 200))
        .isNotEqualTo(fates(new Network(8, 0.5), A, B, 200));
  }

  @Test
  void what_one_link_loses_does_not_depend_on_the_traffic_of_another() {
    Network quiet = new Network(7, 0.5);
    Network busy = new Network(7, 0.5);
    fates(busy, B, A, 321);
    fates(busy, A, C, 45);
    assertThat(fates(busy, A, B, 200)).isEqualTo(fates(quiet, A, B, 200));
  }

  @Test
  void each_direction_of_a_link_has_losses_of_its_own() {
    Network network = new Network(7, 0.5);
    assertThat(fates(network, A, B, 200)).isNotEqualTo(fates(network, B, A, 200));
  }

  @Test
  void a_partition_cuts_both_ways_until_it_is_healed() {
    Network network = new Network(1, 0);
    network.partition(List.of(Set.of(A, B), Set.of(C)));
    assertThat(network.fate(A, B).arrives()).isTrue();
    assertThat(network.fate(A, C).lost()).isEqualTo(Reason.PARTITION);
    assertThat(network.fate(C, A).lost()).isEqualTo(Reason.PARTITION);
    assertThat(network.inMajority(A, List.of(A, B, C))).isTrue();
    assertThat(network.inMajority(C, List.of(A, B, C))).isFalse();
    network.heal();
    assertThat(network.fate(A, C).arrives()).isTrue();
    assertThat(network.inMajority(C, List.of(A, B, C))).isTrue();
  }

  @Test
  void whoever_is_in_no_group_is_alone() {
    Network network = new Network(1, 0);
    network.partition(List.of(Set.of(A)));
    assertThat(network.connected(B, C)).isFalse();
    assertThat(network.connected(B, A)).isFalse();
    assertThat(network.connected(B, B)).isTrue();
  }

  @Test
  void a_newcomer_comes_to_the_side_of_its_neighbour() {
    Id newcomer = Id.of(3);
    Network network = new Network(1, 0);
    network.place(newcomer, A);
    assertThat(network.groups()).isEmpty();
    network.partition(List.of(Set.of(A, B), Set.of(C)));
    network.place(newcomer, A);
    assertThat(network.connected(newcomer, B)).isTrue();
    assertThat(network.connected(newcomer, C)).isFalse();
  }

  @Test
  void the_majority_is_one_of_members_whoever_else_is_there() {
    Id outsider = Id.of(3);
    Network network = new Network(1, 0);
    network.partition(List.of(Set.of(A, outsider), Set.of(B, C)));
    assertThat(network.inMajority(A, List.of(A, B, C))).isFalse();
    assertThat(network.inMajority(B, List.of(A, B, C))).isTrue();
  }
}
