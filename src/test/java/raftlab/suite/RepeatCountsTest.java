package raftlab.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.findings.TestOutcomes;

class RepeatCountsTest {
  private static RepeatCounts of(Status... statuses) {
    return RepeatCounts.of(
        List.of(statuses).stream().map(status -> TestOutcomes.outcome(1, status)).toList());
  }

  @Test
  void passes_and_failures_together_are_a_flake() {
    assertThat(of(Status.PASS, Status.FAIL).isFlaky()).isTrue();
    assertThat(of(Status.FAIL, Status.FAIL).isFlaky()).isFalse();
    assertThat(of(Status.PASS, Status.UNKNOWN).isFlaky()).isFalse();
  }

  @Test
  void an_unknown_is_no_pass() {
    RepeatCounts repeats = of(Status.PASS, Status.UNKNOWN, Status.PASS, Status.PASS);
    assertThat(repeats.rate()).isEqualTo(new PassRate(3, 4));
    assertThat(repeats.status()).isEqualTo(Status.UNKNOWN);
  }
}
