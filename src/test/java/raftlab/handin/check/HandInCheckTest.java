package raftlab.handin.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.handin.HandIn;
import raftlab.handin.Manifest;
import raftlab.handin.PreparedHandIn;
import raftlab.handin.ReplicaProgramFinder;
import raftlab.handin.archive.HandInProblem;
import raftlab.handin.archive.HandInProblem.Kind;
import raftlab.handin.archive.HandInProblems;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;

class HandInCheckTest {
  private static final String SMOKE =
      """
      {"title": "A put", "lifetime": 30, "replicas": 3, "start_wait": 0, "end_wait": 0,
       "steps": [{"until": "leader", "within": %s}, {"type": "put", "key": "k"}]}""";

  @TempDir private Path root;
  private Path team;
  private Path archive;

  @BeforeEach
  void makeFolder() throws IOException {
    team = Files.createDirectory(root.resolve("team"));
    archive = root.resolve("team.tar.gz");
  }

  private void file(String name, String content) throws IOException {
    Path file = team.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private void program(String name, String content) throws IOException {
    file(name, content);
    assertThat(team.resolve(name).toFile().setExecutable(true)).isTrue();
  }

  private static Scenario smoke(String within) throws ScenarioException {
    return ScenarioReader.read("smoke", String.format(Locale.ROOT, SMOKE, within));
  }

  private HandInReport check(Scenario smoke) throws Exception {
    return new HandInCheck(
            "team", ReplicaProgramFinder.NAMES, smoke, Duration.ofSeconds(60), stage -> {})
        .check(team, archive);
  }

  private static String reference() {
    return ReplicaCommand.reference().words().stream()
        .map(word -> "'" + word + "'")
        .collect(Collectors.joining(" "));
  }

  @Test
  void a_good_submission_is_built_from_clean_played_and_packed() throws Exception {
    program("4700kvstore", "#!/bin/sh\n[ -e built ] || exit 9\nexec " + reference() + " \"$@\"\n");
    file("Makefile", "all:\n\t[ ! -e old.o ]\n\ttouch built\n");
    file("old.o", "an object file");
    file(".git/HEAD", "ref");
    file("src/data", "text");

    HandInReport report = check(smoke("10"));

    assertThat(report.problems())
        .extracting(HandInProblem::kind, HandInProblem::path)
        .containsExactlyInAnyOrder(tuple(Kind.LEFT_OUT, ".git"), tuple(Kind.LEFT_OUT, "old.o"));
    assertThat(report.isGood()).isTrue();
    assertThat(report.passed()).hasSize(3);
    PreparedHandIn unpacked =
        PreparedHandIn.of(new HandIn("team", archive, "team"), root.resolve("unpacked"));
    assertThat(unpacked.warnings()).isEmpty();
    assertThat(unpacked.folder()).isEqualTo(root.resolve("unpacked/team"));
    assertThat(unpacked.folder().resolve(Manifest.NAME))
        .content()
        .contains(Manifest.hash(team.resolve("src/data")) + "  src/data\n");
    assertThat(unpacked.folder().resolve("4700kvstore")).isExecutable();
    assertThat(unpacked.folder().resolve("built")).doesNotExist();
    assertThat(team.resolve("built")).doesNotExist();
  }

  @Test
  void a_submission_that_fails_the_smoke_test_is_not_packed() throws Exception {
    program("4700kvstore", "#!/bin/sh\nexec " + reference() + " \"$@\"\n");
    assertThat(check(smoke("0.001")).problems())
        .extracting(HandInProblem::kind)
        .containsExactly(Kind.SMOKE);
    assertThat(archive).doesNotExist();
  }

  @Test
  void all_that_is_wrong_is_reported_at_once_and_nothing_is_packed() throws Exception {
    file("4700kvstore", "#!/usr/bin/env python3\r\n");
    file("Makefile", "all:\n\t@echo expected a semicolon; exit 1\n");
    file("README", "one");
    file("readme", "two");
    file("a\nb", "x");
    file("huge", "x".repeat(11 << 20));
    file("large", "x".repeat(2 << 20));
    file("run.sh", "echo\r\n");
    file("__pycache__/x.pyc", "x");
    Files.createSymbolicLink(team.resolve("absolute"), root.resolve("elsewhere"));
    Files.createSymbolicLink(team.resolve("out"), Path.of("../elsewhere"));
    Files.createSymbolicLink(team.resolve("broken"), Path.of("not-there"));
    assertThat(new ProcessBuilder("mkfifo", team.resolve("pipe").toString()).start().waitFor())
        .isZero();

    HandInReport report = check(smoke("10"));

    assertThat(report.problems())
        .extracting(HandInProblem::kind, HandInProblem::path)
        .contains(
            tuple(Kind.LAUNCHER, "4700kvstore"),
            tuple(Kind.CASE_COLLISION, "readme"),
            tuple(Kind.UNPRINTABLE_NAME, "a⏎b"),
            tuple(Kind.TOO_LARGE, "huge"),
            tuple(Kind.LARGE, "large"),
            tuple(Kind.LINE_ENDS, "run.sh"),
            tuple(Kind.LEFT_OUT, "__pycache__"),
            tuple(Kind.LINK_OUT, "absolute"),
            tuple(Kind.LINK_OUT, "out"),
            tuple(Kind.BROKEN_LINK, "broken"),
            tuple(Kind.SPECIAL_FILE, "pipe"));
    assertThat(report.problems()).doesNotHaveDuplicates();
    assertThat(report.isGood()).isFalse();
    assertThat(archive).doesNotExist();
  }

  @Test
  void a_build_that_fails_is_reported_with_its_output() throws Exception {
    file("Makefile", "all:\n\t@echo expected a semicolon; exit 1\n");
    HandInReport report = check(smoke("10"));
    assertThat(report.problems()).extracting(HandInProblem::kind).containsExactly(Kind.BUILD);
    assertThat(report.details()).contains("expected a semicolon");
  }

  @Test
  void a_build_that_makes_no_program_is_reported() throws Exception {
    file("Makefile", "all:\n\ttouch 4700kvstore\n");
    assertThat(check(smoke("10")).problems())
        .extracting(HandInProblem::kind)
        .containsExactly(Kind.NO_PROGRAM);
  }

  @Test
  void a_folder_without_program_and_makefile_is_reported_once() throws Exception {
    file("notes", "later");
    assertThat(check(smoke("10")).problems())
        .extracting(HandInProblem::kind)
        .containsExactly(Kind.NO_PROGRAM);
  }

  @Test
  void replicas_that_exit_are_reported_with_their_last_words() throws Exception {
    program("4700kvstore", "#!/bin/sh\necho oh no >&2\nexit 3\n");
    HandInReport report = check(smoke("10"));
    assertThat(report.problems()).extracting(HandInProblem::kind).containsExactly(Kind.START);
    assertThat(report.details()).contains("oh no");
    assertThat(archive).doesNotExist();
  }

  @Test
  void the_same_files_give_the_same_archive_whatever_their_times_and_permissions()
      throws Exception {
    file("b/file", "text");
    program("a", "#!/bin/sh\n");
    file("grüße", "x");
    file("deep/" + "n".repeat(120), "x");
    Files.createDirectory(team.resolve("empty"));
    Files.createSymbolicLink(team.resolve("link"), Path.of("a"));
    byte[] first = packed();
    Files.setLastModifiedTime(team.resolve("a"), FileTime.fromMillis(1_000));
    assertThat(team.resolve("b/file").toFile().setWritable(false)).isTrue();
    Files.delete(team.resolve("b/file"));
    file("b/file", "text");
    assertThat(packed()).isEqualTo(first);
    file("b/file", "tex2");
    assertThat(packed()).isNotEqualTo(first);
  }

  private byte[] packed() throws IOException {
    HandInPacker.write(SubmissionFiles.of(team, new HandInProblems()), "team", archive);
    return Files.readAllBytes(archive);
  }

  @Test
  void what_a_build_makes_is_only_left_out_where_a_makefile_makes_it_again() throws Exception {
    file("Main.class", "\u00ca\u00fe");
    HandInProblems problems = new HandInProblems();
    List<PackedFile> files = SubmissionFiles.of(team, problems);
    assertThat(files).extracting(PackedFile::path).containsExactly("Main.class");
    assertThat(problems.list()).extracting(HandInProblem::kind).containsExactly(Kind.COMPILED);
  }
}
