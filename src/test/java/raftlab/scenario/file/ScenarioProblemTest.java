package raftlab.scenario.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import raftlab.scenario.ScenarioException;

/** The position, key, bounds and nearest word that are reported for each kind of mistake. */
class ScenarioProblemTest {
  private static final String EVENT_TYPES =
      "\"kill_leader\" \"kill_non_leader\" \"part_easy\" \"part_hard\" \"part_end\" "
          + "\"restart\" \"restart_all\" \"transfer\" \"add\" \"remove\" \"remove_leader\" \"crash\" \"start\" "
          + "\"pause\" \"resume\" \"slow\" \"clock\" \"disk\" \"choose\" \"cut\" \"partition\" "
          + "\"bridge\" \"ring\" \"heal\" \"network\" \"lose\" \"hold\" \"double\" \"strange\" "
          + "\"get\" \"put\" \"append\" \"cas\" \"requests\"";

  private static final String GOOD =
      """
      {
        "lifetime": 30, "replicas": 5, "requests": 10,
        %s
      }
      """;

  private static String problemsOf(String json) {
    ScenarioException e =
        catchThrowableOfType(
            ScenarioException.class, () -> ScenarioReader.read("configs/x.json", json));
    assertThat(e).as("exception for %s", json).isNotNull();
    return e.getMessage();
  }

  /**
   * An event with such a request, whose key and values repeat a character the given number of
   * times.
   */
  private static String asks(String type, String character, int expect, int value) {
    return String.format(
        Locale.ROOT,
        """
        "events": [{"type": "%s", "time": 1, "key": "k", %s"value": "%s"}]""",
        type,
        expect == 0 ? "" : "\"expect\": \"" + character.repeat(expect) + "\", ",
        character.repeat(value));
  }

  static Stream<Arguments> largeRequests() {
    return Stream.of(
        arguments(asks("cas", "a", 40_000, 40_000), 80_000),
        arguments(asks("put", "\u00e9", 0, 40_000), 80_000),
        arguments(asks("append", "\\u0001", 0, 20_000), 120_000),
        arguments(asks("put", "\\\"", 0, 40_000), 80_000));
  }

  @ParameterizedTest
  @MethodSource("largeRequests")
  void a_request_that_does_not_fit_into_a_datagram(String line, int bytes) {
    assertThat(ProblemFacts.of(problemsOf(GOOD.replace("%s", line))))
        .matches("3:14 " + bytes / 1000 + "\\d{3} 65507");
  }

  @Test
  void a_request_that_fits_is_no_problem() throws ScenarioException {
    ScenarioReader.read("x", GOOD.replace("%s", asks("cas", "a", 32_000, 32_000)));
    ScenarioReader.read("x", GOOD.replace("%s", asks("put", "\u00e9", 0, 32_000)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "drop": 0.1 | 3:3 "drop" "drops" 0 1
          "Max_Packets": 100 | 3:3 "Max_Packets" "max_packets" 1 900000
          "colour": "red" | 3:3 "colour" "title" "section" "points" "world" "lifetime" "replicas" "requests" "mix" "start_wait" "end_wait" "seed" "drops" "max_packets" "network" "traffic" "background" "events" "steps" "at_most" "at_least" "tests" "$schema"
          "drops": "0.1" | 3:12 "drops" string "0.1" 0 1
          "drops": "few" | 3:12 "drops" string "few" 0 1
          "drops": NaN | 3:12 "drops" NaN 0 1
          "drops": -Infinity | 3:12 "drops" -Infinity 0 1
          "drops": 1.01 | 3:12 "drops" 1.01 0 1
          "drops": -0.1 | 3:12 "drops" -0.1 0 1
          "drops": true | 3:12 "drops" true 0 1
          "drops": null | 3:12 "drops" null 0 1
          "drops": [0] | 3:12 "drops" array 0 1
          "mix": 80 | 3:10 "mix" 80 0 1
          "wait": -1 | 3:11 "wait" -1 0 600
          "end_wait": 5000 | 3:15 "end_wait" 5000 0 600
          "wait": 1, "start_wait": 2 | 3:14 "start_wait" "wait" 3
          "lifetime": 30 | 3:3 "lifetime" 2
          "seed": 1.5 | 3:11 "seed" 1.5 -9223372036854775808 9223372036854775807
          "max_packets": 0 | 3:18 "max_packets" 0 1 900000
          "max_packets": 900001 | 3:18 "max_packets" 900001 1 900000
          "title": "" | 3:12 "title" string "" 1 200
          "title": "a\\nb" | 3:12 "title" string "a\\u000ab" 1 200
          "type": "part_end" | 3:3 "type" "events" "steps"
          "maximum_put_fail_fraction": 0.2 | 3:3 "maximum_put_fail_fraction" "tests"
          "total_msgs": [1, 2, 3] | 3:3 "total_msgs" "benchmarks" "tests"
          "benchmark": {} | 3:3 "benchmark" "benchmarks" "tests"
          "maximum_get_generation_fail_fraction": 2 | 3:43 "maximum_get_generation_fail_fraction" 2 0 1
          "tests": [] | 3:12 "tests" array object "tests"
          "tests": {"drops": 0} | 3:13 "drops" "tests"
          "tests": {"duplicates": [0, 1, 2]} | 3:13 "duplicates" "tests" "benchmarks" "tests"
          "tests": {"benchmarks": {"latency": [1, 2, 3]}} | 3:28 "latency" "benchmarks" "total_msgs" "failures" "duplicates" "median_latency"
          "tests": {"benchmarks": {"failure": [1, 2, 3]}} | 3:28 "failure" "benchmarks" "failures" 0 1000000000
          "tests": {"benchmarks": {"failures": [1, 2]}} | 3:40 "failures" 2 0 1000000000
          "tests": {"benchmarks": {"failures": [1, 3, 2]}} | 3:47 "failures" 2 3 0 1000000000
          "tests": {"benchmarks": {"failures": [-1, 3, "4"]}} | `3:41 "failures" -1 0 1000000000\n3:48 "failures" string "4" 0 1000000000`
          "tests": {"benchmarks": {"failures": 3}} | 3:40 "failures" 3 0 1000000000
          "events": {} | 3:13 "events" object
          "events": [7] | 3:14 "events" 7 object "type"
          "events": [{"type": "part_end"}] | 3:14 "time" 0 3600 "every" "on"
          "events": [{"time": 1}] | 3:14 "type" EVENT_TYPES
          "events": [{"type": "kill_lead", "time": 1}] | 3:23 "kill_lead" "kill_leader"
          "events": [{"type": "earthquake", "time": 1}] | 3:23 "earthquake" EVENT_TYPES
          "events": [{"type": 3, "time": 1}] | 3:23 "type" 3 EVENT_TYPES
          "events": [{"type": "part_easy", "time": -1}] | 3:44 "time" -1 0 3600
          "events": [{"type": "part_easy", "time": 30.5}] | 3:44 "time" 30.5 0 30
          """)
  void a_mistake_in_a_line_is_pointed_at_and_explained(String line, String expected) {
    String problems = problemsOf(String.format(Locale.ROOT, GOOD, line));
    assertThat(problems.lines()).allMatch(problem -> problem.startsWith("configs/x.json:3:"));
    assertThat(ProblemFacts.of(problems)).isEqualTo(expected.replace("EVENT_TYPES", EVENT_TYPES));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "lifetime": 0 | "lifetime" 0 0.01 3600
          "lifetime": 30000 | "lifetime" 30000 0.01 3600
          "replicas": 2 | "replicas" 2 3 21
          "replicas": 22 | "replicas" 22 3 21
          "replicas": 5.5 | "replicas" 5.5 3 21
          "requests": -1 | "requests" -1 0 900000
          "requests": 1e999999999 | "requests" 1e999999999 0 900000
          """)
  void a_required_number_out_of_its_bounds_is_pointed_at(String line, String expected) {
    assertThat(ProblemFacts.of(problemsOf("{" + line + "}"))).contains("1:14 " + expected);
  }

  @Test
  void all_problems_of_a_file_are_reported_in_the_order_of_its_lines() {
    assertThat(
            ProblemFacts.of(
                problemsOf(
                    """
                    {
                      "replicas": 4711,
                      "drop": 0.1,
                      "events": [
                        {"type": "kill_leader", "tim": 8},
                        {"type": "kill", "time": 99}
                      ],
                      "drops": 3
                    }
                    """)))
        .isEqualTo(
            String.format(
                Locale.ROOT,
                """
                1:1 "lifetime" 0.01 3600
                1:1 "requests" 0 900000 "traffic" "steps"
                2:15 "replicas" 4711 3 21
                3:3 "drop" "drops" 0 1
                5:5 "time" 0 3600 "every" "on"
                5:29 "tim" "kill_leader" "time" 0 3600
                6:14 "kill" %s
                8:12 "drops" 3 0 1""",
                EVENT_TYPES));
  }

  @Test
  void long_and_unprintable_text_is_shown_short_and_harmless() {
    assertThat(
            problemsOf(
                String.format(
                    Locale.ROOT, GOOD, "\"drops\": \"\\u001b[2J" + "x".repeat(100) + "\"")))
        .startsWith("configs/x.json:3:12: ")
        .contains("\"\\u001b[2J" + "x".repeat(53) + "...\"");
  }
}
