package raftlab.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.wire.Id;

class StorageWatchTest {
  @TempDir private Path folder;
  private final List<Id> exceeded = new ArrayList<>();

  private Path data(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name + "-data"));
  }

  private void look() throws IOException, InterruptedException {
    try (StorageWatch watch = new StorageWatch(folder, 1_024, exceeded::add)) {
      watch.checkOnce();
    }
  }

  @Test
  void a_replica_that_stores_more_than_allowed_is_named() throws Exception {
    Files.write(data("0001").resolve("much"), new byte[3 << 20]);
    Files.write(data("0002").resolve("little"), new byte[3 << 10]);
    look();
    assertThat(exceeded).containsExactly(Id.of(1));
  }

  @Test
  void many_files_count_together() throws Exception {
    for (int i = 0; i < 10; i++) {
      Files.write(data("0003").resolve("file" + i), new byte[200 << 10]);
    }
    look();
    assertThat(exceeded).containsExactly(Id.of(3));
  }

  @Test
  void the_holes_of_a_file_count_nothing() throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(data("0001").resolve("map").toFile(), "rw")) {
      file.setLength(1L << 30);
    }
    look();
    assertThat(exceeded).isEmpty();
  }

  @Test
  void without_any_data_no_replica_is_named() throws Exception {
    look();
    assertThat(exceeded).isEmpty();
  }
}
