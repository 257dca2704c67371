package raftlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.invariant.CheckName;
import raftlab.run.RunOutcome;
import raftlab.run.SmallScenario;
import raftlab.run.findings.TestOutcomes;
import raftlab.suite.Suite;
import raftlab.suite.SuiteRunner.Task;

class SuiteTextTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private SuiteText text(boolean terminal, int repeat) {
    Suite.Group group = new Suite.Group("Group", List.of(SmallScenario.with("")));
    Suite suite = new Suite("x", "Title", List.of(group), List.of());
    return new SuiteText(
        new PrintStream(bytes, true, StandardCharsets.UTF_8),
        new TerminalStyle(terminal),
        List.of(suite),
        repeat,
        false);
  }

  private static void play(SuiteText text, long seed, Status status) {
    Task task = new Task(SmallScenario.with(""), 0, seed);
    RunOutcome outcome =
        TestOutcomes.outcome(
            seed, status, TestOutcomes.verdict(CheckName.LIMITS, status, "a reason"));
    text.began(task);
    text.ended(task, outcome);
    text.add(outcome);
  }

  private String output() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void in_a_file_the_progress_comes_first_and_then_the_report() {
    SuiteText text = text(false, 1);
    play(text, 1, Status.PASS);
    assertThat(output()).isEqualTo("[1/1] PASS small 0.0 s" + System.lineSeparator());
    text.end(true);
    assertThat(output())
        .containsSubsequence("[1/1] PASS small", "Group", "PASS     small", "Total");
  }

  @Test
  void on_a_terminal_the_report_is_printed_as_scenarios_end() {
    SuiteText text = text(true, 1);
    play(text, 1, Status.PASS);
    assertThat(output()).contains("Group", "small").doesNotContain("[1/1]");
  }

  @Test
  void what_was_interrupted_says_how_much_was_played_and_what_came_of_it() {
    SuiteText text = text(false, 4);
    play(text, 1, Status.PASS);
    play(text, 2, Status.FAIL);
    text.began(new Task(SmallScenario.with(""), 2, 3));
    text.end(false);
    assertThat(output())
        .contains(
            "interrupted: 2 of 4 runs played, 1 passed, 1 failed, in ",
            "; 1 more had begun and is not judged");
  }

  @Test
  void an_interruption_during_a_repetition_is_reported_too() {
    SuiteText text = text(false, 1);
    play(text, 1, Status.UNKNOWN);
    text.end(false);
    assertThat(output())
        .contains("interrupted: 1 of 1 scenarios played, 0 passed, 0 failed, 1 unknown");
  }

  @Test
  void failures_of_one_cause_are_one_paragraph_and_the_last_lines_say_what_to_fix_first() {
    SuiteText text = text(false, 1);
    for (int i = 0; i < 5; i++) {
      fail(text, "steps", "step " + (i + 2) + ": get \"k\": no ok was received");
    }
    fail(text, "limits", "9 messages in step 3, at most 5 expected");
    text.end(true);
    String report = output().substring(output().indexOf("Causes"));
    assertThat(report).containsOnlyOnce("FAIL     steps: ");
    assertThat(report).containsSubsequence("FAIL     steps: ", "FAIL     limits: ", "Total");
    assertThat(report.substring(report.indexOf("Total")))
        .contains("Fix first  steps, in 5 scenarios", "then: limits (1)");
  }

  @Test
  void a_blocked_scenario_is_called_blocked_everywhere() {
    SuiteText text = text(false, 1);
    play(text, 1, Status.BLOCKED);
    text.end(true);
    assertThat(output())
        .containsSubsequence(
            "Causes",
            "  BLOCKED  small",
            "0 of 1 passed, 1 blocked, ",
            "Fix first  blocked, in scenario small")
        .doesNotContain("not reached");
  }

  @Test
  void pass_rates_call_a_blocked_run_blocked() {
    SuiteText text = text(false, 2);
    play(text, 1, Status.BLOCKED);
    play(text, 2, Status.PASS);
    text.end(true);
    assertThat(output()).contains("1 of 2 passed", ", 1 blocked").doesNotContain("not reached");
  }

  @Test
  void each_heading_ends_where_the_numbers_of_its_column_end() {
    SuiteText text = text(false, 1);
    play(text, 1, Status.PASS);
    text.end(true);
    String heading =
        output().lines().filter(line -> line.contains("messages")).findFirst().orElseThrow();
    assertThat(heading.strip().split(" +"))
        .containsExactly("messages", "failures", "duplicates", "latency");
    int first = heading.indexOf("messages") + "messages".length();
    assertThat(heading.indexOf("duplicates") + "duplicates".length()).isEqualTo(first + 32);
    assertThat(heading.indexOf("latency") + "latency".length()).isEqualTo(first + 48);
  }

  private static void fail(SuiteText text, String check, String why) {
    Task task = new Task(SmallScenario.with(""), 0, 1);
    RunOutcome outcome =
        TestOutcomes.outcome(
            1,
            Status.FAIL,
            TestOutcomes.verdict(CheckName.of(check).orElseThrow(), Status.FAIL, why));
    text.began(task);
    text.ended(task, outcome);
    text.add(outcome);
  }
}
