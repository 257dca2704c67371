package raftlab.handin.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.handin.archive.ArchiveFile.Contents;
import raftlab.handin.archive.HandInProblem.Kind;

/** Damaged archives are refused like hostile ones, whatever the library throws. */
class DamagedArchiveTest {
  private static final ArchiveLimits SMALL = new ArchiveLimits(1 << 20, 1 << 20, 50, 6, 200);

  @TempDir private Path root;

  private List<HandInProblem> refused(Path archive) {
    RefusedHandInException refused =
        catchThrowableOfType(
            RefusedHandInException.class,
            () -> ArchiveUnpacker.unpack(archive, root.resolve("out"), SMALL));
    assertThat(refused).isNotNull();
    assertThat(root.resolve("out")).doesNotExist();
    return refused.problems();
  }

  @Test
  void damaged_files_are_refused_at_every_length_without_another_exception() throws IOException {
    Contents contents =
        tar -> {
          tar.file("team/run", 0755, "#!/bin/sh\n");
          tar.file("n".repeat(150), "a long name");
        };
    Path zip = root.resolve("whole.zip");
    try (var out = new ZipArchiveOutputStream(zip)) {
      ArchiveFile.zipEntry(out, "team/run", 0755, "#!/bin/sh\n");
      ArchiveFile.zipEntry(out, "team/text", 0644, "text");
    }
    for (Path whole : List.of(ArchiveFile.tarGz(root.resolve("whole.tar.gz"), contents), zip)) {
      byte[] bytes = Files.readAllBytes(whole);
      Path cut = root.resolve("cut");
      // The end of a tar file is padding.
      for (int length = 0; length < bytes.length - 30; length += 61) {
        Files.write(cut, Arrays.copyOf(bytes, length));
        assertThat(refused(cut))
            .as("%s cut at %d", whole, length)
            .extracting(HandInProblem::kind)
            .containsAnyOf(Kind.UNREADABLE, Kind.FORMAT);
      }
    }
  }

  @Test
  void a_changed_byte_never_causes_another_exception() throws IOException {
    Path zip = root.resolve("whole.zip");
    try (var out = new ZipArchiveOutputStream(zip)) {
      ArchiveFile.zipEntry(out, "team/run", 0755, "#!/bin/sh\n");
      ArchiveFile.zipEntry(out, "team/link", 0120777, "run");
    }
    Path tar =
        ArchiveFile.tar(
            root.resolve("whole.tar"),
            archive -> {
              archive.file("team/run", 0755, "#!/bin/sh\n");
              archive.link("team/link", "run");
              archive.file("n".repeat(150), "a long name");
            });
    int refused = 0;
    for (Path whole : List.of(zip, tar)) {
      byte[] bytes = Files.readAllBytes(whole);
      for (int at = 0; at < Math.min(bytes.length, 4000); at += 13) {
        byte[] changed = bytes.clone();
        changed[at] ^= (byte) (at % 2 == 0 ? 0x80 : 0x07);
        Path file = Files.write(root.resolve("changed"), changed);
        Path to = root.resolve("to" + whole.getFileName() + at);
        try {
          ArchiveUnpacker.unpack(file, to, SMALL);
        } catch (RefusedHandInException expected) {
          refused++;
          assertThat(to).doesNotExist();
        }
      }
    }
    assertThat(refused).isGreaterThan(20);
  }
}
