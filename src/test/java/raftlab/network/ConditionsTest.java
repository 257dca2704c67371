package raftlab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import raftlab.scenario.Delay;
import raftlab.scenario.Delay.Shape;
import raftlab.scenario.LinkConditions;
import raftlab.trace.Event.DropReason;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** How delays are spread, how often things happen, and how messages queue, at fixed seeds. */
class ConditionsTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);
  private static final int COUNT = 50_000;
  private static final Message MESSAGE = Message.get(A, B, A, "m", "key");
  private static final int BYTES = MESSAGE.bytes().length;

  private static Network network(LinkConditions conditions) {
    return new Network(5, List.of(A, B), conditions);
  }

  private static List<DeliveryDecision> decisions(LinkConditions conditions, int count) {
    Network network = network(conditions);
    return IntStream.range(0, count).mapToObj(i -> network.decide(A, B, MESSAGE, 0)).toList();
  }

  private static long[] delays(Delay delay) {
    return decisions(LinkConditions.PERFECT.withDelay(delay), COUNT).stream()
        .mapToLong(decision -> decision.delaysMicros().get(0))
        .sorted()
        .toArray();
  }

  private static double mean(long[] values) {
    return IntStream.range(0, values.length).mapToLong(i -> values[i]).average().orElseThrow();
  }

  private static double shareAbove(long[] values, long bound) {
    return IntStream.range(0, values.length).filter(i -> values[i] > bound).count()
        / (double) values.length;
  }

  @Test
  void a_constant_delay_is_always_the_same() {
    assertThat(delays(Delay.constant(2_000))).containsOnly(2_000);
  }

  @Test
  void uniform_delays_are_spread_evenly_and_reach_both_bounds() {
    long[] delays = delays(Delay.uniform(10, 30));
    assertThat(delays[0]).isEqualTo(10);
    assertThat(delays[COUNT - 1]).isEqualTo(30);
    assertThat(mean(delays)).isCloseTo(20, within(0.1));
    assertThat(shareAbove(delays, 20)).isCloseTo(10 / 21.0, within(0.01));
  }

  @Test
  void exponential_delays_have_their_mean_and_their_tail() {
    long[] delays = delays(new Delay(Shape.EXPONENTIAL, 10_000, 10_000));
    assertThat(mean(delays)).isCloseTo(10_000, within(150.0));
    assertThat(shareAbove(delays, 30_000)).isCloseTo(Math.exp(-3), within(0.004));
  }

  @Test
  void a_long_tail_has_its_median_and_its_rare_late_ones() {
    long[] delays = delays(new Delay(Shape.LONG_TAIL, 10_000, 10_000));
    assertThat((double) delays[COUNT / 2]).isCloseTo(10_000, within(150.0));
    assertThat(shareAbove(delays, 100_000)).isCloseTo(0.0107, within(0.0015));
    assertThat(shareAbove(delays, 200_000)).isCloseTo(0.0014, within(0.0005));
  }

  @Test
  void delays_are_the_same_whether_messages_are_lost_or_doubled_or_not() {
    LinkConditions plain = LinkConditions.PERFECT.withDelay(Delay.uniform(1, 1_000_000));
    LinkConditions rough = new LinkConditions(0.5, plain.delay(), 0.5, 0, Delay.NONE, 0, 0.5);
    List<DeliveryDecision> expected = decisions(plain, 300);
    List<DeliveryDecision> found = decisions(rough, 300);
    for (int i = 0; i < 300; i++) {
      if (found.get(i).isDelivered()) {
        assertThat(found.get(i).delaysMicros().get(0))
            .isEqualTo(expected.get(i).delaysMicros().get(0));
      }
    }
    assertThat(found.stream().filter(DeliveryDecision::isDelivered).count()).isBetween(100L, 200L);
  }

  @Test
  void the_given_share_of_messages_is_duplicated_with_a_separate_delay_for_each_copy() {
    LinkConditions conditions =
        new LinkConditions(0, Delay.uniform(1, 1_000_000), 0.2, 0, Delay.NONE, 0, 0);
    List<DeliveryDecision> doubled =
        decisions(conditions, COUNT).stream()
            .filter(decision -> decision.delaysMicros().size() == 2)
            .toList();
    assertThat(doubled.size() / (double) COUNT).isCloseTo(0.2, within(0.006));
    assertThat(doubled)
        .noneMatch(
            decision -> decision.delaysMicros().get(0).equals(decision.delaysMicros().get(1)));
  }

  @Test
  void the_given_share_of_messages_is_held_back_in_addition_to_its_delay() {
    LinkConditions conditions =
        new LinkConditions(0, Delay.constant(5), 0, 0.1, Delay.constant(700), 0, 0);
    List<Long> delays =
        decisions(conditions, COUNT).stream()
            .map(decision -> decision.delaysMicros().get(0))
            .toList();
    assertThat(delays).containsOnly(5L, 705L);
    assertThat(delays.stream().filter(delay -> delay == 705).count() / (double) COUNT)
        .isCloseTo(0.1, within(0.005));
  }

  @Test
  void the_given_share_of_messages_is_corrupted_in_one_random_byte() {
    LinkConditions conditions = new LinkConditions(0, Delay.NONE, 0, 0, Delay.NONE, 0, 0.5);
    List<DeliveryDecision> changed =
        decisions(conditions, COUNT).stream().filter(decision -> decision.flip() != null).toList();
    assertThat(changed.size() / (double) COUNT).isCloseTo(0.5, within(0.01));
    assertThat(changed.stream().map(decision -> decision.flip().index()).distinct()).hasSize(BYTES);
    for (DeliveryDecision decision : changed.subList(0, 100)) {
      byte[] bytes = decision.flip().applyTo(MESSAGE.bytes());
      assertThat(IntStream.range(0, BYTES).filter(i -> bytes[i] != MESSAGE.bytes()[i]))
          .containsExactly(decision.flip().index());
    }
  }

  private static LinkConditions bandwidth(long bytesPerSecond) {
    return new LinkConditions(0, Delay.NONE, 0, 0, Delay.NONE, bytesPerSecond, 0);
  }

  @Test
  void messages_queue_behind_each_other_as_the_bandwidth_has_it() {
    Network network = network(bandwidth(BYTES * 1000L));
    assertThat(network.decide(A, B, MESSAGE, 0).delaysMicros()).containsExactly(1_000L);
    assertThat(network.decide(A, B, MESSAGE, 0).delaysMicros()).containsExactly(2_000L);
    assertThat(network.decide(B, A, MESSAGE, 0).delaysMicros()).containsExactly(1_000L);
    assertThat(network.decide(A, B, MESSAGE, 500).delaysMicros()).containsExactly(2_500L);
    assertThat(network.decide(A, B, MESSAGE, 10_000).delaysMicros()).containsExactly(1_000L);
  }

  @Test
  void what_would_wait_for_more_than_a_second_is_lost_until_the_queue_is_shorter() {
    Network network = network(bandwidth(BYTES * 10L));
    List<DropReason> reasons = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      reasons.add(network.decide(A, B, MESSAGE, 0).dropReason());
    }
    assertThat(reasons.subList(0, 11)).containsOnlyNulls();
    assertThat(reasons.subList(11, 13)).containsOnly(DropReason.QUEUE_FULL);
    assertThat(network.decide(A, B, MESSAGE, 100_000).delaysMicros()).containsExactly(1_100_000L);
  }

  @Test
  void a_message_larger_than_a_second_of_the_link_still_passes() {
    Network network = network(bandwidth(1));
    assertThat(network.decide(A, B, MESSAGE, 0).delaysMicros()).containsExactly(BYTES * 1_000_000L);
  }

  @Test
  void both_copies_of_a_message_have_waited_for_the_link_once() {
    Network network =
        network(new LinkConditions(0, Delay.NONE, 1, 0, Delay.NONE, BYTES * 1000L, 0));
    assertThat(network.decide(A, B, MESSAGE, 0).delaysMicros()).containsExactly(1_000L, 1_000L);
    assertThat(network.decide(A, B, MESSAGE, 0).delaysMicros()).containsExactly(2_000L, 2_000L);
  }
}
