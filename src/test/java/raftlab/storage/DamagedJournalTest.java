package raftlab.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal's file can look like after a crash, and after worse. */
class DamagedJournalTest {
  /** Empty ones, zeros and ones among them: all that may be mistaken for something else. */
  private static final byte[][] RECORDS = {
    {1, 2, 3, 4, 5, 6, 7},
    {},
    new byte[13],
    {0},
    "set colour to blue".getBytes(StandardCharsets.UTF_8),
    {},
    {9, 0, 0}
  };

  private static final int HEADER = JournalFormat.HEADER_BYTES;
  private static final int FRAME = JournalFormat.FRAME_BYTES;

  @TempDir private Path folder;
  private Path journal;
  private byte[] whole;

  @BeforeEach
  void write_a_journal() throws IOException {
    journal = folder.resolve("journal");
    try (FileStorage storage = new FileStorage(folder)) {
      for (byte[] record : RECORDS) {
        storage.append(record);
        storage.sync();
      }
    }
    whole = Files.readAllBytes(journal);
  }

  private static int startOf(int record) {
    int start = HEADER;
    for (int i = 0; i < record; i++) {
      start += FRAME + RECORDS[i].length;
    }
    return start;
  }

  /** The records that a file of this length holds in full. */
  private static byte[][] recordsWithin(int length) {
    int count = 0;
    while (count < RECORDS.length && startOf(count + 1) <= length) {
      count++;
    }
    return Arrays.copyOf(RECORDS, count);
  }

  private byte[][] load() {
    try (FileStorage storage = new FileStorage(folder)) {
      return storage.load().toArray(new byte[0][]);
    }
  }

  private void assertRefused(String message) {
    assertThatThrownBy(this::load)
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith(journal + ": byte ")
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void a_file_cut_off_anywhere_gives_the_records_before_the_cut_and_can_be_continued()
      throws IOException {
    for (int length = 0; length <= whole.length; length++) {
      Files.write(journal, Arrays.copyOf(whole, length));
      byte[][] expected = recordsWithin(length);
      byte[] next = {42, (byte) length};
      try (FileStorage storage = new FileStorage(folder)) {
        assertThat(storage.load().toArray(new byte[0][])).isDeepEqualTo(expected);
        storage.append(next);
        storage.sync();
      }
      List<byte[]> continued = new ArrayList<>(List.of(expected));
      continued.add(next);
      assertThat(load()).isDeepEqualTo(continued.toArray(new byte[0][]));
    }
  }

  @Test
  void a_file_with_zeros_from_anywhere_on_gives_a_prefix_or_is_refused() throws IOException {
    int prefixes = 0;
    for (int place = HEADER; place < whole.length; place++) {
      byte[] zeroed = whole.clone();
      Arrays.fill(zeroed, place, whole.length, (byte) 0);
      Files.write(journal, zeroed);
      try {
        byte[][] found = load();
        assertThat(found).isDeepEqualTo(Arrays.copyOf(RECORDS, found.length));
        prefixes++;
      } catch (StorageException refused) {
        assertThat(refused).hasMessageStartingWith(journal + ": byte ");
      }
    }
    assertThat(prefixes).isBetween(RECORDS.length, whole.length - HEADER - 1);
  }

  @Test
  void each_flipped_byte_is_refused_with_file_and_place() throws IOException {
    for (int place = 0; place < whole.length; place++) {
      byte[] flipped = whole.clone();
      for (int pattern : List.of(1, 2, 4, 8, 16, 32, 64, 128, 255, 0xAA, whole[place] & 0xFF)) {
        if (pattern == 0) {
          continue; // the pattern that makes this byte zero: it is
        }
        flipped[place] = (byte) (whole[place] ^ pattern);
        Files.write(journal, flipped);
        assertThatThrownBy(this::load)
            .as("byte %d, pattern %02x", place, pattern)
            .isInstanceOf(StorageException.class)
            .hasMessageStartingWith(journal + ": byte ");
      }
    }
  }

  @Test
  void a_damaged_length_of_the_last_record_is_not_taken_for_a_torn_write() throws IOException {
    int last = startOf(RECORDS.length - 1);
    whole[last + 2] = 1;
    Files.write(journal, whole);
    assertRefused("byte " + last + ": the record's frame's checksum is ");
  }

  @Test
  void a_damaged_record_is_reported_with_both_checksums() throws IOException {
    whole[HEADER + FRAME] ^= 1;
    Files.write(journal, whole);
    assertThatThrownBy(this::load)
        .isInstanceOf(StorageException.class)
        .message()
        .startsWith(journal + ": byte 16: the record's checksum is ")
        .matches(
            "(?s).*: the record's checksum is [0-9a-f]{8}, expected [0-9a-f]{8}:"
                + " the file is damaged, restore it or delete it to start as a new replica");
  }

  @Test
  void what_is_refused_is_left_as_it_was() throws IOException {
    whole[HEADER + FRAME] ^= 1;
    Files.write(journal, whole);
    assertRefused("byte 16");
    assertThat(Files.readAllBytes(journal)).isEqualTo(whole);
  }

  @Test
  void zeros_behind_the_last_record_are_cut_off() throws IOException {
    for (int zeros : List.of(1, FRAME - 1, FRAME, FRAME + 1, 5000)) {
      Files.write(journal, Arrays.copyOf(whole, whole.length + zeros));
      assertThat(load()).isDeepEqualTo(RECORDS);
      assertThat(Files.size(journal)).isEqualTo(whole.length);
    }
  }

  @Test
  void zeros_with_anything_else_behind_them_are_refused() throws IOException {
    byte[] longer = Arrays.copyOf(whole, whole.length + 5000);
    longer[longer.length - 1] = 1;
    Files.write(journal, longer);
    assertRefused("byte " + whole.length + ": the record's frame's checksum is 00000000");
  }

  @Test
  void a_record_that_vanished_from_the_middle_is_missed() throws IOException {
    byte[] shorter = new byte[whole.length - FRAME - RECORDS[0].length];
    System.arraycopy(whole, 0, shorter, 0, HEADER);
    System.arraycopy(whole, startOf(1), shorter, HEADER, shorter.length - HEADER);
    Files.write(journal, shorter);
    assertRefused("byte 16: the record's frame's checksum is ");
  }

  @Test
  void a_length_beyond_the_bound_is_refused_even_with_a_right_checksum() throws IOException {
    int length = JournalFormat.MAX_RECORD_BYTES + 1;
    ByteBuffer frame = ByteBuffer.allocate(HEADER + FRAME);
    frame.put(JournalFormat.header(1)).putInt(length).putInt(0);
    Files.write(journal, frame.putInt(JournalFormat.frameChecksum(HEADER, length, 0)).array());
    assertRefused("byte 16: the record's length is 268435457, expected at most 268435456");
  }
}
