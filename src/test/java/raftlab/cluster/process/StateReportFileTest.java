package raftlab.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Committed;

class StateReportFileTest {
  @TempDir private Path folder;
  private final List<StateChange> changes = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(1000);
  private Path path;
  private StateReportFile file;

  @BeforeEach
  void open() throws IOException {
    path = Files.createFile(folder.resolve("trace"));
    file = open(10_000_000);
  }

  private StateReportFile open(long mostBytes) throws IOException {
    return new StateReportFile(
        path,
        mostBytes,
        (change, afterSent) -> changes.add(change),
        (what, count) -> complaints.add(count + " " + what));
  }

  @AfterEach
  void close() {
    file.close();
  }

  private void write(String text) throws IOException {
    Files.writeString(path, text, StandardOpenOption.APPEND);
  }

  private void readAll() {
    boolean more = true;
    while (more) {
      more = file.read(buffer);
    }
  }

  private static String committed(long index) {
    return "{\"change\":\"Committed\",\"index\":" + index + "}\n";
  }

  @Test
  void each_change_is_reported_once_as_the_file_grows() throws IOException {
    assertThat(file.read(buffer)).isFalse();
    write(committed(1) + committed(2));
    assertThat(file.read(buffer)).isTrue();
    assertThat(changes).containsExactly(new Committed(1), new Committed(2));
    assertThat(file.read(buffer)).isFalse();
    write(committed(3));
    assertThat(file.read(buffer)).isTrue();
    assertThat(changes).hasSize(3).endsWith(new Committed(3));
    assertThat(complaints).isEmpty();
  }

  @Test
  void half_a_line_waits_for_its_other_half() throws IOException {
    String line = "{\"change\":\"Appended\",\"index\":1,\"term\":2,\"command\":\"välue 😀\"}\n";
    for (char c : line.toCharArray()) {
      assertThat(changes).isEmpty();
      if (!Character.isSurrogate(c)) {
        write(String.valueOf(c));
      } else if (Character.isHighSurrogate(c)) {
        write("😀");
      }
      readAll();
    }
    assertThat(changes).containsExactly(new Appended(1, 2, "välue 😀"));
  }

  @Test
  void lines_longer_than_the_buffer_are_read_too() throws IOException {
    String command = "x".repeat(70_000);
    write("{\"change\":\"Appended\",\"index\":1,\"term\":2,\"command\":\"" + command + "\"}\n");
    write(committed(1));
    readAll();
    assertThat(changes).containsExactly(new Appended(1, 2, command), new Committed(1));
  }

  @Test
  void invalid_lines_are_reported_and_the_others_are_still_read() throws IOException {
    write(committed(1) + "hello\n{\"change\":\"Exploded\"}\n\n" + committed(2));
    readAll();
    assertThat(changes).containsExactly(new Committed(1), new Committed(2));
    assertThat(complaints)
        .containsExactly(
            "1 a line of RAFTLAB_TRACE that is not a state change, the first in line 2: found"
                + " hello, expected a JSON object");
  }

  @Test
  void a_line_without_end_takes_no_more_memory_than_allowed() throws IOException {
    String much = "x".repeat(1 << 20);
    write(much + "\n" + committed(1));
    readAll();
    assertThat(changes).containsExactly(new Committed(1));
    assertThat(complaints)
        .containsExactly(
            "1 a line of RAFTLAB_TRACE that is not a state change, the first in line 1: longer"
                + " than 262144 bytes");
  }

  @Test
  void beyond_the_bound_nothing_is_read_and_that_is_reported_once() throws IOException {
    file.close();
    file = open(5000);
    for (int i = 0; i < 1000; i++) {
      write(committed(1));
      readAll();
    }
    assertThat(changes).hasSizeBetween(100, 200);
    assertThat(complaints)
        .containsExactly("1 more than 5000 bytes in RAFTLAB_TRACE, of which no more is read");
  }

  @Test
  void random_bytes_cause_no_error() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    byte[] noise = new byte[50_000];
    random.nextBytes(noise);
    Files.write(path, noise);
    write(
        "\n" + "[".repeat(100_000) + "\n{\"change\":" + "[".repeat(200) + "]".repeat(200) + "}\n");
    write("{\"change\":\"Committed\",\"index\":" + "9".repeat(100_000) + "}\n");
    write(committed(1));
    readAll();
    assertThat(changes).endsWith(new Committed(1));
    assertThat(complaints.get(0))
        .startsWith("1 a line of RAFTLAB_TRACE that is not a state change, the first in line 1: ")
        .doesNotContain("\n");
    assertThat(complaints.get(complaints.size() - 1)).startsWith("100 a line of RAFTLAB_TRACE");
  }

  @Test
  void a_file_that_was_emptied_or_deleted_causes_no_error() throws IOException {
    write(committed(1) + committed(2));
    readAll();
    Files.writeString(path, committed(3));
    readAll();
    Files.delete(path);
    readAll();
    assertThat(changes).containsExactly(new Committed(1), new Committed(2));
  }
}
