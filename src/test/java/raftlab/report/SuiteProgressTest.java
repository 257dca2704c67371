package raftlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.SmallScenario;
import raftlab.run.findings.TestOutcomes;
import raftlab.suite.SuiteRunner.Task;

class SuiteProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final SuiteProgress progress =
      new SuiteProgress(
          new PrintStream(bytes, true, StandardCharsets.UTF_8), new TerminalStyle(true), 1, 3);

  private static Task task(int repetition) {
    return new Task(SmallScenario.with(""), repetition, repetition);
  }

  private String last() {
    String all = bytes.toString(StandardCharsets.UTF_8);
    return all.substring(all.lastIndexOf('\r'));
  }

  private void end(Task task, Status status) {
    progress.began(task);
    progress.ended(task, TestOutcomes.outcome(task.seed(), status));
  }

  @Test
  void it_counts_what_came_of_runs_and_says_how_long_it_will_take() {
    end(task(0), Status.PASS);
    end(task(1), Status.FAIL);
    assertThat(last()).contains("2 of 3 done: 1 passed, 1 failed; ", " s, about ", " left");
    progress.began(task(2));
    assertThat(last()).contains("; playing small");
  }

  @Test
  void a_run_that_is_played_once_more_counts_once() {
    Task task = task(0);
    end(task, Status.UNKNOWN);
    assertThat(last()).contains("1 of 3 done: 0 passed, 0 failed, 1 unknown");
    end(task, Status.PASS);
    assertThat(last()).contains("1 of 3 done: 1 passed, 0 failed;");
  }

  private SuiteProgress plain(int scenarios, int repeat) {
    return new SuiteProgress(
        new PrintStream(bytes, true, StandardCharsets.UTF_8),
        new TerminalStyle(false),
        scenarios,
        repeat);
  }

  @Test
  void in_a_file_each_scenario_has_a_short_line_as_it_ends() {
    SuiteProgress plain = plain(2, 1);
    Task task = task(0);
    plain.began(task);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEmpty();
    plain.ended(task, TestOutcomes.outcome(0, Status.PASS));
    plain.ended(task(1), TestOutcomes.outcome(1, Status.FAIL));
    plain.ended(task, TestOutcomes.outcome(0, Status.FAIL));
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "[1/2] PASS small 0.0 s",
            "[2/2] FAIL small 0.0 s",
            "[2/2] FAIL small 0.0 s  (played once more)");
  }

  @Test
  void in_a_file_repetitions_are_not_listed_one_by_one() {
    SuiteProgress plain = plain(1, 100);
    for (int i = 0; i < 100; i++) {
      plain.ended(task(i), TestOutcomes.outcome(i, Status.PASS));
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines().count()).isLessThan(10);
  }

  @Test
  void those_under_way_are_counted() {
    progress.began(task(0));
    progress.began(task(1));
    progress.ended(task(1), TestOutcomes.outcome(1, Status.PASS));
    assertThat(progress.underway()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0.2,0 s", "99,99 s", "100,2 min", "5400,90 min", "7300,2 h 2 min"})
  void a_duration_has_the_unit_that_suits_it(double seconds, String text) {
    assertThat(SuiteProgress.duration(seconds)).isEqualTo(text);
  }
}
