package raftlab.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStorageTest {
  @TempDir private Path folder;

  private static byte[] record(int length, int seed) {
    byte[] record = new byte[length];
    for (int i = 0; i < length; i++) {
      record[i] = (byte) (seed + 31 * i);
    }
    return record;
  }

  private FileStorage open() {
    return new FileStorage(folder);
  }

  private List<byte[]> reopened() {
    try (FileStorage storage = open()) {
      return storage.load();
    }
  }

  private static void assertSame(List<byte[]> found, byte[]... expected) {
    assertThat(found.toArray(new byte[0][])).isDeepEqualTo(expected);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void what_was_synced_is_there_again_in_order() {
    byte[] large = record(300_000, 3);
    try (FileStorage storage = open()) {
      assertThat(storage.load()).isEmpty();
      storage.append(record(5, 1));
      storage.append(new byte[0]);
      storage.sync();
      storage.append(large);
      storage.append(record(7, 2));
      storage.sync();
    }
    assertSame(reopened(), record(5, 1), new byte[0], large, record(7, 2));
  }

  @Test
  void what_was_not_synced_is_not_there_again() {
    try (FileStorage storage = open()) {
      storage.append(record(5, 1));
      storage.sync();
      storage.append(record(6, 2));
      assertSame(storage.load(), record(5, 1), record(6, 2));
    }
    assertSame(reopened(), record(5, 1));
  }

  @Test
  void a_sync_without_anything_new_leaves_the_file_alone() throws IOException {
    try (FileStorage storage = open()) {
      storage.append(record(5, 1));
      storage.sync();
      Path journal = folder.resolve("journal");
      byte[] before = Files.readAllBytes(journal);
      storage.sync();
      assertThat(Files.readAllBytes(journal)).isEqualTo(before);
    }
  }

  @Test
  void a_record_can_be_read_any_number_of_times() {
    try (FileStorage storage = open()) {
      storage.append(record(5, 1));
      storage.sync();
      assertSame(storage.load(), record(5, 1));
      assertSame(storage.load(), record(5, 1));
    }
  }

  @Test
  void a_replacement_is_durable_at_once_and_takes_the_place_of_all_before_it() throws IOException {
    try (FileStorage storage = open()) {
      storage.append(record(50_000, 1));
      storage.sync();
      storage.append(record(6, 2));
      storage.replace(List.of(record(7, 3), record(8, 4)));
      assertThat(Files.size(folder.resolve("journal"))).isLessThan(100);
    }
    assertSame(reopened(), record(7, 3), record(8, 4));
    assertThat(files()).containsExactly("journal", "lock");
  }

  @Test
  void what_is_appended_after_a_replacement_comes_behind_it() {
    try (FileStorage storage = open()) {
      storage.replace(List.of(record(7, 3)));
      storage.append(record(9, 5));
      storage.sync();
      assertSame(storage.load(), record(7, 3), record(9, 5));
    }
    assertSame(reopened(), record(7, 3), record(9, 5));
  }

  @Test
  void a_crash_before_the_new_file_took_the_place_of_the_old_one_leaves_the_old_one()
      throws IOException {
    try (FileStorage storage = open()) {
      storage.append(record(5, 1));
      storage.sync();
    }
    Path half = folder.resolve("journal.new");
    byte[] whole = Files.readAllBytes(folder.resolve("journal"));
    for (int length = 0; length <= whole.length; length++) {
      Files.write(half, Arrays.copyOf(whole, length));
      assertSame(reopened(), record(5, 1));
      assertThat(files()).containsExactly("journal", "lock");
    }
  }

  @Test
  void a_directory_that_is_not_there_is_made() {
    Path deep = folder.resolve("a/b");
    try (FileStorage storage = new FileStorage(deep)) {
      storage.append(record(5, 1));
      storage.sync();
    }
    assertThat(deep.resolve("journal")).isRegularFile();
  }

  @Test
  void a_file_in_the_place_of_the_directory_is_named() throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "");
    assertThatThrownBy(() -> new FileStorage(file))
        .isInstanceOf(StorageException.class)
        .hasMessage(file + ": can't be used: found a file, expected a directory");
  }

  @Test
  void two_replicas_can_not_share_a_directory() {
    try (FileStorage first = open()) {
      first.append(record(5, 1));
      assertThatThrownBy(this::open)
          .isInstanceOf(StorageException.class)
          .hasMessage(
              folder
                  + ": can't be used: another replica uses this directory, expected one for each replica");
      first.sync();
    }
    assertSame(reopened(), record(5, 1));
  }

  @Test
  void an_empty_file_is_that_of_a_new_replica() throws IOException {
    Files.createFile(folder.resolve("journal"));
    try (FileStorage storage = open()) {
      assertThat(storage.load()).isEmpty();
      storage.append(record(5, 1));
      storage.sync();
    }
    assertSame(reopened(), record(5, 1));
  }

  @Test
  void another_version_is_refused_and_the_known_one_is_named() throws IOException {
    Path journal = Files.write(folder.resolve("journal"), JournalFormat.header(2));
    assertThatThrownBy(this::open)
        .isInstanceOf(StorageException.class)
        .hasMessage(
            journal + ": the journal's format is version 2, but this raftlab reads version 1 only");
  }

  @Test
  void what_never_was_a_journal_is_refused() throws IOException {
    Path journal = folder.resolve("journal");
    Files.writeString(journal, "a letter to my aunt");
    assertThatThrownBy(this::open).hasMessageStartingWith(journal + ": byte 0: ");
    Files.writeString(journal, "raft");
    assertThat(reopened()).isEmpty();
    Files.writeString(journal, "rafters");
    assertThatThrownBy(this::open).hasMessageStartingWith(journal + ": byte 4: ");
  }

  @Test
  void after_a_write_that_failed_nothing_is_taken_any_more() {
    try (FileStorage storage = open()) {
      storage.append(record(5, 1));
      Thread.currentThread().interrupt(); // closes a file channel that is written to
      assertThatThrownBy(storage::sync)
          .isInstanceOf(StorageException.class)
          .hasMessageStartingWith(folder.resolve("journal") + ": can't be written: ");
      assertThat(Thread.interrupted()).isTrue();
      assertThatThrownBy(storage::sync).isInstanceOf(StorageException.class);
      assertThatThrownBy(() -> storage.append(record(6, 2))).isInstanceOf(StorageException.class);
      assertThatThrownBy(() -> storage.replace(List.of())).isInstanceOf(StorageException.class);
    }
    assertThat(reopened()).isEmpty();
  }

  @Test
  void a_record_beyond_the_bound_is_refused() {
    byte[] tooLong = new byte[JournalFormat.MAX_RECORD_BYTES + 1];
    try (FileStorage storage = open()) {
      assertThatThrownBy(() -> storage.append(tooLong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected at most 268435456");
      assertThat(storage.load()).isEmpty();
    }
  }
}
