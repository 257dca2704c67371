package raftlab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import raftlab.scenario.Delay;
import raftlab.scenario.LinkConditions;
import raftlab.trace.Event.DropReason;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Losses and cuts, which messages they meet, and what is planned for single ones. */
class NetworkTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);
  private static final Id C = Id.of(2);
  private static final Id CLIENT = Id.of(0x13);
  private static final Message MESSAGE = Message.get(A, B, A, "m", "key");

  private static Network lossy(long seed, double loss) {
    return new Network(seed, List.of(A, B, C), LinkConditions.loss(loss));
  }

  private static DeliveryDecision decide(Network network, Id from, Id to) {
    return network.decide(from, to, MESSAGE, 0);
  }

  private static List<Boolean> deliveries(Network network, Id from, Id to, int count) {
    List<Boolean> deliveries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      deliveries.add(decide(network, from, to).isDelivered());
    }
    return deliveries;
  }

  @Test
  void a_whole_network_without_losses_delivers_everything() {
    assertThat(deliveries(lossy(1, 0), A, B, 1000)).doesNotContain(false);
  }

  @Test
  void the_given_share_of_messages_is_lost() {
    long lost =
        deliveries(lossy(7, 0.3), A, B, 100_000).stream().filter(arrives -> !arrives).count();
    assertThat(lost / 100_000.0).isCloseTo(0.3, within(0.006));
  }

  @Test
  void the_same_seed_loses_the_same_messages() {
    assertThat(deliveries(lossy(7, 0.5), A, B, 200))
        .isEqualTo(deliveries(lossy(7, 0.5), A, B, 200));
    assertThat(deliveries(lossy(7, 0.5), A, B, 200))
        .isNotEqualTo(deliveries(lossy(8, 0.5), A, B, 200));
  }

  @Test
  void what_one_link_loses_does_not_depend_on_the_traffic_of_another() {
    Network idle = lossy(7, 0.5);
    Network busy = lossy(7, 0.5);
    deliveries(busy, B, A, 321);
    deliveries(busy, A, C, 45);
    assertThat(deliveries(busy, A, B, 200)).isEqualTo(deliveries(idle, A, B, 200));
  }

  @Test
  void each_direction_of_a_link_has_losses_of_its_own() {
    Network network = lossy(7, 0.5);
    assertThat(deliveries(network, A, B, 200)).isNotEqualTo(deliveries(network, B, A, 200));
  }

  @Test
  void the_losses_are_one_draw_each_from_the_generator_of_the_link() {
    RandomGenerator generator = SeededGenerators.generator(7, "link", 0x0000_0001);
    List<Boolean> drawn = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      drawn.add(generator.nextDouble() >= 0.5);
    }
    assertThat(deliveries(lossy(7, 0.5), A, B, 200)).isEqualTo(drawn);
  }

  @Test
  void no_other_condition_changes_which_messages_are_lost() {
    LinkConditions all =
        new LinkConditions(
            0.5, Delay.uniform(1, 9_000), 0.3, 0.2, Delay.uniform(1, 9), 1_000_000_000, 0.1);
    Network network = new Network(7, List.of(A, B, C), all);
    assertThat(deliveries(network, A, B, 200)).isEqualTo(deliveries(lossy(7, 0.5), A, B, 200));
  }

  @Test
  void what_is_cut_off_is_not_drawn_for() {
    Network network = lossy(7, 0.5);
    network.topology(network.topology().partition(List.of(Set.of(A), Set.of(B, C))));
    assertThat(decide(network, A, B).dropReason()).isEqualTo(DropReason.PARTITION);
    network.topology(network.topology().heal());
    assertThat(deliveries(network, A, B, 200)).isEqualTo(deliveries(lossy(7, 0.5), A, B, 200));
  }

  @Test
  void a_link_with_conditions_of_its_own_keeps_them_until_all_are_set() {
    Network network = lossy(1, 0);
    network.conditions(A, B, LinkConditions.loss(1));
    assertThat(decide(network, A, B).dropReason()).isEqualTo(DropReason.LOSS);
    assertThat(decide(network, B, A).isDelivered()).isTrue();
    assertThat(network.conditions(A, B)).isEqualTo(LinkConditions.loss(1));
    network.conditions(LinkConditions.PERFECT);
    assertThat(decide(network, A, B).isDelivered()).isTrue();
  }

  @Test
  void clients_have_a_perfect_network_until_it_is_said_otherwise() {
    Network network = lossy(1, 1);
    assertThat(network.decideForClient(CLIENT, A, MESSAGE, 0)).isSameAs(DeliveryDecision.ARRIVES);
    network.clientConditions(LinkConditions.loss(1));
    network.conditions(LinkConditions.PERFECT);
    assertThat(network.decideForClient(A, CLIENT, MESSAGE, 0).dropReason())
        .isEqualTo(DropReason.LOSS);
    assertThat(decide(network, A, B)).isSameAs(DeliveryDecision.ARRIVES);
  }

  @Test
  void exactly_the_planned_message_of_a_link_is_lost() {
    Network network = lossy(1, 0);
    network.addScripted(ScriptedMessageEvent.lose(A, B, 3));
    deliveries(network, B, A, 5);
    assertThat(deliveries(network, A, B, 5)).containsExactly(true, true, false, true, true);
    Network again = lossy(1, 0);
    again.addScripted(ScriptedMessageEvent.lose(A, B, 1));
    assertThat(decide(again, A, B).dropReason()).isEqualTo(DropReason.PLANNED);
  }

  @Test
  void messages_that_are_cut_off_count_for_the_plan() {
    Network network = lossy(1, 0);
    network.addScripted(ScriptedMessageEvent.lose(A, B, 2));
    network.topology(network.topology().cut(List.of(A), List.of(B), false));
    decide(network, A, B);
    network.topology(network.topology().heal());
    assertThat(decide(network, A, B).dropReason()).isEqualTo(DropReason.PLANNED);
  }

  @Test
  void planned_delays_and_copies_come_on_top() {
    Network network = lossy(1, 0);
    network.addScripted(ScriptedMessageEvent.delay(A, B, 2, 700));
    network.addScripted(ScriptedMessageEvent.duplicate(A, B, 2, 300));
    network.conditions(LinkConditions.PERFECT.withDelay(Delay.constant(50)));
    assertThat(decide(network, A, B).delaysMicros()).containsExactly(50L);
    assertThat(decide(network, A, B).delaysMicros()).containsExactly(750L, 300L);
  }

  @Test
  void nothing_is_planned_once_messages_were_sent() {
    Network network = lossy(1, 0);
    decide(network, A, B);
    assertThatThrownBy(() -> network.addScripted(ScriptedMessageEvent.lose(A, B, 3)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("sent already");
  }

  static Stream<LinkConditions> unsound() {
    LinkConditions fine = LinkConditions.PERFECT;
    return Stream.of(
        fine.withLoss(1.01),
        fine.withLoss(Double.NaN),
        fine.withDelay(Delay.constant(-1)),
        fine.withDelay(Delay.uniform(2, 1)),
        new LinkConditions(0, Delay.NONE, -0.1, 0, Delay.NONE, 0, 0),
        new LinkConditions(0, Delay.NONE, 0, 2, Delay.NONE, 0, 0),
        new LinkConditions(0, Delay.NONE, 0, 0, Delay.constant(-1), 0, 0),
        new LinkConditions(0, Delay.NONE, 0, 0, Delay.NONE, -1, 0),
        new LinkConditions(0, Delay.NONE, 0, 0, Delay.NONE, 0, 3));
  }

  @ParameterizedTest
  @MethodSource("unsound")
  void conditions_out_of_bounds_are_refused(LinkConditions conditions) {
    Network network = lossy(1, 0);
    assertThatIllegalArgumentException().isThrownBy(() -> network.conditions(conditions));
    assertThatIllegalArgumentException().isThrownBy(() -> network.clientConditions(conditions));
    assertThatIllegalArgumentException().isThrownBy(() -> network.conditions(A, B, conditions));
  }

  @Test
  void a_plan_counts_from_one_and_delays_forwards() {
    assertThatIllegalArgumentException().isThrownBy(() -> ScriptedMessageEvent.lose(A, B, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> ScriptedMessageEvent.delay(A, B, 1, -1));
  }
}
