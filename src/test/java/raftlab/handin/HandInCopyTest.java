package raftlab.handin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.handin.archive.HandInProblem;
import raftlab.handin.archive.RefusedHandInException;

class HandInCopyTest {
  @TempDir private Path root;
  private Path source;
  private Path target;

  @BeforeEach
  void makeHandIn() throws IOException {
    source = Files.createDirectory(root.resolve("team"));
    target = root.resolve("copy");
    Files.createDirectory(source.resolve("sub"));
    Files.writeString(source.resolve("sub/file"), "content");
    Files.writeString(root.resolve("secret"), "not theirs");
  }

  private HandInCopy copy() throws RefusedHandInException, IOException {
    return HandInCopy.of(source, target);
  }

  private void link(String name, String to) throws IOException {
    Files.createSymbolicLink(source.resolve(name), Path.of(to));
  }

  private boolean isCopied(String name) {
    return Files.exists(target.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  @Test
  void times_and_rights_are_kept_since_make_and_programs_need_them() throws Exception {
    Path file = source.resolve("sub/file");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-xr-x--x"));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
    assertThat(copy().problems()).isEmpty();
    Path copied = target.resolve("sub/file");
    assertThat(copied).hasContent("content").isExecutable();
    assertThat(Files.getLastModifiedTime(copied).toMillis()).isEqualTo(1_000_000_000_000L);
  }

  @Test
  void links_within_the_hand_in_are_copied_as_links() throws Exception {
    link("inside", "sub/file");
    link("to-be-built", "sub/not-there-yet");
    assertThat(copy().problems()).isEmpty();
    assertThat(Files.readSymbolicLink(target.resolve("inside"))).isEqualTo(Path.of("sub/file"));
    assertThat(Files.isSymbolicLink(target.resolve("to-be-built"))).isTrue();
  }

  @Test
  void links_that_lead_out_are_left_out_and_listed() throws Exception {
    link("absolute", root.resolve("secret").toString());
    link("up", "../secret");
    link("folder", "..");
    link("sub/root", "..");
    link("by-detour", "sub/root/../secret");
    link("own-absolute", source.resolve("sub/file").toString());
    HandInCopy copy = copy();
    assertThat(copy.problems())
        .extracting(HandInProblem::path)
        .containsExactlyInAnyOrder("absolute", "up", "folder", "by-detour", "own-absolute");
    assertThat(copy.problems()).allMatch(each -> each.text().contains("link"));
    assertThat(isCopied("absolute")).isFalse();
    assertThat(isCopied("by-detour")).isFalse();
    assertThat(isCopied("sub/root")).isTrue();
  }

  @Test
  void a_pipe_does_not_block_the_copy() throws Exception {
    Path pipe = source.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(copy().problems()).singleElement().extracting(HandInProblem::path).isEqualTo("pipe");
  }

  @Test
  void too_large_a_hand_in_is_refused_before_it_fills_the_disk() throws Exception {
    try (var file = new java.io.RandomAccessFile(source.resolve("huge").toFile(), "rw")) {
      file.setLength(1L << 40);
    }
    org.assertj.core.api.Assertions.assertThatThrownBy(this::copy)
        .isInstanceOf(RefusedHandInException.class)
        .hasMessageContaining("larger than 1024 MiB");
  }

  @Test
  void deleting_follows_no_link_and_stops_at_no_missing_right() throws Exception {
    copy();
    Files.createSymbolicLink(target.resolve("out"), root.resolve("team"));
    Files.setPosixFilePermissions(
        target.resolve("sub"), PosixFilePermissions.fromString("---------"));
    HandInCopy.delete(target);
    assertThat(target).doesNotExist();
    assertThat(source.resolve("sub/file")).hasContent("content");
  }
}
