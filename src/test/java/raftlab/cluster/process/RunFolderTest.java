package raftlab.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.wire.Id;

class RunFolderTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);

  private final RunFolder folder = new RunFolder();

  @Test
  void a_replica_keeps_its_data_directory_and_gets_a_new_trace_file_at_each_start()
      throws IOException {
    Path data = folder.dataFolder(A);
    assertThat(data)
        .isDirectory()
        .isEqualTo(folder.dataFolder(A))
        .isNotEqualTo(folder.dataFolder(B));
    assertThat(folder.newStateReportFile(A))
        .isEmptyFile()
        .isNotEqualTo(folder.newStateReportFile(A));
    folder.delete();
    assertThat(data.getParent()).doesNotExist();
    folder.delete();
  }

  @Test
  void links_are_deleted_and_never_followed(@TempDir Path elsewhere) throws IOException {
    Path kept = Files.writeString(elsewhere.resolve("kept"), "kept");
    Path deep = Files.createDirectories(folder.dataFolder(A).resolve("x/y"));
    Files.createSymbolicLink(deep.resolve("directory"), elsewhere);
    Files.createSymbolicLink(deep.resolve("file"), kept);
    Files.createSymbolicLink(deep.resolve("loop"), deep);
    folder.delete();
    assertThat(deep.getParent().getParent().getParent()).doesNotExist();
    assertThat(kept).hasContent("kept");
  }

  @Test
  void if_the_kit_can_not_delete_it_its_guardian_does(@TempDir Path elsewhere) throws IOException {
    Path kept = Files.writeString(elsewhere.resolve("kept"), "kept");
    Files.createSymbolicLink(folder.dataFolder(A).resolve("directory"), elsewhere);
    new ProcessReaper("no-such-replica", folder.path()).close();
    assertThat(folder.path()).doesNotExist();
    assertThat(kept).hasContent("kept");
  }
}
