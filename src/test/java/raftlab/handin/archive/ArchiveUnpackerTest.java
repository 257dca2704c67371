package raftlab.handin.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import raftlab.handin.archive.ArchiveFile.Contents;
import raftlab.handin.archive.HandInProblem.Kind;

/** Good archives are unpacked as they are; bad ones are refused before anything is written. */
class ArchiveUnpackerTest {
  private static final ArchiveLimits SMALL = new ArchiveLimits(1 << 20, 1 << 20, 50, 6, 200);

  @TempDir private Path root;

  private List<HandInProblem> unpack(Path archive, ArchiveLimits limits)
      throws RefusedHandInException, IOException {
    return ArchiveUnpacker.unpack(archive, root.resolve("out"), limits);
  }

  private List<HandInProblem> refused(Path archive, ArchiveLimits limits) {
    RefusedHandInException refused =
        catchThrowableOfType(RefusedHandInException.class, () -> unpack(archive, limits));
    assertThat(refused).isNotNull();
    assertThat(root.resolve("out")).doesNotExist();
    return refused.problems();
  }

  private Path tarGz(Contents contents) throws IOException {
    return ArchiveFile.tarGz(root.resolve("team.tar.gz"), contents);
  }

  private Path out(String path) {
    return root.resolve("out").resolve(path);
  }

  @Test
  void files_folders_links_modes_and_times_are_those_of_the_archive() throws Exception {
    Path archive =
        tarGz(
            tar -> {
              tar.folder("team");
              tar.file("team/run", 0755, "#!/bin/sh\n");
              tar.file("./team//sub/data", "grüße");
              tar.link("team/sub/up", "../run");
              tar.link("team/later", "sub/to-be-built");
              tar.hardLink("team/same", "team/run");
              tar.file("team/._run", "of macOS");
              tar.file("__MACOSX/x", "of macOS");
            });
    assertThat(unpack(archive, SMALL)).isEmpty();
    assertThat(out("team/run")).hasContent("#!/bin/sh\n").isExecutable();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out("team/run"))))
        .isEqualTo("rwxr-xr-x");
    assertThat(Files.getLastModifiedTime(out("team/run")).toMillis()).isEqualTo(1_000_000_000_000L);
    assertThat(out("team/sub/data")).hasContent("grüße");
    assertThat(Files.readSymbolicLink(out("team/sub/up"))).isEqualTo(Path.of("../run"));
    assertThat(Files.isSymbolicLink(out("team/later"))).isTrue();
    assertThat(out("team/same")).hasContent("#!/bin/sh\n").isExecutable();
    assertThat(out("__MACOSX")).doesNotExist();
    assertThat(out("team/._run")).doesNotExist();
  }

  @Test
  void the_format_is_found_by_the_content_not_by_the_name() throws Exception {
    ArchiveFile.tar(root.resolve("named.zip"), tar -> tar.file("a", "b"));
    assertThat(unpack(root.resolve("named.zip"), SMALL)).isEmpty();
    assertThat(out("a")).hasContent("b");
  }

  @Test
  void a_zip_file_is_unpacked_with_its_modes_and_links() throws Exception {
    Path file = root.resolve("team.zip");
    try (var zip = new ZipArchiveOutputStream(file)) {
      ArchiveFile.zipEntry(zip, "team/run", 0755, "#!/bin/sh\n");
      ArchiveFile.zipEntry(zip, "team/text", 0644, "text");
      ArchiveFile.zipEntry(zip, "team/link", 0120777, "run");
    }
    assertThat(unpack(file, SMALL)).isEmpty();
    assertThat(out("team/run")).hasContent("#!/bin/sh\n").isExecutable();
    assertThat(Files.isExecutable(out("team/text"))).isFalse();
    assertThat(Files.readSymbolicLink(out("team/link"))).isEqualTo(Path.of("run"));
  }

  @Test
  void a_zip_file_without_modes_keeps_programs_executable() throws Exception {
    Path file = root.resolve("team.zip");
    try (var zip = new ZipArchiveOutputStream(file)) {
      ArchiveFile.zipEntry(zip, "run", 0, "#!/bin/sh\n");
      ArchiveFile.zipEntry(zip, "text", 0, "text");
    }
    assertThat(unpack(file, SMALL))
        .extracting(HandInProblem::kind, HandInProblem::path)
        .containsExactly(tuple(Kind.MADE_EXECUTABLE, "run"));
    assertThat(out("run")).isExecutable();
    assertThat(Files.isExecutable(out("text"))).isFalse();
  }

  @Test
  void special_bits_are_dropped_and_named() throws Exception {
    assertThat(unpack(tarGz(tar -> tar.file("root-shell", 06755, "x")), SMALL))
        .extracting(HandInProblem::kind, HandInProblem::path)
        .containsExactly(tuple(Kind.SPECIAL_BITS, "root-shell"));
    Object mode = Files.getAttribute(out("root-shell"), "unix:mode", LinkOption.NOFOLLOW_LINKS);
    assertThat((Integer) mode & 07777).isEqualTo(0755);
  }

  @Test
  void times_in_the_future_become_now_since_make_would_build_again_and_again() throws Exception {
    Path file = root.resolve("team.tar");
    ArchiveFile.tar(file, tar -> tar.file("a", "b"));
    unpack(file, SMALL);
    FileTime now = FileTime.fromMillis(System.currentTimeMillis());
    assertThat(Files.getLastModifiedTime(out("a"))).isLessThanOrEqualTo(now);
  }

  private static final Map<String, Contents> HOSTILE =
      Map.ofEntries(
          Map.entry("PARENT_PATH a/../../evil", tar -> tar.file("a/../../evil", "x")),
          Map.entry("ABSOLUTE_PATH /etc/evil", tar -> tar.file("/etc/evil", "x")),
          Map.entry("ABSOLUTE_PATH C:/evil", tar -> tar.file("C:/evil", "x")),
          Map.entry("UNPRINTABLE_NAME a⏎b", tar -> tar.file("a\nb", "x")),
          Map.entry("UNPRINTABLE_NAME a·b", tar -> tar.file("a\u001bb", "x")),
          Map.entry("UNPRINTABLE_NAME x\\y", tar -> tar.file("x\\y", "x")),
          Map.entry("TOO_DEEP a/b/c/d/e/f/g", tar -> tar.file("a/b/c/d/e/f/g", "x")),
          Map.entry("LINK_OUT out", tar -> tar.link("out", "/etc/passwd")),
          Map.entry("LINK_OUT up", tar -> tar.link("up", "../other-team")),
          Map.entry(
              "LINK_OUT by-detour",
              tar -> {
                tar.folder("a/b");
                tar.link("deep", "a/b");
                tar.link("by-detour", "deep/../../../x");
              }),
          Map.entry("HARD_LINK_OUT passwd", tar -> tar.hardLink("passwd", "/etc/passwd")),
          Map.entry("HARD_LINK_OUT early", tar -> tar.hardLink("early", "later")),
          Map.entry(
              "THROUGH_LINK door/evil",
              tar -> {
                tar.folder("room");
                tar.link("door", "room");
                tar.file("door/evil", "x");
              }),
          Map.entry("SPECIAL_FILE null", tar -> tar.special("null", TarConstants.LF_CHR, "")),
          Map.entry("SPECIAL_FILE disk", tar -> tar.special("disk", TarConstants.LF_BLK, "")),
          Map.entry("SPECIAL_FILE pipe", tar -> tar.special("pipe", TarConstants.LF_FIFO, "")),
          Map.entry(
              "CASE_COLLISION readme",
              tar -> {
                tar.file("README", "x");
                tar.file("readme", "x");
              }),
          Map.entry(
              "CASE_COLLISION src",
              tar -> {
                tar.file("Src/a", "x");
                tar.file("src/b", "x");
              }),
          Map.entry(
              "DUPLICATE a",
              tar -> {
                tar.file("a", "first");
                tar.file("./a", "second");
              }),
          Map.entry(
              "DUPLICATE a/b",
              tar -> {
                tar.file("a", "a file");
                tar.file("a/b", "x");
              }));

  @TestFactory
  Stream<DynamicTest> hostile_archives_are_refused_and_the_entry_is_named() {
    return HOSTILE.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      Path archive = tarGz(entry.getValue());
                      assertThat(
                              refused(archive, SMALL).stream()
                                  .map(each -> each.kind() + " " + each.path()))
                          .contains(entry.getKey());
                    }));
  }

  @Test
  void everything_wrong_is_reported_at_once() throws IOException {
    Path archive =
        tarGz(
            tar -> {
              for (Contents each : HOSTILE.values()) {
                each.addTo(tar);
              }
            });
    assertThat(
            refused(archive, SMALL).stream().map(HandInProblem::kind).collect(Collectors.toSet()))
        .contains(
            Kind.PARENT_PATH,
            Kind.ABSOLUTE_PATH,
            Kind.UNPRINTABLE_NAME,
            Kind.TOO_DEEP,
            Kind.LINK_OUT,
            Kind.HARD_LINK_OUT,
            Kind.THROUGH_LINK,
            Kind.SPECIAL_FILE,
            Kind.CASE_COLLISION,
            Kind.DUPLICATE);
  }

  @Test
  void a_long_name_is_refused() throws IOException {
    assertThat(refused(tarGz(tar -> tar.file("n".repeat(256), "x")), SMALL))
        .extracting(HandInProblem::kind)
        .containsExactly(Kind.LONG_NAME);
  }

  @Test
  void links_that_would_take_long_to_follow_are_refused() throws IOException {
    assertThat(refused(tarGz(tar -> tar.link("l", "n/".repeat(600) + "n")), SMALL))
        .extracting(HandInProblem::kind, HandInProblem::path)
        .containsExactly(tuple(Kind.LONG_NAME, "l"));
    Contents chain =
        tar -> {
          for (int i = 0; i < 40; i++) {
            tar.link("l" + i, "./".repeat(400) + "l" + (i + 1));
          }
        };
    assertThat(refused(tarGz(chain), SMALL))
        .extracting(HandInProblem::kind)
        .contains(Kind.LINK_OUT);
    Contents many =
        tar -> {
          for (int i = 0; i <= ArchiveLimits.LINKS; i++) {
            tar.link("l" + i, "x");
          }
        };
    assertThat(refused(tarGz(many), ArchiveLimits.USUAL))
        .extracting(HandInProblem::kind)
        .containsExactly(Kind.TOO_MANY);
  }

  @Test
  void a_bomb_is_refused_before_it_is_unpacked() throws IOException {
    Path bomb = tarGz(tar -> tar.zeros("bomb", 64L << 20));
    assertThat(Files.size(bomb)).isLessThan(1 << 20);
    assertThat(refused(bomb, ArchiveLimits.USUAL))
        .extracting(HandInProblem::kind, HandInProblem::path)
        .containsExactly(tuple(Kind.BOMB, "bomb"));
  }

  @Test
  void a_zip_bomb_that_lies_about_its_size_is_refused() throws IOException {
    Path file = root.resolve("team.zip");
    ArchiveFile.zip(file, "bomb", 0644, "\0".repeat(32 << 20));
    byte[] bytes = Files.readAllBytes(file);
    // The size that the central directory promises: 24 bytes from its start.
    int at = indexOf(bytes, new byte[] {'P', 'K', 1, 2});
    bytes[at + 24] = 5;
    bytes[at + 25] = 0;
    bytes[at + 26] = 0;
    bytes[at + 27] = 0;
    Files.write(file, bytes);
    assertThat(refused(file, ArchiveLimits.USUAL))
        .extracting(HandInProblem::kind)
        .containsAnyOf(Kind.BOMB, Kind.UNREADABLE);
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    throw new AssertionError("not found");
  }

  @Test
  void too_many_bytes_and_too_many_entries_are_refused() throws IOException {
    assertThat(refused(tarGz(tar -> tar.zeros("large", 2 << 20)), SMALL))
        .extracting(HandInProblem::kind)
        .containsExactly(Kind.TOO_LARGE);
    Contents many =
        tar -> {
          for (int i = 0; i < 51; i++) {
            tar.file("f" + i, "");
          }
        };
    assertThat(refused(tarGz(many), SMALL))
        .extracting(HandInProblem::kind)
        .containsExactly(Kind.TOO_MANY);
  }

  @Test
  void hard_links_count_as_files_since_they_become_some() throws IOException {
    Contents doubled =
        tar -> {
          tar.zeros("half", 600 << 10);
          tar.hardLink("other-half", "half");
        };
    assertThat(refused(tarGz(doubled), SMALL))
        .extracting(HandInProblem::kind, HandInProblem::path)
        .containsExactly(tuple(Kind.TOO_LARGE, "other-half"));
  }

  @Test
  void a_header_that_would_fill_the_memory_is_refused() throws IOException {
    Contents headerOnly =
        tar -> {
          tar.longPath(8 << 20);
          tar.file("a", "x");
        };
    assertThat(refused(tarGz(headerOnly), ArchiveLimits.USUAL))
        .extracting(HandInProblem::kind)
        .containsExactly(Kind.UNREADABLE);
  }

  @Test
  void an_archive_that_is_larger_than_the_limit_is_not_even_opened() throws IOException {
    assertThat(
            refused(
                ArchiveFile.tar(root.resolve("team.tar"), tar -> tar.zeros("z", 2 << 20)), SMALL))
        .extracting(HandInProblem::kind)
        .containsExactly(Kind.TOO_LARGE);
  }

  @Test
  void an_encrypted_zip_file_is_refused() throws IOException {
    Path file = ArchiveFile.zip(root.resolve("team.zip"), "secret", 0644, "text");
    byte[] bytes = Files.readAllBytes(file);
    bytes[indexOf(bytes, new byte[] {'P', 'K', 1, 2}) + 8] |= 1;
    Files.write(file, bytes);
    assertThat(refused(file, SMALL))
        .extracting(HandInProblem::kind, HandInProblem::path)
        .containsExactly(tuple(Kind.ENCRYPTED, "secret"));
  }

  @Test
  void a_link_out_of_a_zip_file_is_refused() throws IOException {
    assertThat(
            refused(ArchiveFile.zip(root.resolve("team.zip"), "l", 0120777, "/etc/passwd"), SMALL))
        .extracting(HandInProblem::kind)
        .containsExactly(Kind.LINK_OUT);
    assertThat(refused(ArchiveFile.zip(root.resolve("team.zip"), "../evil", 0644, "x"), SMALL))
        .extracting(HandInProblem::kind)
        .containsExactly(Kind.PARENT_PATH);
    assertThat(refused(ArchiveFile.zip(root.resolve("team.zip"), "dev", 0020666, ""), SMALL))
        .extracting(HandInProblem::kind)
        .containsExactly(Kind.SPECIAL_FILE);
  }

  @Test
  void other_formats_are_refused_with_the_formats_that_are_read() throws IOException {
    Path rar = Files.writeString(root.resolve("team.rar"), "Rar!" + "x".repeat(1000));
    assertThat(refused(rar, SMALL))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.kind()).isEqualTo(Kind.FORMAT);
              assertThat(problem.text()).contains(".tar.gz").contains(".zip");
            });
  }
}
