package raftlab.run.findings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.invariant.CheckName;

class FailureCauseTest {
  private static FailureCause of(Status status, Status ofVerdict, String text) {
    return FailureCause.of(
        TestOutcomes.outcome(1, status, TestOutcomes.verdict(CheckName.LIMITS, ofVerdict, text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          replica 0001 exited unexpectedly | replica # exited unexpectedly
          a vote in term 7 of replicas 0001, 0002 and 0003 | a vote in term # of replicas #
          committed so far: {0000=1, 0001=2} | committed so far: …
          replica 0001 answered "x: y", but | replica # answered "…", but
          """)
  void figures_ids_quotes_and_lists_are_masked(String text, String plain) {
    assertThat(of(Status.FAIL, Status.FAIL, text).text()).isEqualTo(plain);
  }

  @Test
  void runs_with_the_same_likely_cause_are_one_group() {
    FailureCause one =
        FailureCause.of(
            TestOutcomes.outcome(
                    1, Status.FAIL, TestOutcomes.verdict(CheckName.STEPS, Status.FAIL, "x"))
                .judgement(),
            "votes-twice");
    FailureCause other =
        FailureCause.of(
            TestOutcomes.outcome(
                    1, Status.FAIL, TestOutcomes.verdict(CheckName.LIMITS, Status.FAIL, "y"))
                .judgement(),
            "votes-twice");
    assertThat(one.key()).isEqualTo(other.key());
  }

  @Test
  void a_failure_and_an_unknown_in_the_same_words_are_two_causes() {
    FailureCause failed = of(Status.FAIL, Status.FAIL, "late");
    FailureCause unknown = of(Status.UNKNOWN, Status.UNKNOWN, "late");
    assertThat(failed.key()).isNotEqualTo(unknown.key());
  }

  @Test
  void a_failure_that_load_excuses_says_so() {
    assertThat(of(Status.UNKNOWN, Status.FAIL, "late").text())
        .isEqualTo("the machine was overloaded: late");
  }

  @Test
  void what_failed_comes_before_what_is_unknown() {
    FailureCause cause =
        FailureCause.of(
            TestOutcomes.outcome(
                1,
                Status.FAIL,
                TestOutcomes.verdict(CheckName.DIED, Status.PASS, ""),
                TestOutcomes.verdict(CheckName.STEPS, Status.UNKNOWN, "gave up"),
                TestOutcomes.verdict(CheckName.LIMITS, Status.FAIL, "wrong")));
    assertThat(cause.check()).contains(CheckName.LIMITS);
  }
}
