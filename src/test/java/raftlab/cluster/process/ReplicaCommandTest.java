package raftlab.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaCommandTest {
  @TempDir private Path folder;

  private Path program(String name) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  @Test
  void a_relative_path_becomes_absolute() {
    assertThat(ReplicaCommand.parse("test-scripts/3700kvstore").words())
        .containsExactly(Path.of("test-scripts/3700kvstore").toAbsolutePath().toString());
  }

  @Test
  void arguments_come_before_the_port_and_quotes_keep_spaces() throws IOException {
    Path file = program("store");
    assertThat(ReplicaCommand.parse(file + "  -v 'two words' \"x\"").words())
        .containsExactly(file.toString(), "-v", "two words", "x");
  }

  @Test
  void a_file_with_spaces_in_its_name_needs_no_quotes() throws IOException {
    Path file = program("my store");
    assertThat(ReplicaCommand.parse(file.toString()).words()).containsExactly(file.toString());
  }

  @Test
  void a_bare_word_is_looked_for_on_the_path() {
    assertThat(ReplicaCommand.parse("sh -c true").words().get(0)).endsWith("/sh").startsWith("/");
  }

  @Test
  void a_command_that_cannot_be_started_is_explained() throws IOException {
    Path notExecutable = Files.writeString(folder.resolve("store"), "#!/bin/sh\n");
    assertThatThrownBy(() -> ReplicaCommand.parse(notExecutable.toString()))
        .hasMessageContaining("is not executable; to make it so: chmod +x");
    assertThatThrownBy(() -> ReplicaCommand.parse(folder.toString()))
        .hasMessageContaining("is a directory");
    assertThatThrownBy(() -> ReplicaCommand.parse(folder.resolve("gone").toString()))
        .hasMessageContaining("there is no replica at");
    assertThatThrownBy(() -> ReplicaCommand.parse("  ")).hasMessageContaining("empty command");
    assertThatThrownBy(() -> ReplicaCommand.parse("sh 'x"))
        .hasMessageContaining("unterminated quote '");
  }

  @Test
  void the_only_program_of_a_folder_is_suggested() throws IOException {
    Files.writeString(folder.resolve("Makefile"), "all:\n");
    Path program = Files.writeString(folder.resolve("store"), "#!/bin/sh\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    assertThatThrownBy(() -> ReplicaCommand.parse(folder.toString()))
        .hasMessageContaining("did you mean " + program + "?");
    Path other = Files.writeString(folder.resolve("other"), "#!/bin/sh\n");
    assertThat(other.toFile().setExecutable(true)).isTrue();
    assertThatThrownBy(() -> ReplicaCommand.parse(folder.toString()))
        .hasMessageNotContaining("did you mean");
  }

  @Test
  void a_backslash_and_a_hash_are_kept_as_they_are() throws IOException {
    Path file = program("store");
    assertThat(ReplicaCommand.parse(file + " \"C:\\new\" #1 a'b c'd").words())
        .containsExactly(file.toString(), "C:\\new", "#1", "ab cd");
  }
}
