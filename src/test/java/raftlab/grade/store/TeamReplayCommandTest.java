package raftlab.grade.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.scenario.file.ScenarioReader;

class TeamReplayCommandTest {
  private static final Path KIT = Path.of("configs/course/crash-1.json");

  @TempDir private Path root;

  private static ScenarioRecord record(Path file) throws Exception {
    return ScenarioRecord.of("crash-1", "mine", ScenarioReader.read(file), 7);
  }

  private static String command(ScenarioRecord scenario) {
    return TeamReplayCommand.of(scenario, List.of("bin/my kv"), 7);
  }

  @Test
  void a_scenario_of_the_kit_has_its_name_there() throws Exception {
    assertThat(command(record(KIT)))
        .isEqualTo(
            "test-scripts/raftlab run --replica 'path/to/bin/my kv' --seed 7 course/crash-1");
    assertThat(command(record(KIT.toAbsolutePath()))).endsWith(" course/crash-1");
  }

  @Test
  void another_scenario_is_in_the_evidence() throws Exception {
    Path folder = Files.createDirectories(root.resolve("course"));
    Path changed = folder.resolve("crash-1.json");
    Files.writeString(changed, Files.readString(KIT).replaceFirst("\\{", "{\"seed\": 3, "));
    assertThat(command(record(changed))).endsWith(" evidence/crash-1.json");
    assertThat(command(record(Files.copy(KIT, root.resolve("crash-1.json")))))
        .endsWith(" evidence/crash-1.json");
  }
}
