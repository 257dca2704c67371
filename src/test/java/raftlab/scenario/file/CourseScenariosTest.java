package raftlab.scenario.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import raftlab.scenario.CourseThresholds;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;

/** The course's own scenarios have the course's values: scores are comparable only if they do. */
class CourseScenariosTest {
  private static final Path FOLDER = Path.of("configs", "course");

  /**
   * Seconds and fractions as the course writes them; a star is the threshold that it has in the
   * wrong place.
   */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          simple-1     | No drops, no failures, 80% read                           | 500 | 0.8 | 0    | 2  |                                                                                               | 1200 3000 5000 | 0 1 2    | 0 2 5  | 0.0004 0.002 0.05  |
          simple-2     | No drops, no failures, 20% read                           | 500 | 0.2 | 0    | 2  |                                                                                               | 2200 4000 5000 | 0 1 2    | 0 2 5  | 0.001 0.005 0.05   |
          unreliable-1 | 5% drops, no failures, 20% read                           | 500 | 0.2 | 0.05 | 2  |                                                                                               | 2200 4500 5500 | 0 1 2    | 0 2 5  | 0.001 0.005 0.05   |
          unreliable-2 | 10% drops, no failures, 20% read                          | 500 | 0.2 | 0.1  | 2  |                                                                                               | 2300 4500 6000 | 0 1 2    | 0 2 5  | 0.001 0.005 0.05   |
          unreliable-3 | 15% drops, no failures, 20% read                          | 500 | 0.2 | 0.15 | 2  |                                                                                               | 2300 4500 6000 | 0 1 5    | 0 3 6  | 0.001 0.005 0.05   | *
          crash-1      | No drops, 1 replica failure, 20% read                     | 500 | 0.2 | 0    | 2  | kill_non_leader 15                                                                            | 2500 4000 5000 | 0 1 5    | 0 2 5  | 0.001 0.005 0.05   |
          crash-2      | No drops, 2 replica failures, 20% read                    | 500 | 0.2 | 0    | 2  | kill_non_leader 10, kill_non_leader 20                                                        | 2500 4000 5000 | 0 1 5    | 0 2 5  | 0.001 0.005 0.05   |
          crash-3      | No drops, 1 leader failure, 20% read                      | 400 | 0.2 | 0    | 2  | kill_leader 10                                                                                | 2000 4000 5000 | 0 2 5    | 0 2 10 | 0.0002 0.005 0.05  |
          crash-4      | No drops, 2 leader failures, 20% read                     | 300 | 0.2 | 0    | 2  | kill_leader 8, kill_leader 16                                                                 | 1800 4000 5000 | 1 4 10   | 0 2 10 | 0.00015 0.005 0.05 |
          partition-1  | No drops, 1 easy partition, 20% read                      | 400 | 0.2 | 0    | 2  | part_easy 5, part_end 10                                                                      | 2200 4000 5000 | 0 1 5    | 0 2 5  | 0.0002 0.005 0.05  |
          partition-2  | No drops, 2 easy partitions, 20% read                     | 300 | 0.2 | 0    | 2  | part_easy 5, part_end 10, part_easy 18, part_end 23                                           | 1800 4000 5000 | 0 1 5    | 0 2 5  | 0.0002 0.005 0.05  |
          partition-3  | No drops, 1 hard partition, 20% read                      | 400 | 0.2 | 0    | 2  | part_hard 5, part_end 10                                                                      | 2200 4000 5000 | 0 10 30  | 0 2 5  | 0.00025 0.005 0.05 |
          partition-4  | No drops, 2 hard partitions, 20% read                     | 300 | 0.2 | 0    | 2  | part_hard 5, part_end 10, part_hard 18, part_end 23                                           | 1800 4000 5000 | 0 20 60  | 0 2 5  | 0.00025 0.005 0.05 |
          advanced-1   | 10% drops, 2 hard partitions and 1 leader failure, 20% read | 250 | 0.2 | 0.1  | 2  | part_hard 5, part_end 8, part_hard 12, part_end 15, kill_leader 20                           | 1000 3000 4000 | 1 10 100 | 0 3 6  | 0.00015 0.005 0.05 | *
          advanced-2   | 15% drops, 2 leader failures, 20% read                    | 300 | 0.2 | 0.15 | 5  | kill_leader 8, kill_leader 16                                                                 | 1000 3000 4000 | 1 10 100 | 0 5 10 | 0.00015 0.005 0.05 | *
          advanced-3   | 30% drops, 1 leader failure, 20% read                     | 200 | 0.2 | 0.3  | 10 | kill_leader 5                                                                                 | 1000 3000 4000 | 1 10 100 | 0 6 20 | 0.0002 0.005 0.1   | *
          advanced-4   | 10% drops, 3 hard partitions and 1 leader kill, 20% read  | 300 | 0.2 | 0.1  | 5  | part_hard 5, part_end 8, part_hard 12, part_end 15, part_hard 19, part_end 21, kill_leader 25 | 1000 4000 5000 | 1 10 100 | 0 6 10 | 0.0002 0.005 0.1   | *
          """)
  void has_the_values_of_the_course(
      String name,
      String title,
      int requests,
      double mix,
      double drops,
      int endWait,
      String events,
      String totalMessages,
      String failures,
      String duplicates,
      String medianLatency,
      String note)
      throws ScenarioException {
    Scenario scenario = ScenarioReader.read(FOLDER.resolve(name + ".json"));
    assertThat(scenario.name()).isEqualTo(name);
    assertThat(scenario.title()).isEqualTo(title);
    assertThat(scenario.lifetimeMillis()).isEqualTo(30_000);
    assertThat(scenario.replicas()).isEqualTo(5);
    assertThat(scenario.requests()).isEqualTo(requests);
    assertThat(scenario.mix()).isEqualTo(mix);
    assertThat(scenario.startWaitMillis()).isEqualTo(5_000);
    assertThat(scenario.endWaitMillis()).isEqualTo(endWait * 1000L);
    assertThat(scenario.seed()).isEmpty();
    assertThat(scenario.lossProbability()).isEqualTo(drops);
    assertThat(scenario.maxPackets()).isEqualTo(20_000);
    assertThat(PlannedEventsText.of(scenario)).isEqualTo(planned(events));

    CourseThresholds tests = scenario.courseThresholds().orElseThrow();
    assertThat(tests.maximumGetFailFraction()).isEqualTo(0.5);
    assertThat(tests.maximumPutFailFraction()).isEqualTo(0.5);
    assertThat(tests.maximumGetGenerationFailFraction()).isEqualTo(0.1);
    assertThat(tests.maximumAppendsBatchedFraction()).isEqualTo(0.5);
    assertThat(tests.benchmarks().values().stream().map(CourseScenariosTest::written))
        .containsExactly(
            written(totalMessages), written(failures), written(duplicates), written(medianLatency));

    boolean misplaced = scenario.json().contains("\"maximum_get_generation_fail_fraction\": 0.2");
    assertThat(misplaced).isEqualTo("*".equals(note));
    assertThat(scenario.warnings()).hasSize(misplaced ? 1 : 0);
  }

  @Test
  void there_are_seventeen_of_them() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .hasSize(18)
          .contains("suite.json");
    }
  }

  private static List<String> planned(String events) {
    return events == null
        ? List.of()
        : Arrays.stream(events.split(", ")).map(event -> event + "000").toList();
  }

  private static List<Double> written(String bounds) {
    return Arrays.stream(bounds.split(" ")).map(Double::valueOf).toList();
  }

  private static List<Double> written(CourseThresholds.TierBounds bounds) {
    return List.of(bounds.bonus(), bounds.full(), bounds.partial());
  }
}
