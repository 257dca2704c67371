package raftlab.run.findings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import raftlab.judge.check.Verdict.Status;

class FailureCauseTest {
  private static FailureCause of(Status status, Status ofVerdict, String text) {
    return FailureCause.of(
        TestOutcomes.outcome(1, status, TestOutcomes.verdict("check", ofVerdict, text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          replica 0001 exited unexpectedly | replica # exited unexpectedly
          a vote in term 7; 9 more such | a vote in term #
          a stale read; wrong answers about 1 more key | a stale read
          a stale read; wrong answers about 12 more keys | a stale read
          replica 0001 answered a get of a: b with "x: y", but | replica # answered a get of … with "…", but
          no order of these 3 operations explains all answers: a get of a with "b"; a put of b = "c: d" with ok: contradictory | no order of these # operations explains all answers: contradictory
          """)
  void figures_ids_values_and_how_many_more_are_left_out(String text, String plain) {
    assertThat(of(Status.FAIL, Status.FAIL, text).text()).isEqualTo(plain);
  }

  @Test
  void runs_with_one_likely_cause_belong_together_whatever_failed() {
    FailureCause one =
        FailureCause.of(
            TestOutcomes.outcome(1, Status.FAIL, TestOutcomes.verdict("a", Status.FAIL, "x"))
                .judgement(),
            "votes-twice");
    FailureCause other =
        FailureCause.of(
            TestOutcomes.outcome(1, Status.FAIL, TestOutcomes.verdict("b", Status.FAIL, "y"))
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
                TestOutcomes.verdict("first", Status.PASS, ""),
                TestOutcomes.verdict("second", Status.UNKNOWN, "gave up"),
                TestOutcomes.verdict("third", Status.FAIL, "wrong")));
    assertThat(cause.check()).isEqualTo("third");
  }
}
