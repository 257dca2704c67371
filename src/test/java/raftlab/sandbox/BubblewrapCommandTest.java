package raftlab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BubblewrapCommandTest {
  @TempDir private Path root;

  private static String text(BubblewrapCommand command) {
    return String.join(" ", command.of(List.of("program", "--option")));
  }

  @Test
  void folders_above_a_place_are_made_once_for_all_users() {
    BubblewrapCommand command =
        new BubblewrapCommand()
            .readOnly(Path.of("/a"), Path.of("/x/y/a"))
            .writable(Path.of("/b"), Path.of("/x/b"));
    assertThat(text(command))
        .isEqualTo(
            "bwrap --dir /x --dir /x/y --ro-bind /a /x/y/a --bind /b /x/b --remount-ro / -- program"
                + " --option");
  }

  @Test
  void folders_in_memory_have_a_size() {
    assertThat(text(new BubblewrapCommand().memoryFolder(Path.of("/tmp"), 4096)))
        .contains("--perms 1777 --size 4096 --tmpfs /tmp");
  }

  private String view(String launcher) throws IOException {
    BubblewrapCommand command = new BubblewrapCommand();
    new HandInView(command, 100).show(root, Path.of("/handin"), Path.of(launcher));
    return text(command).replace(root.toString(), "ROOT");
  }

  @Test
  void a_hand_in_can_be_read_and_new_files_can_be_written_beside_its_program() throws IOException {
    Files.writeString(root.resolve("kvstore"), "");
    Files.createDirectories(root.resolve("lib"));
    Files.createSymbolicLink(root.resolve("link"), Path.of("lib/x"));
    assertThat(view("kvstore"))
        .contains(
            "--tmpfs /handin",
            "--ro-bind ROOT/kvstore /handin/kvstore",
            "--ro-bind ROOT/lib /handin/lib",
            "--symlink lib/x /handin/link");
  }

  @Test
  void a_program_in_a_folder_below_can_write_there() throws IOException {
    Files.createDirectories(root.resolve("lib"));
    Files.createDirectories(root.resolve("build"));
    Files.writeString(root.resolve("build/kvstore"), "");
    assertThat(view("build/kvstore"))
        .contains(
            "--tmpfs /handin/build --ro-bind ROOT/build/kvstore /handin/build/kvstore",
            "--ro-bind ROOT/lib /handin/lib")
        .doesNotContain("--ro-bind ROOT/build /handin/build ");
  }

  @Test
  void a_folder_with_very_many_files_is_shown_as_a_whole() throws IOException {
    for (int i : IntStream.range(0, 501).toArray()) {
      Files.writeString(root.resolve("file" + i), "");
    }
    assertThat(view("file1")).contains("--ro-bind ROOT /handin ").doesNotContain("--tmpfs");
  }
}
