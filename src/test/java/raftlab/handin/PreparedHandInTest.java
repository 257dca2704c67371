package raftlab.handin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.handin.archive.ArchiveFile;
import raftlab.handin.archive.HandInProblem;
import raftlab.handin.archive.HandInProblem.Kind;
import raftlab.handin.archive.RefusedHandInException;

/** From what was handed in to the folder that is built, and the program in it. */
class PreparedHandInTest {
  private static final String PROGRAM = "#!/bin/sh\n";

  @TempDir private Path root;

  private PreparedHandIn prepare(Path source) throws RefusedHandInException, IOException {
    return PreparedHandIn.of(new HandIn("team", source, "team"), root.resolve("copy"));
  }

  private Path archive(String... programs) throws IOException {
    return ArchiveFile.tarGz(
        root.resolve("team.tar.gz"),
        tar -> {
          for (String program : programs) {
            tar.file(program, 0755, PROGRAM);
          }
        });
  }

  private String folder(Path source) throws Exception {
    return root.resolve("copy").relativize(prepare(source).folder()).toString();
  }

  @Test
  void the_folder_is_entered_that_was_packed_around_the_program() throws Exception {
    assertThat(folder(archive("team/4700kvstore", "team/lib/x"))).isEqualTo("team");
  }

  @Test
  void folders_around_it_are_entered_as_long_as_they_are_alone() throws Exception {
    assertThat(folder(archive("a/b/c/Makefile"))).isEqualTo("a/b/c");
  }

  @Test
  void the_only_subfolder_with_a_program_is_taken() throws Exception {
    assertThat(folder(archive("README.md", "docs/x", "code/kvstore"))).isEqualTo("code");
  }

  @Test
  void nothing_is_entered_if_the_program_is_at_the_top() throws Exception {
    assertThat(folder(archive("4700kvstore", "old/4700kvstore"))).isEmpty();
  }

  @Test
  void two_subfolders_with_programs_are_not_chosen_from() throws Exception {
    PreparedHandIn prepared = prepare(archive("a/4700kvstore", "b/4700kvstore"));
    assertThat(prepared.folder()).isEqualTo(root.resolve("copy"));
    assertThat(noProgram(prepared)).contains("a/4700kvstore", "b/4700kvstore");
  }

  private static String noProgram(PreparedHandIn prepared) {
    return catchThrowableOfType(
            ReplicaProgramFinder.NoProgramException.class,
            () ->
                ReplicaProgramFinder.find(
                    prepared.folder(), prepared.original(), ReplicaProgramFinder.NAMES))
        .getMessage();
  }

  @Test
  void the_program_is_found_in_a_subfolder_and_runs_there() throws Exception {
    PreparedHandIn prepared = prepare(archive("Makefile", "bin/3700kvstore", "src/x"));
    var command =
        ReplicaProgramFinder.find(
            prepared.folder(), prepared.original(), ReplicaProgramFinder.NAMES);
    Path bin = root.resolve("copy/bin");
    assertThat(command.words()).contains(bin.toString(), bin.resolve("3700kvstore").toString());
    assertThat(command.userWords())
        .containsExactly(root.resolve("team/bin/3700kvstore").toString());
  }

  @Test
  void another_name_of_the_program_is_found_if_it_is_given() throws Exception {
    List<String> names = List.of("raftd");
    HandIn handIn = new HandIn("team", archive("x/raftd", "y/4700kvstore"), "team", names);
    PreparedHandIn prepared = PreparedHandIn.of(handIn, root.resolve("copy"));
    assertThat(prepared.folder()).isEqualTo(root.resolve("copy/x"));
    assertThat(ReplicaProgramFinder.program(prepared.folder(), names).getFileName())
        .hasToString("raftd");
  }

  @Test
  void the_only_archive_in_a_folder_is_unpacked_since_platforms_export_it_so() throws Exception {
    Path exported = Files.createDirectory(root.resolve("Ada_123_file"));
    Files.move(archive("team/4700kvstore"), exported.resolve("mine.tar.gz"));
    Files.writeString(exported.resolve("comment.txt"), "sorry, late");
    PreparedHandIn prepared = prepare(exported);
    assertThat(prepared.folder()).isEqualTo(root.resolve("copy/team"));
    assertThat(prepared.original()).isEqualTo(exported.resolve("mine/team"));
  }

  @Test
  void a_folder_or_a_pipe_in_place_of_the_program_is_named() throws Exception {
    Path team = Files.createDirectories(root.resolve("team"));
    Files.createDirectory(team.resolve("4700kvstore"));
    assertThat(noProgram(prepare(team))).contains("4700kvstore is a folder");
    Path pipe = root.resolve("copy/3700kvstore");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(
            catchThrowableOfType(
                    ReplicaProgramFinder.NoProgramException.class,
                    () ->
                        ReplicaProgramFinder.program(root.resolve("copy"), List.of("3700kvstore")))
                .getMessage())
        .contains("3700kvstore is not a file");
  }

  @Test
  void a_link_is_refused_not_followed() throws Exception {
    Path link =
        Files.createSymbolicLink(root.resolve("link"), Files.createDirectory(root.resolve("t")));
    assertThat(catchThrowableOfType(RefusedHandInException.class, () -> prepare(link)).problems())
        .extracting(HandInProblem::kind)
        .containsExactly(Kind.LINK_OUT);
  }

  @Test
  void files_that_differ_from_the_manifest_are_named() throws Exception {
    Path team = Files.createDirectories(root.resolve("team"));
    Files.writeString(team.resolve("4700kvstore"), PROGRAM);
    Files.writeString(team.resolve("same"), "same");
    Files.writeString(team.resolve("changed"), "after");
    Files.writeString(team.resolve("added"), "new");
    var hashes = new java.util.TreeMap<String, String>();
    hashes.put("4700kvstore", Manifest.hash(team.resolve("4700kvstore")));
    hashes.put("same", Manifest.hash(team.resolve("same")));
    hashes.put("changed", Manifest.hash(team.resolve("same")));
    hashes.put("missing", Manifest.hash(team.resolve("same")));
    Files.writeString(team.resolve(Manifest.NAME), Manifest.text(hashes));

    assertThat(prepare(team).warnings())
        .extracting(HandInProblem::kind, HandInProblem::path)
        .containsExactlyInAnyOrder(
            tuple(Kind.MANIFEST, "changed"),
            tuple(Kind.MANIFEST, "missing"),
            tuple(Kind.MANIFEST, "added"));
  }

  @Test
  void a_manifest_that_is_none_is_named_with_its_line() throws Exception {
    Path team = Files.createDirectories(root.resolve("team"));
    Files.writeString(team.resolve("4700kvstore"), PROGRAM);
    Files.writeString(team.resolve(Manifest.NAME), "\nno hash\n");
    assertThat(prepare(team).notes())
        .singleElement()
        .asString()
        .contains(Manifest.NAME, "line 2", "no hash");
  }
}
