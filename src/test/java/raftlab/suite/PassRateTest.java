package raftlab.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PassRateTest {
  @Test
  void the_interval_is_wilsons() {
    // Figures of Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    assertThat(new PassRate(81, 263).low()).isCloseTo(0.2553, within(0.0001));
    assertThat(new PassRate(81, 263).high()).isCloseTo(0.3662, within(0.0001));
    assertThat(new PassRate(15, 148).low()).isCloseTo(0.0624, within(0.0001));
    assertThat(new PassRate(15, 148).high()).isCloseTo(0.1605, within(0.0001));
    assertThat(new PassRate(0, 20).low()).isZero();
    assertThat(new PassRate(0, 20).high()).isCloseTo(0.1611, within(0.0001));
  }

  @Test
  void without_runs_nothing_is_known() {
    assertThat(new PassRate(0, 0).low()).isZero();
    assertThat(new PassRate(0, 0).high()).isEqualTo(1);
  }
}
