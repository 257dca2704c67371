package raftlab.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir private Path folder;

  private static WholeFile.Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_file_is_created_with_its_folders_and_replaced() throws IOException {
    Path file = folder.resolve("a/b/file");
    WholeFile.write(file, text("old"));
    WholeFile.write(file, text("new"));
    assertThat(file).hasContent("new");
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void what_cannot_be_written_leaves_the_old_file_whole_and_says_why() throws IOException {
    Path file = folder.resolve("file");
    WholeFile.write(file, text("old"));
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    out -> {
                      out.write(1);
                      throw new IOException("No space left on device");
                    }))
        .hasMessage("can't write " + file + ": No space left on device");
    assertThat(file).hasContent("old");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void what_an_interrupted_write_left_is_no_hindrance_and_is_recognized() throws IOException {
    Path left = Files.writeString(folder.resolve(".file.part"), "a long half of a file");
    assertThat(WholeFile.isLeftover(left)).isTrue();
    WholeFile.write(folder.resolve("file"), text("new"));
    assertThat(folder.resolve("file")).hasContent("new");
    assertThat(left).doesNotExist();
    assertThat(WholeFile.isLeftover(folder.resolve("file"))).isFalse();
  }
}
