package raftlab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {
  @TempDir private Path root;

  @Test
  void what_a_killed_kit_left_is_deleted_and_what_is_in_use_is_not() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    try (ScratchFolder inUse = ScratchFolder.create(HostUser.OF_KIT)) {
      String name = inUse.path().getFileName().toString();
      String own = "-" + ProcessHandle.current().pid() + "-";
      assertThat(name).contains(own);
      Path stale = inUse.path().resolveSibling(name.replace(own, "-" + ended.pid() + "-"));
      Path foreign =
          inUse.path().resolveSibling("raftlab-sandbox-1-" + ended.pid() + "-" + System.nanoTime());
      Files.createDirectories(stale.resolve("etc"));
      Files.createDirectories(foreign);
      try (ScratchFolder next = ScratchFolder.create(HostUser.OF_KIT)) {
        assertThat(stale).doesNotExist();
        assertThat(foreign).exists();
        assertThat(inUse.path()).exists();
      } finally {
        ScratchFolder.delete(foreign);
        ScratchFolder.delete(stale);
      }
    }
  }

  @Test
  void that_of_a_run_is_beside_its_results() throws Exception {
    Path results = Files.createDirectory(root.resolve("results"));
    try (ScratchFolder scratch = ScratchFolder.beside(results, HostUser.OF_KIT)) {
      assertThat(scratch.path().getParent()).isEqualTo(root);
    }
    assertThat(root.toFile().list()).containsExactly("results");
  }
}
