package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import raftlab.scenario.Scenario;
import raftlab.trace.TraceFile;

/** The commands as a user sees them: what they print and return. */
class RaftlabCommandTest {
  @TempDir private Path folder;

  record Result(int exitCode, String out, String err) {}

  static Result raftlab(String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    try {
      int exitCode = RaftlabCommand.run(args);
      return new Result(
          exitCode,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private Path scenario(String json) throws IOException {
    return Files.writeString(folder.resolve("mine.json"), json);
  }

  static void assertWrongUse(Result result, String... words) {
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains(words).doesNotContain("\tat ", "Exception");
  }

  @Test
  void a_run_in_the_simulated_world_reports_and_returns_0() {
    Result result = raftlab("run", "--world", "sim", "--seed", "7", "crash-3");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains(
            "crash-3",
            "kill_leader: replica",
            "Correctness checks",
            "Performance tiers",
            "fail-over")
        .contains("PASS  crash-3", "Seed 7")
        .contains("run --world sim --seed 7 configs/course/crash-3.json");
  }

  @Test
  void a_run_writes_its_trace_and_its_results() throws Exception {
    Path trace = folder.resolve("trace.jsonl");
    Path json = folder.resolve("results.json");
    raftlab(
        "run",
        "--world",
        "sim",
        "--trace",
        trace.toString(),
        "--json",
        json.toString(),
        "simple-1");
    assertThat(TraceFile.read(trace).events()).hasSizeGreaterThan(2000);
    JsonArray results = JsonParser.parseString(Files.readString(json)).getAsJsonArray();
    JsonObject result = results.get(0).getAsJsonObject();
    assertThat(result.get("status").getAsString()).isEqualTo("pass");
    assertThat(result.getAsJsonObject("tiers").keySet())
        .containsExactly("total_msgs", "failures", "duplicates", "median_latency");
  }

  @Test
  void a_suite_shows_a_line_a_scenario_in_the_courses_grouping_and_the_total() {
    Result result = raftlab("suite", "--world", "sim", "--seed", "1", "course");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .containsSubsequence(
            "Basic",
            "PASS",
            "simple-1",
            "simple-2",
            "Unreliable network",
            "unreliable-3",
            "Crash failure",
            "crash-4",
            "Partition",
            "partition-4",
            "Advanced",
            "advanced-4",
            "17 of 17 passed, 0 failed");
  }

  @Test
  void a_suite_with_repetitions_shows_rates_with_their_intervals() {
    Result result =
        raftlab(
            "suite",
            "--world",
            "sim",
            "--seed",
            "1",
            "--repeat",
            "3",
            "configs/course/simple-1.json");
    assertThat(result.out()).contains("3 of 3 passed: 100.0 % (95 %: 43.9 to 100.0)");
  }

  @Test
  void failures_of_repetitions_are_grouped_by_cause_and_written_as_json() throws IOException {
    Path file =
        scenario(
            """
            {"lifetime": 5, "replicas": 3, "requests": 100, "mix": 0.5, "drops": 1, "end_wait": 0}""");
    Path json = folder.resolve("results.json");
    Result result =
        raftlab(
            "suite",
            "--world",
            "sim",
            "--seed",
            "5",
            "--repeat",
            "3",
            "--json",
            json.toString(),
            file.toString(),
            "simple-1");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out())
        .containsSubsequence("FAIL", "mine", "0 of 3 passed", ", 3 failed")
        .containsSubsequence("PASS", "simple-1", "3 of 3 passed")
        .containsSubsequence(
            "Causes",
            "FAIL",
            "3 × no_state: none of # puts",
            "mine: 3 runs, seeds 5 6 7",
            "--seed 5");
    JsonObject results = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    assertThat(results.getAsJsonArray("runs")).hasSize(6);
    assertThat(results.getAsJsonArray("scenarios")).hasSize(2);
    JsonObject cause = results.getAsJsonArray("causes").get(0).getAsJsonObject();
    assertThat(cause.get("count").getAsInt()).isEqualTo(3);
    assertThat(cause.getAsJsonArray("scenarios").toString())
        .isEqualTo(
            """
            [{"scenario":"mine","count":3,"seeds":[5,6,7]}]""");
  }

  @Test
  void a_failing_run_returns_1_and_says_how_to_play_it_again() throws IOException {
    Path file =
        scenario(
            """
            {"lifetime": 5, "replicas": 3, "requests": 100, "mix": 0.5, "drops": 1, "end_wait": 0}""");
    Result result = raftlab("suite", "--world", "sim", "--seed", "5", file.toString());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out())
        .contains("FAIL", "no_state: none of 100 puts", "again: ", "--seed 5", "mine.json");
  }

  @Test
  void a_bad_scenario_file_is_explained_line_by_line_and_returns_2() throws IOException {
    Path file =
        scenario(
            """
            {
              "lifetime": 5,
              "replicas": 2,
              "request": 5
            }""");
    Result result = raftlab("run", "--world", "sim", file.toString());
    assertWrongUse(result, "mine.json:3:", "mine.json:4:", "did you mean \"requests\"?");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void an_unknown_command_is_answered_with_the_nearest_one() {
    assertWrongUse(raftlab("siute"), "suite");
    assertWrongUse(raftlab(), "found no command", "run", "suite");
  }

  @Test
  void unknown_scenarios_and_suites_are_answered_with_the_nearest_one() {
    assertWrongUse(raftlab("run", "--world", "sim", "crash3"), "did you mean \"crash-3\"?");
    assertWrongUse(raftlab("suite", "--world", "sim", "cuorse"), "course");
  }

  @Test
  void wrong_options_are_named() {
    assertWrongUse(raftlab("run", "--sed", "1", "simple-1"), "--sed");
    assertWrongUse(raftlab("run", "--world", "moon", "simple-1"), "moon", "process", "sim");
    assertWrongUse(raftlab("run", "--seed", "x", "simple-1"), "--seed", "x");
    assertWrongUse(raftlab("suite", "--jobs", "0", "course"), "--jobs 0");
    assertWrongUse(raftlab("suite", "--repeat", "0", "course"), "--repeat 0");
    assertWrongUse(
        raftlab("run", "--replica", "/no/where", "simple-1"), "there is no replica at /no/where");
    assertWrongUse(
        raftlab("run", "--world", "sim", "--replica", "x", "simple-1"),
        "--world virtual or process");
  }

  @Test
  void files_that_could_not_be_written_at_the_end_are_refused_at_the_beginning() {
    String nowhere = folder.resolve("nowhere/file").toString();
    assertWrongUse(
        raftlab("run", "--world", "sim", "--json", nowhere, "simple-1"),
        "--json",
        folder.resolve("nowhere").toString());
    assertWrongUse(
        raftlab("run", "--world", "sim", "--trace", nowhere, "simple-1"),
        "--trace",
        folder.resolve("nowhere").toString());
    assertWrongUse(
        raftlab("suite", "--world", "sim", "--json", folder.toString(), "course"),
        "which is a folder");
  }

  @Test
  void the_name_of_a_scenario_makes_a_suite_of_one() {
    Result result = raftlab("suite", "--world", "sim", "crash-3");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("1 of 1 passed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"quiet", "quiet leader-alone", "configs/probe/quiet.json two-left"})
  void a_suite_of_single_scenarios_shows_each_title_once(String names) {
    String report = raftlab(("suite --world sim " + names).split(" ")).out();
    assertThat(report).containsOnlyOnce("No requests for 5 s: the leader stays");
    assertThat(report.lines().filter(line -> line.equals("quiet"))).isEmpty();
  }

  @Test
  void every_command_has_a_help_text_with_the_exit_codes() {
    for (String command : new String[] {"run", "suite", "course"}) {
      Result result = raftlab(command, "--help");
      assertThat(result.exitCode()).isZero();
      assertThat(result.out()).contains("Exit codes: 0 ", " 1 ", "  2 ", "  3 ", "  130 ");
    }
    assertThat(raftlab("--help").out()).contains("run", "suite", "replica");
    assertThat(raftlab("--version").out()).contains("raftlab");
    assertThat(raftlab("replica", "--help").out()).contains("PORT");
  }

  @Test
  void the_same_seed_gives_the_same_report() {
    String first = raftlab("run", "--world", "sim", "--seed", "3", "advanced-4").out();
    String second = raftlab("run", "--world", "sim", "--seed", "3", "advanced-4").out();
    assertThat(withoutWallTime(first)).isEqualTo(withoutWallTime(second));
  }

  private static String withoutWallTime(String report) {
    return report.replaceAll("world, [0-9.]+ s\\.", "world.");
  }

  @Test
  void the_courses_misplaced_threshold_is_warned_about_with_what_is_in_force() throws Exception {
    Scenario scenario = ScenarioFinder.find("unreliable-3");
    assertThat(scenario.warnings()).hasSize(1);
    assertThat(raftlab("run", "--world", "sim", "unreliable-3").out())
        .contains("warning: ", "maximum_get_generation_fail_fraction", "0.1");
  }

  private Path history(String name, String result) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        "{:process 0, :type :invoke, :f :put, :key \"k\", :value \"x\"}\n"
            + "{:process 0, :type :ok, :f :put, :key \"k\", :value \"x\"}\n"
            + "{:process 1, :type :invoke, :f :get, :key \"k\", :value nil}\n"
            + "{:process 1, :type :ok, :f :get, :key \"k\", :value "
            + result
            + "}\n");
  }

  @Test
  void check_judges_each_file_in_a_line_and_returns_the_worst() throws IOException {
    Path right = history("right", "\"x\"");
    Path wrong = history("wrong", "\"\"");
    assertThat(raftlab("check", right.toString()).exitCode()).isZero();
    Result result = raftlab("check", right.toString(), wrong.toString());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out().lines()).hasSize(2);
    assertThat(result.out())
        .containsPattern("PASS +\\S+right +2 operations +[0-9.]+ s  linearizable")
        .containsPattern("FAIL +\\S+wrong +2 operations .*: a lost acknowledged write");
  }

  @Test
  void check_stops_at_its_step_limit() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String value : new String[] {"x", "y"}) {
      lines.append(Files.readString(history("h", "\"x\"")).replace("x", value));
    }
    Path file = Files.writeString(folder.resolve("h"), lines);
    Result result = raftlab("check", "--steps", "1", file.toString());
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out()).contains("UNKNOWN", "after 1 steps");
    assertThat(raftlab("check", "--steps", "2", file.toString()).exitCode()).isZero();
    assertWrongUse(raftlab("check", "--steps", "0", "h"), "--steps 0");
  }

  @Test
  void check_judges_traces_of_runs() {
    Path trace = folder.resolve("trace");
    raftlab("run", "--world", "sim", "--seed", "3", "--trace", trace.toString(), "simple-1");
    Result result = raftlab("check", trace.toString());
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("PASS").contains("linearizable");
    assertWrongUse(raftlab("check", "--model", "register", trace.toString()), "key-value store");
  }

  @Test
  void check_prints_what_is_wrong_with_a_file_and_continues_with_the_next() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad"), "nonsense");
    Result result =
        raftlab("check", bad.toString(), folder + "/none", history("h", "\"x\"").toString());
    assertWrongUse(result, bad + ":1: found \"nonsense\", expected", "/none: ");
    assertThat(result.out()).contains("PASS");
    assertWrongUse(raftlab("check", "--model", "regster", "x"), "did you mean register?");
    assertWrongUse(raftlab("check", "--model", "mutex", "x"), "mutex", "cas-register");
  }

  @Test
  void check_judges_a_history_of_jepsen_with_any_name_of_its_model() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("history.edn"),
            """
            {:process 0, :type :invoke, :f :read, :value [1 nil], :index 0, :time 5}
            {:process :nemesis, :type :info, :f :kill, :value nil, :index 1, :time 6}
            {:process 0, :type :ok, :f :read, :value [1 nil], :index 2, :time 7}
            """);
    for (String model : List.of("auto", "register", "cas-register", "kv")) {
      assertThat(raftlab("check", "--model", model, file.toString()).exitCode()).isZero();
    }
  }
}
