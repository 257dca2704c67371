package raftlab.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedDiskTest {
  private static final byte[] A = {1};
  private static final byte[] B = {2};
  private static final byte[] C = {3};

  @Test
  void what_was_synced_survives_a_crash() {
    SimulatedDisk disk = new SimulatedDisk("disk", new SplittableRandom(1));
    disk.append(A);
    disk.append(B);
    disk.sync();
    disk.crash();
    assertThat(disk.load()).containsExactly(A, B);
  }

  @Test
  void of_what_was_not_synced_a_crash_leaves_any_number_from_the_front() {
    TreeSet<Integer> left = new TreeSet<>();
    for (int seed = 0; seed < 50; seed++) {
      SimulatedDisk disk = new SimulatedDisk("disk", new SplittableRandom(seed));
      disk.append(A);
      disk.sync();
      disk.append(B);
      disk.append(C);
      disk.crash();
      assertThat(List.of(A, B, C).subList(0, disk.load().size())).isEqualTo(disk.load());
      left.add(disk.load().size());
    }
    assertThat(left).containsExactly(1, 2, 3);
  }

  @Test
  void a_replacement_is_durable_at_once() {
    SimulatedDisk disk = new SimulatedDisk("disk", new SplittableRandom(1));
    disk.append(A);
    disk.sync();
    disk.append(B);
    disk.replace(List.of(C));
    disk.crash();
    assertThat(disk.load()).containsExactly(C);
  }

  @Test
  void a_crash_that_finds_nothing_unsynced_draws_no_random_number() {
    RandomGenerator random = new SplittableRandom(7);
    SimulatedDisk disk = new SimulatedDisk("disk", random);
    disk.append(A);
    disk.sync();
    disk.crash();
    assertThat(random.nextLong()).isEqualTo(new SplittableRandom(7).nextLong());
  }

  @Test
  void a_crash_that_tears_leaves_whole_records_from_the_front_and_cuts_off_the_next() {
    TreeSet<Integer> left = new TreeSet<>();
    for (int seed = 0; seed < 200; seed++) {
      SimulatedDisk disk = new SimulatedDisk("disk", new SplittableRandom(seed));
      disk.append(A);
      disk.sync();
      disk.append(B);
      disk.append(C);
      disk.tearNextWrite();
      disk.crash();
      disk.open();
      assertThat(disk.load().toArray(new byte[0][]))
          .isDeepEqualTo(List.of(A, B, C).subList(0, disk.load().size()).toArray(new byte[0][]));
      left.add(disk.load().size());
    }
    assertThat(left).containsExactly(1, 2);
  }

  @Test
  void a_torn_end_of_any_length_in_a_file_is_cut_off(@TempDir Path folder) throws IOException {
    for (int seed = 0; seed < 50; seed++) {
      assertThat(TornWrite.appendTo(folder, new SplittableRandom(seed)).isEmpty())
          .isEqualTo(seed == 0);
      try (FileStorage storage = new FileStorage(folder)) {
        assertThat(storage.load()).hasSize(seed);
        storage.append(B);
        storage.sync();
      }
    }
  }
}
