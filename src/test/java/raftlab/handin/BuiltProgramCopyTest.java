package raftlab.handin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.handin.BuiltProgramCopy.NotPlantedException;

class BuiltProgramCopyTest {
  @TempDir private Path root;
  private Path team;

  @BeforeEach
  void handIn() throws IOException {
    team = Files.createDirectory(root.resolve("team"));
    Files.writeString(team.resolve("source"), "right\n");
    makefile("4700kvstore: source\n\tcp source $@; chmod +x $@; pwd > " + root + "/where");
  }

  private void makefile(String text) throws IOException {
    Files.writeString(team.resolve("Makefile"), text + "\n");
  }

  private BuiltProgramCopy plant() throws Exception {
    return BuiltProgramCopy.create(team, Map.of("source", "wrong\n"), Duration.ofSeconds(30));
  }

  private Path copy() throws IOException {
    return Path.of(Files.readString(root.resolve("where")).strip());
  }

  @Test
  void a_copy_is_changed_and_built_and_the_folder_stays_as_it_was() throws Exception {
    try (BuiltProgramCopy program = plant()) {
      assertThat(program.command().isReference()).isFalse();
      assertThat(copy().resolve("4700kvstore")).hasContent("wrong\n").isExecutable();
    }
    assertThat(team.resolve("source")).hasContent("right\n");
    assertThat(team.resolve("4700kvstore")).doesNotExist();
  }

  @Test
  void what_was_built_before_the_change_is_built_again() throws Exception {
    Files.writeString(team.resolve("4700kvstore"), "right\n");
    try (BuiltProgramCopy program = plant()) {
      assertThat(program.command().isReference()).isFalse();
      assertThat(copy().resolve("4700kvstore")).hasContent("wrong\n");
    }
  }

  @Test
  void the_copy_is_deleted_when_it_is_closed() throws Exception {
    plant().close();
    assertThat(copy().getParent()).doesNotExist();
  }

  @Test
  void a_failed_build_is_reported_with_its_output_and_leaves_nothing() throws IOException {
    makefile("all:\n\t@pwd > " + root + "/where; echo 'source:1: expected right'; exit 1");
    assertThatThrownBy(this::plant)
        .isInstanceOf(NotPlantedException.class)
        .hasMessageContaining("make failed with exit code 2:\nsource:1: expected right");
    assertThat(copy().getParent()).doesNotExist();
  }

  @Test
  void a_build_that_makes_no_program_is_reported() throws IOException {
    makefile("all:\n\t@true");
    assertThatThrownBy(this::plant)
        .isInstanceOf(NotPlantedException.class)
        .hasMessageContaining("there is no 4700kvstore");
  }
}
