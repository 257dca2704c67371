package raftlab.scenario.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.scenario.CourseThresholds;
import raftlab.scenario.CourseThresholds.TierBounds;
import raftlab.scenario.PerformanceMetric;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;

class ScenarioReaderTest {
  private static final String SHORTEST =
      """
      {"lifetime": 30, "replicas": 5, "requests": 10}""";

  @TempDir Path folder;

  private static Scenario with(String lines) throws ScenarioException {
    return ScenarioReader.read("x.json", SHORTEST.replace("}", ", " + lines + "}"));
  }

  @Test
  void what_a_file_leaves_out_has_the_defaults_of_the_course() throws ScenarioException {
    Scenario scenario = ScenarioReader.read("some/x-1.json", SHORTEST);
    assertThat(scenario.name()).isEqualTo("x-1");
    assertThat(scenario.title()).isEqualTo("x-1");
    assertThat(scenario.file()).isEqualTo(Path.of("some/x-1.json"));
    assertThat(scenario.lifetimeMillis()).isEqualTo(30_000);
    assertThat(scenario.replicas()).isEqualTo(5);
    assertThat(scenario.requests()).isEqualTo(10);
    assertThat(scenario.mix()).isEqualTo(0.8);
    assertThat(scenario.startWaitMillis()).isEqualTo(5_000);
    assertThat(scenario.endWaitMillis()).isEqualTo(2_000);
    assertThat(scenario.totalMillis()).isEqualTo(37_000);
    assertThat(scenario.seed()).isEmpty();
    assertThat(scenario.lossProbability()).isZero();
    assertThat(scenario.maxPackets()).isEqualTo(20_000);
    assertThat(scenario.events()).isEmpty();
    assertThat(scenario.courseThresholds()).isEmpty();
    assertThat(scenario.warnings()).isEmpty();
    assertThat(scenario.json()).isEqualTo(SHORTEST);
  }

  @Test
  void every_key_is_read() throws ScenarioException {
    Scenario scenario =
        ScenarioReader.read(
            "all",
            """
            {"title": "All keys", "lifetime": 12.5, "replicas": 21, "requests": 3e1, "mix": 1,
             "start_wait": 0.25, "end_wait": 0, "seed": -7, "drops": 0.5, "max_packets": 900000,
             "events": [{"type": "part_easy", "time": 12.5}, {"time": 0, "type": "kill_leader"}],
             "tests": {"maximum_get_fail_fraction": 0.1, "maximum_put_fail_fraction": 0.2,
                       "maximum_get_generation_fail_fraction": 0.3,
                       "maximum_appends_batched_fraction": 0.4,
                       "benchmarks": {"median_latency": [0, 0, 1e-3], "failures": [1, 2, 3]}}}
            """);
    assertThat(scenario.name()).isEqualTo("all");
    assertThat(scenario.title()).isEqualTo("All keys");
    assertThat(scenario.lifetimeMillis()).isEqualTo(12_500);
    assertThat(scenario.replicas()).isEqualTo(21);
    assertThat(scenario.requests()).isEqualTo(30);
    assertThat(scenario.mix()).isEqualTo(1);
    assertThat(scenario.startWaitMillis()).isEqualTo(250);
    assertThat(scenario.endWaitMillis()).isZero();
    assertThat(scenario.seed()).isEqualTo(OptionalLong.of(-7));
    assertThat(scenario.lossProbability()).isEqualTo(0.5);
    assertThat(scenario.maxPackets()).isEqualTo(900_000);
    assertThat(PlannedEventsText.of(scenario)).containsExactly("kill_leader 0", "part_easy 12500");
    assertThat(scenario.courseThresholds())
        .contains(
            new CourseThresholds(
                0.1,
                0.2,
                0.3,
                0.4,
                Map.of(
                    PerformanceMetric.MEDIAN_LATENCY, new TierBounds(0, 0, 0.001),
                    PerformanceMetric.FAILURES, new TierBounds(1, 2, 3))));
  }

  @Test
  void empty_tests_mean_the_default_thresholds_and_no_tiers() throws ScenarioException {
    assertThat(with("\"tests\": {}").courseThresholds())
        .isEqualTo(Optional.of(new CourseThresholds(0.5, 0.5, 0.1, 0.5, Map.of())));
  }

  @Test
  void the_older_name_of_start_wait_is_accepted() throws ScenarioException {
    assertThat(with("\"wait\": 2").startWaitMillis()).isEqualTo(2_000);
  }

  @Test
  void every_seed_is_exact() throws ScenarioException {
    for (long seed : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0, (1L << 53) + 1}) {
      assertThat(with("\"seed\": " + seed).seed()).hasValue(seed);
    }
  }

  @Test
  void absurdly_written_numbers_within_the_bounds_are_read() throws ScenarioException {
    Scenario scenario =
        with("\"mix\": 1e-999999999, \"seed\": 0e999999999, \"drops\": 0.1" + "0".repeat(500));
    assertThat(scenario.mix()).isZero();
    assertThat(scenario.seed()).hasValue(0);
    assertThat(scenario.lossProbability()).isEqualTo(0.1);
  }

  @Test
  void the_text_of_the_file_is_kept_word_for_word() throws IOException, ScenarioException {
    String text =
        "\r\n" + SHORTEST.replace("}", ", \"title\": \"Gr\u00fc\u00dfe \ud83d\ude80\"}  \n");
    Scenario scenario = ScenarioReader.read(Files.writeString(folder.resolve("x.json"), text));
    assertThat(scenario.json()).isEqualTo(text);
    assertThat(scenario.title()).isEqualTo("Gr\u00fc\u00dfe \ud83d\ude80");
    assertThat(ScenarioReader.read(scenario.file().toString(), scenario.json()))
        .isEqualTo(scenario);
  }

  private static List<String> facts(Scenario scenario) {
    return scenario.warnings().stream().map(ProblemFacts::of).toList();
  }

  @Test
  void a_threshold_outside_tests_gets_a_warning_that_names_the_one_in_force()
      throws ScenarioException {
    String key = "\"maximum_get_generation_fail_fraction\"";
    String start = "1:49 " + key + " \"tests\" ";
    Scenario scenario = with(key + ": 0.2, \"tests\": {}");
    assertThat(scenario.courseThresholds().orElseThrow().maximumGetGenerationFailFraction())
        .isEqualTo(0.1);
    assertThat(facts(scenario)).containsExactly(start + "0.1");
    assertThat(facts(with(key + ": 0.2, \"tests\": {" + key + ": 0.3}")))
        .containsExactly(start + "0.3");
    assertThat(facts(with(key + ": 0.2"))).containsExactly(start + "\"tests\"");
  }

  @Test
  void fewer_packets_than_requests_get_a_warning() throws ScenarioException {
    assertThat(with("\"max_packets\": 9").warnings())
        .containsExactly(
            "x.json:1:64: \"max_packets\" is 9, fewer than the 10 requests: "
                + "the run may end early as a packet storm");
    assertThat(
            ScenarioReader.read(
                    "x",
                    """
                    {"lifetime": 30, "replicas": 5, "requests": 20001}""")
                .warnings())
        .containsExactly(
            "x:1:45: \"max_packets\" is 20000, fewer than the 20001 requests: "
                + "the run may end early as a packet storm");
  }
}
