package raftlab.scenario.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import raftlab.scenario.ActionType;
import raftlab.scenario.PerformanceMetric;

/** The table of keys agrees with itself. */
class ScenarioKeysTest {
  private static Stream<KeySpec> keys() {
    return ScenarioKeys.SCENARIO.withNested().stream().flatMap(section -> section.keys().stream());
  }

  @Test
  void every_key_is_described_and_no_section_has_two_of_one_name() {
    assertThat(keys()).allSatisfy(key -> assertThat(key.description()).matches("[A-Z].*[^.]"));
    assertThat(ScenarioKeys.SCENARIO.withNested())
        .hasSizeGreaterThan(ActionType.values().length)
        .allSatisfy(section -> assertThat(section.names()).doesNotHaveDuplicates());
  }

  @Test
  void every_default_is_a_valid_value_of_its_key() {
    assertThat(keys().filter(key -> key.defaultValue().isPresent()))
        .hasSizeGreaterThan(9)
        .allSatisfy(
            key -> {
              LocatedJson value =
                  LocatedJsonParser.parse("default", key.defaultValue().orElseThrow());
              assertThat(ScenarioFileChecker.isValid(key.type(), value)).isTrue();
              assertThat(key.required()).isFalse();
            });
  }

  @Test
  void every_metric_has_its_tiers_and_every_fault_its_word() {
    assertThat(ScenarioKeys.BENCHMARKS.names())
        .isEqualTo(Stream.of(PerformanceMetric.values()).map(PerformanceMetric::key).toList());
    assertThat(
            Stream.of(PerformanceMetric.values())
                .map(metric -> PerformanceMetric.of(metric.key()).orElseThrow()))
        .containsExactly(PerformanceMetric.values());
    assertThat(ScheduleKeys.EVENT.words("type"))
        .startsWith(
            "kill_leader",
            "kill_non_leader",
            "part_easy",
            "part_hard",
            "part_end",
            "restart",
            "restart_all",
            "transfer",
            "add",
            "remove",
            "remove_leader")
        .containsExactlyElementsOf(Stream.of(ActionType.values()).map(ActionType::key).toList());
  }
}
