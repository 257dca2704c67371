package raftlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import raftlab.scenario.file.ScenarioReader;

/** What is said about each kind of mistake, word for word. */
class ScenarioProblemTest {
  private static final String LATER_TYPES =
      "\"restart\", \"restart_all\", \"transfer\", \"add\", \"remove\", \"remove_leader\", "
          + "\"crash\", \"start\", \"pause\", \"resume\", \"slow\", \"clock\", \"disk\", \"choose\", "
          + "\"cut\", \"partition\", \"bridge\", \"ring\", \"heal\", \"network\", \"lose\", \"hold\", "
          + "\"double\", \"strange\", \"get\", \"put\", \"append\", \"cas\", \"requests\"";

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

  /** An event that asks for this, with a key and values of so many repetitions of a character. */
  private static String asks(String type, String character, int expect, int value) {
    return String.format(
        Locale.ROOT,
        "\"events\": [{\"type\": \"%s\", \"time\": 1, \"key\": \"k\", %s\"value\": \"%s\"}]",
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
    assertThat(problemsOf(GOOD.replace("%s", line)))
        .matches(
            "configs/x.json:3:14: the request has "
                + bytes / 1000
                + "\\d{3} bytes; expected 65507 at most, as much as a datagram holds");
  }

  @Test
  void a_request_that_fits_is_no_problem() throws ScenarioException {
    ScenarioReader.read("x", GOOD.replace("%s", asks("cas", "a", 32_000, 32_000)));
    ScenarioReader.read("x", GOOD.replace("%s", asks("put", "\u00e9", 0, 32_000)));
  }

  static Stream<Arguments> lines() {
    return Stream.of(
        arguments(
            "\"drop\": 0.1",
            "3:3: \"drop\" is not a key of a scenario; "
                + "did you mean \"drops\"? It takes a number from 0 to 1"),
        arguments(
            "\"Max_Packets\": 100",
            "3:3: \"Max_Packets\" is not a key of a scenario; "
                + "did you mean \"max_packets\"? It takes a whole number from 1 to 900000"),
        arguments(
            "\"colour\": \"red\"",
            "3:3: \"colour\" is not a key of a scenario; expected one of \"title\", \"section\", \"points\", "
                + "\"world\", \"lifetime\", "
                + "\"replicas\", \"requests\", \"mix\", \"start_wait\", \"end_wait\", \"seed\", "
                + "\"drops\", \"max_packets\", \"network\", \"traffic\", \"background\", \"events\", \"steps\", "
                + "\"at_most\", \"at_least\", \"tests\", \"$schema\""),
        arguments(
            "\"drops\": \"0.1\"",
            "3:12: \"drops\" is the string \"0.1\"; "
                + "expected a number from 0 to 1, without quotes"),
        arguments(
            "\"drops\": \"few\"",
            "3:12: \"drops\" is the string \"few\"; expected a number from 0 to 1"),
        arguments("\"drops\": NaN", "3:12: \"drops\" is NaN; expected a number from 0 to 1"),
        arguments(
            "\"drops\": -Infinity", "3:12: \"drops\" is -Infinity; expected a number from 0 to 1"),
        arguments("\"drops\": 1.01", "3:12: \"drops\" is 1.01; expected a number from 0 to 1"),
        arguments("\"drops\": -0.1", "3:12: \"drops\" is -0.1; expected a number from 0 to 1"),
        arguments("\"drops\": true", "3:12: \"drops\" is true; expected a number from 0 to 1"),
        arguments("\"drops\": null", "3:12: \"drops\" is null; expected a number from 0 to 1"),
        arguments("\"drops\": [0]", "3:12: \"drops\" is an array; expected a number from 0 to 1"),
        arguments("\"mix\": 80", "3:10: \"mix\" is 80; expected a number from 0 to 1"),
        arguments("\"wait\": -1", "3:11: \"wait\" is -1; expected a number from 0 to 600"),
        arguments(
            "\"end_wait\": 5000", "3:15: \"end_wait\" is 5000; expected a number from 0 to 600"),
        arguments(
            "\"wait\": 1, \"start_wait\": 2",
            "3:14: \"start_wait\" is another name of \"wait\"; "
                + "expected it once (the first is in line 3)"),
        arguments(
            "\"lifetime\": 30",
            "3:3: \"lifetime\" is given a second time; expected it once (the first is in line 2)"),
        arguments(
            "\"seed\": 1.5",
            "3:11: \"seed\" is 1.5; expected a whole number from "
                + "-9223372036854775808 to 9223372036854775807"),
        arguments(
            "\"max_packets\": 0",
            "3:18: \"max_packets\" is 0; expected a whole number from 1 to 900000"),
        arguments(
            "\"max_packets\": 900001",
            "3:18: \"max_packets\" is 900001; expected a whole number from 1 to 900000"),
        arguments(
            "\"title\": \"\"",
            "3:12: \"title\" is the string \"\"; expected a line of text of 1 to 200 characters"),
        arguments(
            "\"title\": \"a\\nb\"",
            "3:12: \"title\" is the string \"a\\u000ab\"; "
                + "expected a line of text of 1 to 200 characters"),
        arguments(
            "\"type\": \"part_end\"",
            "3:3: \"type\" is not a key of a scenario; "
                + "it belongs inside an event of \"events\" or a step of \"steps\""),
        arguments(
            "\"maximum_put_fail_fraction\": 0.2",
            "3:3: \"maximum_put_fail_fraction\" is not a key of a scenario; "
                + "it belongs inside \"tests\""),
        arguments(
            "\"total_msgs\": [1, 2, 3]",
            "3:3: \"total_msgs\" is not a key of a scenario; "
                + "it belongs inside \"benchmarks\" in \"tests\""),
        arguments(
            "\"benchmark\": {}",
            "3:3: \"benchmark\" is not a key of a scenario; "
                + "did you mean \"benchmarks\", which belongs inside \"tests\"?"),
        arguments(
            "\"maximum_get_generation_fail_fraction\": 2",
            "3:43: \"maximum_get_generation_fail_fraction\" is 2; expected a number from 0 to 1"),
        arguments(
            "\"tests\": []",
            "3:12: \"tests\" is an array; expected an object with keys of \"tests\""),
        arguments(
            "\"tests\": {\"drops\": 0}",
            "3:13: \"drops\" is not a key of \"tests\"; it belongs at the top level"),
        arguments(
            "\"tests\": {\"duplicates\": [0, 1, 2]}",
            "3:13: \"duplicates\" is not a key of \"tests\"; "
                + "it belongs inside \"benchmarks\" in \"tests\""),
        arguments(
            "\"tests\": {\"benchmarks\": {\"latency\": [1, 2, 3]}}",
            "3:28: \"latency\" is not a key of \"benchmarks\"; expected one of "
                + "\"total_msgs\", \"failures\", \"duplicates\", \"median_latency\""),
        arguments(
            "\"tests\": {\"benchmarks\": {\"failure\": [1, 2, 3]}}",
            "3:28: \"failure\" is not a key of \"benchmarks\"; did you mean \"failures\"? "
                + "It takes three numbers from 0 to 1000000000, none below the one before it"),
        arguments(
            "\"tests\": {\"benchmarks\": {\"failures\": [1, 2]}}",
            "3:40: \"failures\" has 2 elements; expected three numbers from 0 to 1000000000, "
                + "none below the one before it"),
        arguments(
            "\"tests\": {\"benchmarks\": {\"failures\": [1, 3, 2]}}",
            "3:47: \"failures\" has 2 after 3; expected three numbers from 0 to 1000000000, "
                + "none below the one before it"),
        arguments(
            "\"tests\": {\"benchmarks\": {\"failures\": [-1, 3, \"4\"]}}",
            "3:41: \"failures\" has -1 in it; expected three numbers from 0 to 1000000000, "
                + "none below the one before it\n"
                + "3:48: \"failures\" has the string \"4\" in it; expected three numbers from "
                + "0 to 1000000000, none below the one before it"),
        arguments(
            "\"tests\": {\"benchmarks\": {\"failures\": 3}}",
            "3:40: \"failures\" is 3; expected three numbers from 0 to 1000000000, "
                + "none below the one before it"),
        arguments("\"events\": {}", "3:13: \"events\" is an object; expected a list"),
        arguments(
            "\"events\": [7]",
            "3:14: an event in \"events\" is 7; expected an object with the key \"type\""),
        arguments(
            "\"events\": [{\"type\": \"part_end\"}]",
            "3:14: \"time\" is missing; expected a number from 0 to 3600, \"every\" or \"on\""),
        arguments(
            "\"events\": [{\"time\": 1}]",
            "3:14: \"type\" is missing; expected one of \"kill_leader\", \"kill_non_leader\", "
                + "\"part_easy\", \"part_hard\", \"part_end\", "
                + LATER_TYPES),
        arguments(
            "\"events\": [{\"type\": \"kill_lead\", \"time\": 1}]",
            "3:23: \"kill_lead\" is not a type of event; did you mean \"kill_leader\"?"),
        arguments(
            "\"events\": [{\"type\": \"earthquake\", \"time\": 1}]",
            "3:23: \"earthquake\" is not a type of event; expected one of \"kill_leader\", "
                + "\"kill_non_leader\", \"part_easy\", \"part_hard\", \"part_end\", "
                + LATER_TYPES),
        arguments(
            "\"events\": [{\"type\": 3, \"time\": 1}]",
            "3:23: \"type\" is 3; expected one of \"kill_leader\", "
                + "\"kill_non_leader\", \"part_easy\", \"part_hard\", \"part_end\", "
                + LATER_TYPES),
        arguments(
            "\"events\": [{\"type\": \"part_easy\", \"time\": -1}]",
            "3:44: \"time\" is -1; expected a number from 0 to 3600"),
        arguments(
            "\"events\": [{\"type\": \"part_easy\", \"time\": 30.5}]",
            "3:44: \"time\" is 30.5, which is after the end of the lifetime; "
                + "expected a number from 0 to 30"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lines")
  void a_mistake_in_a_line_is_pointed_at_and_explained(String line, String expected) {
    String all = "configs/x.json:" + expected.replace("\n", "\nconfigs/x.json:");
    assertThat(problemsOf(String.format(Locale.ROOT, GOOD, line))).isEqualTo(all);
  }

  static Stream<Arguments> required() {
    return Stream.of(
        arguments("\"lifetime\": 0", "\"lifetime\" is 0; expected a number from 0.01 to 3600"),
        arguments(
            "\"lifetime\": 30000", "\"lifetime\" is 30000; expected a number from 0.01 to 3600"),
        arguments("\"replicas\": 2", "\"replicas\" is 2; expected a whole number from 3 to 21"),
        arguments("\"replicas\": 22", "\"replicas\" is 22; expected a whole number from 3 to 21"),
        arguments("\"replicas\": 5.5", "\"replicas\" is 5.5; expected a whole number from 3 to 21"),
        arguments(
            "\"requests\": -1", "\"requests\" is -1; expected a whole number from 0 to 900000"),
        arguments(
            "\"requests\": 1e999999999",
            "\"requests\" is 1e999999999; expected a whole number from 0 to 900000"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("required")
  void a_required_number_out_of_its_bounds_is_pointed_at(String line, String expected) {
    assertThat(problemsOf("{" + line + "}")).contains("x.json:1:14: " + expected);
  }

  @Test
  void all_problems_of_a_file_are_reported_in_the_order_of_its_lines() {
    assertThat(
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
                """))
        .isEqualTo(
            """
            configs/x.json:1:1: "lifetime" is missing; expected a number from 0.01 to 3600
            configs/x.json:1:1: "requests" is missing; expected a whole number from 0 to 900000, \
            or "traffic" or "steps"
            configs/x.json:2:15: "replicas" is 4711; expected a whole number from 3 to 21
            configs/x.json:3:3: "drop" is not a key of a scenario; did you mean "drops"? It takes a \
            number from 0 to 1
            configs/x.json:5:5: "time" is missing; expected a number from 0 to 3600, "every" \
            or "on"
            configs/x.json:5:29: "tim" is not a key of "kill_leader"; did you mean "time"? It takes a \
            number from 0 to 3600
            configs/x.json:6:14: "kill" is not a type of event; expected one of "kill_leader", \
            "kill_non_leader", "part_easy", "part_hard", "part_end", "restart", "restart_all", \
            "transfer", "add", "remove", "remove_leader", "crash", "start", "pause", "resume", "slow", \
            "clock", "disk", "choose", "cut", "partition", "bridge", "ring", "heal", "network", "lose", \
            "hold", "double", "strange", "get", "put", "append", "cas", "requests"
            configs/x.json:8:12: "drops" is 3; expected a number from 0 to 1""");
  }

  @Test
  void long_and_unprintable_text_is_shown_short_and_harmless() {
    assertThat(
            problemsOf(
                String.format(
                    Locale.ROOT, GOOD, "\"drops\": \"\\u001b[2J" + "x".repeat(100) + "\"")))
        .isEqualTo(
            "configs/x.json:3:12: \"drops\" is the string \"\\u001b[2J"
                + "x".repeat(53)
                + "...\"; expected a number from 0 to 1");
  }
}
