package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static raftlab.cli.RaftlabCommandTest.assertWrongUse;
import static raftlab.cli.RaftlabCommandTest.raftlab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code raftlab bugs}, with programs that need no time to be played. */
class BugsCommandTest {
  @TempDir private Path root;
  private String team;

  @BeforeEach
  void makeTeam() throws IOException {
    Path folder = Files.createDirectories(root.resolve("team/bugs")).getParent();
    Path program = Files.writeString(folder.resolve("4700kvstore"), "#!/bin/sh\nsleep 60\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    bug("dies", "-sleep 60", "+exit 9");
    team = folder.toString();
    Files.writeString(
        root.resolve("short.json"),
        """
        {"lifetime": 5, "start_wait": 0, "end_wait": 0, "replicas": 3, "requests": 5}""");
  }

  private void bug(String name, String... lines) throws IOException {
    Files.writeString(
        root.resolve("team/bugs").resolve(name + ".diff"),
        "It ends by itself.\nPaper: §5.1\n\n--- 4700kvstore\n" + String.join("\n", lines) + "\n");
  }

  private RaftlabCommandTest.Result hunt(String... more) {
    String[] first = {"bugs", "--of", team, "--suite", root.resolve("short.json").toString()};
    String[] args = java.util.Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, args, first.length, more.length);
    return raftlab(args);
  }

  @Test
  void the_bugs_of_a_program_are_listed_and_shown() {
    assertThat(raftlab("bugs", "--of", team, "--list").out())
        .contains("dies", "It ends by itself.", "§5.1");
    assertThat(raftlab("bugs", "--of", team, "--show", "dies").out()).contains("-sleep 60");
  }

  @Test
  void a_caught_bug_is_reported_with_scenario_check_and_reason() throws IOException {
    Path json = root.resolve("found.json");
    Path traces = root.resolve("traces");
    RaftlabCommandTest.Result result =
        hunt("--json", json.toString(), "-j", "1", "--trace", traces.toString());
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("of: " + team + ", world: process", "/short, died, seed 1", "exit code 9")
        .contains("1 of 1 caught");
    assertThat(json).content().contains("\"bug\": \"dies\"", "\"check\": \"died\"");
    assertThat(raftlab("replay", traces.resolve("dies-short-1.jsonl").toString()).out())
        .contains("exit code 9");
  }

  @Test
  void a_bug_that_fails_to_build_is_not_played_and_the_others_are() throws IOException {
    bug("builds-not", "-sleep 60", "+sleep 61");
    Files.writeString(
        root.resolve("team/Makefile"), "all:\n\t@if grep 61 4700kvstore; then exit 3; fi\n");
    RaftlabCommandTest.Result result = hunt();
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out())
        .contains("not played", "make failed", "sleep 61")
        .contains("1 of 1 caught", "not played: builds-not");
  }

  @Test
  void bugs_that_cannot_be_planted_are_said_before_anything_is_played() throws IOException {
    bug("old", "-sleep 59", "+exit 1");
    assertWrongUse(hunt("dies"), "old.diff: line 5: 4700kvstore has no such lines");
  }

  @Test
  void wrong_use_is_reported_with_what_was_expected() {
    assertWrongUse(hunt("deis"), "\"deis\"", "did you mean dies?");
    assertWrongUse(hunt("--world", "sim"), "--of", "--world process");
    assertWrongUse(hunt("--silent"), "--of", "--silent");
    assertWrongUse(hunt("--bug", "dies"), "--bug without --styles", "raftlab bugs dies");
    assertWrongUse(hunt("--trace", "x", "--list"), "--trace with --list");
    assertWrongUse(
        raftlab("bugs", "--styles", "--bug", "votes-twise"), "did you mean votes-twice?");
    assertWrongUse(raftlab("bugs", "--of", root.toString()), "no folder");
    assertWrongUse(
        raftlab("bugs", "--of", team + "/none"), "--of " + team + "/none", "4700kvstore");
  }

  @Test
  void the_bugs_of_the_reference_replica_are_hunted_in_the_simulated_world() {
    RaftlabCommandTest.Result result =
        raftlab("bugs", "--suite", "ok-then-kill", "-j", "1", "acks-before-commit");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("world: sim", "1 of 1 caught");
  }

  @Test
  void a_style_with_a_bug_is_played_with_a_scenario_that_catches_it_in_the_reference_replica()
      throws IOException {
    Path json = root.resolve("matrix.json");
    RaftlabCommandTest.Result result =
        raftlab(
            "bugs",
            "--styles",
            "--style=paper",
            "--bug=acks-before-commit",
            "--suite=ok-then-kill",
            "-j1",
            "--json",
            json.toString());
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.out())
        .containsPattern("\\[1/1] paper {2}acks-before-commit: (right|no) cause")
        .containsPattern("(?m)^ {2}acks-before-commit {2}[+o]$");
    assertThat(json).content().contains("\"scenario\": \"probe/ok-then-kill\"");
  }

  @Test
  void the_styles_and_their_bugs_are_listed() {
    assertThat(raftlab("bugs", "--styles", "--list").out())
        .contains("mid-only", "the paper's names in camelCase", "answers-twice");
  }

  @Test
  void wrong_use_of_styles_is_reported_before_anything_is_played() {
    assertWrongUse(raftlab("bugs", "--styles", "--style", "papre"), "did you mean paper?");
    assertWrongUse(raftlab("bugs", "--styles", "--bug", "vote-twice"), "did you mean votes-twice?");
    assertWrongUse(raftlab("bugs", "--style", "paper"), "--styles");
    assertWrongUse(raftlab("bugs", "--styles", "--silent"), "--styles", "--silent");
  }
}
