package raftlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;

/** A scenario is described in the order in which it happens, on the clock of the run. */
class ScenarioTextTest {
  private static List<String> text(String more) throws ScenarioException {
    Scenario scenario =
        ScenarioReader.read(
            "mine.json", "{\"title\": \"T\", \"lifetime\": 30, \"replicas\": 5, " + more + "}");
    return ScenarioText.of(scenario, 7, new TerminalStyle(false));
  }

  private static List<String> part(String heading, String more) throws ScenarioException {
    return text(more).stream()
        .dropWhile(line -> !line.startsWith(heading))
        .skip(1)
        .takeWhile(line -> !line.isEmpty())
        .toList();
  }

  @Test
  void events_of_all_kinds_stand_in_one_order_of_time_after_the_start_wait() throws Exception {
    assertThat(
            part(
                "Events",
                """
                "requests": 1, "start_wait": 2, "events": [
                  {"type": "heal", "time": 9},
                  {"type": "cut", "who": "0001", "every": 4, "last": 8, "for": 0.5}]"""))
        .containsExactly(
            "         6 s  cut 0001 for 0.5 s",
            "        10 s  cut 0001 for 0.5 s",
            "        11 s  heal");
  }

  @Test
  void of_an_event_that_comes_very_often_only_the_first_times_are_shown() throws Exception {
    assertThat(
            part(
                "Events",
                """
                "requests": 1, "events": [{"type": "heal", "every": 0.1}]"""))
        .hasSize(31)
        .last()
        .isEqualTo("           …  heal, and so on: 300 times");
  }

  @Test
  void what_waits_for_a_message_and_what_is_about_a_single_one_have_no_time() throws Exception {
    String events =
        """
        "requests": 1, "events": [
          {"type": "crash", "who": "sender", "on": {"message": "ok", "from": "leader", "nth": 3, "after": 2}},
          {"type": "hold", "from": "0001", "to": "0002", "nth": 4, "by": 0.1}]""";
    assertThat(part("When a message is sent", events))
        .containsExactly("  crash sender at number 3 of \"ok\" from leader to any, not before 2 s");
    assertThat(part("Single messages", events))
        .containsExactly("  hold message 4 from 0001 to 0002, by 0.1 s");
    assertThat(part("Events", events)).isEmpty();
  }

  @Test
  void steps_are_numbered_as_in_a_trace_and_carry_their_bounds() throws Exception {
    assertThat(
            part(
                "Steps",
                """
                "steps": [{"wait": 1, "at_most": {"messages": 60}},
                  {"repeat": 3, "title": "rounds", "steps": [
                    {"type": "put", "key": "k", "to": "0001", "follow": false, "answer": "any"}]}]"""))
        .containsExactly(
            "  1     wait 1 s; at most 60 messages between replicas",
            "  2     rounds, 3 times",
            "  2.1     put \"k\" at 0001, sent once, any answer");
  }

  @Test
  void network_and_traffic_are_described_in_words() throws Exception {
    String more =
        """
        "start_wait": 0, "network": {"loss": 0.1, "clients": {"delay": 0.02}}, "traffic": [
          {"clients": 3, "from": 2, "rate": 20, "mix": {"get": 3, "put": 1}, "keys": 1, "sessions": true}]""";
    assertThat(part("Network", more))
        .containsExactly(
            "  between replicas         10 % lost", "  to and from clients      delay 0.02 s");
    assertThat(part("Traffic", more))
        .containsExactly(
            "  2 s to 30 s              3 clients, 20 requests per second in total, 75 % gets and"
                + " 25 % puts over 1 key, in sessions");
  }

  @Test
  void the_words_that_are_used_are_explained_and_no_others() throws Exception {
    List<String> words =
        part(
            "What these words mean",
            """
            "steps": [{"until": "agreed"}, {"type": "crash", "who": ["leader", "0001"]}]""");
    assertThat(words).extracting(line -> line.substring(2, 20).strip()).startsWith("crash");
    assertThat(words).hasSize(4).last().asString().contains("--play");
    assertThat(words.get(1)).startsWith("  until agreed ");
    assertThat(words.get(2)).startsWith("  leader ");
  }

  @Test
  void nothing_is_left_to_the_run_if_all_replicas_are_named() throws Exception {
    assertThat(
            text(
                """
                "steps": [{"type": "crash", "who": "0001"}]"""))
        .noneMatch(line -> line.contains("--play"));
  }

  static List<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("configs"))) {
      return files
          .filter(file -> file.toString().endsWith(".json") && file.getNameCount() == 3)
          .filter(file -> !file.endsWith("suite.json"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void every_scenario_of_the_kit_can_be_described(Path file) throws ScenarioException {
    Scenario scenario = ScenarioReader.read(file);
    assertThat(ScenarioText.of(scenario, 1, new TerminalStyle(false)))
        .anyMatch(line -> line.contains(scenario.title()))
        .allSatisfy(line -> assertThat(line).doesNotContain("[", "Optional", "null"));
    assertThat(ScenarioJson.of(scenario, 1).get("name").getAsString()).isEqualTo(scenario.name());
  }
}
