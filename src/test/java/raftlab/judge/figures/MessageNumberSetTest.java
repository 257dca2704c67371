package raftlab.judge.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MessageNumberSetTest {
  @Test
  void any_number_may_be_in_the_set() {
    MessageNumberSet numbers = new MessageNumberSet();
    List<Long> in = List.of(0L, 70L, (1L << 24) - 1, 1L << 24, Long.MAX_VALUE, -1L);
    for (long number : in) {
      numbers.add(number);
    }
    assertThat(in).allMatch(numbers::contains);
    assertThat(List.of(1L, 69L, (1L << 24) + 1, -2L)).noneMatch(numbers::contains);
  }
}
