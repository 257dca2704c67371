package raftlab.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import raftlab.cluster.RecordingObserver;
import raftlab.wire.Id;

class ProcessClusterTest {
  @Test
  void a_cluster_without_a_guardian_leaves_no_folder_behind() throws Exception {
    List<Path> folders = new ArrayList<>();
    BiFunction<String, Path, ProcessReaper> failing =
        (token, folder) -> {
          assertThat(folder).exists();
          folders.add(folder);
          throw new IllegalStateException("no shell");
        };
    ReplicaCommand command = ReplicaCommand.parse("true");
    assertThatThrownBy(
            () ->
                new ProcessCluster(
                    command,
                    ReplicaSandbox.NONE,
                    List.of(Id.of(0)),
                    1,
                    true,
                    new RecordingObserver(),
                    failing))
        .hasMessage("no shell");
    assertThat(folders).hasSize(1);
    assertThat(folders.get(0)).doesNotExist();
  }
}
