package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TimeLimitTest {
  @Test
  void the_command_is_stopped_after_the_time() throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    try (TimeLimit limit = TimeLimit.of(1, stopped::countDown)) {
      assertThat(stopped.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void without_a_limit_nothing_is_stopped() {
    AtomicBoolean stopped = new AtomicBoolean();
    try (TimeLimit limit = TimeLimit.of(null, () -> stopped.set(true))) {
      assertThat(stopped).isFalse();
    }
  }
}
