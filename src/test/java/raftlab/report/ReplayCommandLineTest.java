package raftlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that repeats a run starts the kit as its users do. */
class ReplayCommandLineTest {
  @TempDir private Path folder;

  private Path jar() throws IOException {
    return Files.createFile(
        Files.createDirectories(folder.resolve("target")).resolve("raftlab.jar"));
  }

  @Test
  void the_script_of_the_checkout_starts_its_jar() throws IOException {
    Path script = Files.createDirectories(folder.resolve("test-scripts")).resolve("raftlab");
    assertThat(Files.createFile(script).toFile().setExecutable(true)).isTrue();
    assertThat(ReplayCommandLine.program(jar().toString()))
        .singleElement()
        .asString()
        .endsWith("test-scripts/raftlab");
  }

  @Test
  void a_jar_without_its_checkout_is_started_by_java() throws IOException {
    assertThat(ReplayCommandLine.program(jar().toString())).startsWith("java", "-jar").hasSize(3);
  }

  @Test
  void classes_outside_a_jar_are_those_of_a_checkout() {
    assertThat(ReplayCommandLine.program("target/classes:lib/gson.jar"))
        .containsExactly("test-scripts/raftlab");
  }
}
