package raftlab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeQueueTest {
  private final TimeQueue<String> queue = new TimeQueue<>();

  private String poll(long micros) {
    return queue.pollUntil(micros).item();
  }

  @Test
  void items_come_by_time_and_then_in_the_order_in_which_they_were_added() {
    queue.add(5, "b");
    queue.add(5, "c");
    queue.add(3, "a");
    assertThat(queue.nextMicros()).isEqualTo(3);
    assertThat(poll(5)).isEqualTo("a");
    assertThat(poll(5)).isEqualTo("b");
    assertThat(poll(5)).isEqualTo("c");
    assertThat(queue.nextMicros()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void no_item_comes_before_its_time() {
    queue.add(5, "a");
    assertThat(queue.pollUntil(4)).isNull();
    assertThat(poll(5)).isEqualTo("a");
    assertThat(queue.pollUntil(Long.MAX_VALUE)).isNull();
  }

  @Test
  void an_entry_that_is_put_back_has_its_old_place() {
    queue.add(5, "a");
    queue.add(5, "b");
    queue.putBack(queue.pollUntil(5));
    assertThat(poll(5)).isEqualTo("a");
  }
}
