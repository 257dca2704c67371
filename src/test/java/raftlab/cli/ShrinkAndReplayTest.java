package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands shrink and replay as a user sees them. */
class ShrinkAndReplayTest {
  private static final String STALE = "reference --no-read-index --no-lease --no-check-quorum";

  @TempDir private Path folder;

  private record Result(int exitCode, String out, String err) {}

  private static Result raftlab(String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    try {
      int exitCode = RaftlabCommand.run(args);
      return new Result(
          exitCode,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private String trace(String replica) {
    String file = file("trace.jsonl");
    raftlab("run", "--world", "sim", "--seed", "1", "-r", replica, "--trace", file, "partition-4");
    return file;
  }

  @Test
  void a_failing_scenario_is_shrunk_to_a_file_that_fails() throws Exception {
    Result shrunk =
        raftlab(
            "shrink",
            "--check",
            "incorrect",
            "--replica",
            STALE,
            "-o",
            file("small.json"),
            "--json",
            file("sum.json"),
            "--seconds",
            "600",
            "partition-4");
    assertThat(shrunk.exitCode()).as(shrunk.err()).isEqualTo(1);
    assertThat(shrunk.out()).contains("From 4", " replicas to 3 events with 3 replicas");
    Result played = raftlab("run", "--world", "sim", "-r", STALE, file("small.json"));
    assertThat(played.exitCode()).isEqualTo(1);
    assertThat(played.out()).contains("FAIL  small");
    JsonObject sum =
        JsonParser.parseString(Files.readString(Path.of(file("sum.json")))).getAsJsonObject();
    assertThat(sum.get("check").getAsString()).isEqualTo("incorrect");
    assertThat(sum.get("done").getAsBoolean()).isTrue();
  }

  @Test
  void a_trace_is_shrunk_with_the_replicas_that_it_names() {
    Result shrunk = raftlab("shrink", "-o", file("small.json"), "--seconds", "600", trace(STALE));
    assertThat(shrunk.exitCode()).isEqualTo(1);
    assertThat(shrunk.out()).contains("Still fails: ", "--no-check-quorum");
  }

  @Test
  void a_scenario_that_passes_has_nothing_to_shrink() {
    Result result = raftlab("shrink", "--seed", "1", "simple-1");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("Nothing to shrink");
  }

  @Test
  void a_trace_is_shown_with_faults_leaders_requests_and_verdicts() {
    Result shown = raftlab("replay", trace(STALE));
    assertThat(shown.exitCode()).isEqualTo(1);
    assertThat(shown.out())
        .contains("partition-4  seed 1, world sim", "part_hard: cut into", "the leader is")
        .contains("asks replica", "FAIL    incorrect: replica")
        .doesNotContain("\u001B", "is in term");
  }

  @Test
  void a_part_of_a_trace_is_shown_about_one_replica() {
    Result shown =
        raftlab("replay", "-v", "--from", "6", "--to", "7", "--about", "0003", trace(STALE));
    assertThat(shown.out().lines().filter(line -> line.matches("\\d+\\.\\d+ s .*")))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("6.") || line.startsWith("7.000"))
        .allMatch(line -> line.contains("0003"));
  }

  @Test
  void single_messages_of_a_trace_are_shown_with_their_outcomes_among_the_faults() {
    Result shown = raftlab("replay", "--messages", "--from", "9.5", "--to", "11", trace(STALE));
    assertThat(shown.exitCode()).isEqualTo(1);
    assertThat(shown.out())
        .contains("appendEntries", "prevLogIndex=", "[delivered]", "[dropped: partition]")
        .contains("part_hard: cut into", "FAIL    incorrect: replica")
        .doesNotContain("\u001B");
    assertThat(shown.out().lines().filter(line -> line.matches("\\d.* asks replica .*"))).isEmpty();
  }

  @Test
  void messages_are_chosen_by_type_and_short_id() {
    Result shown =
        raftlab("replay", "--messages", "--type", "get,ok", "--about", "1", trace(STALE));
    assertThat(shown.out().lines().filter(line -> line.matches("\\d.* → .*")))
        .anyMatch(line -> line.contains("  get"))
        .anyMatch(line -> line.contains("  ok "))
        .allMatch(line -> line.matches(".* (get|ok) .*") && line.contains("0001"));
  }

  @Test
  void a_type_that_does_not_occur_is_answered_with_those_that_do() {
    Result wrong = raftlab("replay", "--messages", "--type", "gett", trace(STALE));
    assertThat(wrong.err())
        .contains("found --type gett, expected one of", "appendEntries, ", "did you mean get?");
  }

  @Test
  void a_run_shows_its_messages_below_its_verdict() {
    Result run =
        raftlab("run", "--world", "sim", "--seed", "1", "--messages", "--limit", "20", "simple-1");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsSubsequence("PASS  simple-1", "Messages", " → ", "more messages are not shown");
    Result none =
        raftlab("run", "--world", "sim", "--seed", "1", "--messages", "--type", "x", "simple-1");
    assertThat(none.exitCode()).isZero();
    assertThat(none.out()).containsSubsequence("Messages", "found --type x, expected one of");
  }

  @Test
  void a_simulated_run_is_played_again_byte_for_byte() {
    Result again = raftlab("replay", "--again", trace(STALE));
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("identical", "byte for byte");
  }

  @Test
  void another_replica_gives_another_run_and_the_first_difference_is_shown() {
    Result again = raftlab("replay", "--again", "--replica", "reference", trace(STALE));
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.out()).contains("difference in line", "before: {", "now: ");
  }

  @Test
  void a_suite_keeps_the_traces_of_runs_that_fail() throws Exception {
    Result suite =
        raftlab(
            "suite",
            "--world",
            "sim",
            "--seed",
            "1",
            "-r",
            STALE,
            "--trace",
            file("t"),
            "partition-4");
    assertThat(suite.exitCode()).isEqualTo(1);
    assertThat(Path.of(file("t"), "partition-4-1.jsonl")).isRegularFile();
    raftlab("suite", "--world", "sim", "--seed", "1", "--trace", file("none"), "simple-1");
    assertThat(Path.of(file("none"))).doesNotExist();
  }

  @Test
  void wrong_use_is_explained() throws Exception {
    Path other = Files.writeString(folder.resolve("x.json"), "{}");
    for (Result wrong :
        new Result[] {
          raftlab("replay", file("nix")),
          raftlab("replay", other.toString()),
          raftlab("replay", "--about", "leader", trace(STALE)),
          raftlab("replay", "--about", "9", trace(STALE)),
          raftlab("replay", "--type", "get", trace(STALE)),
          raftlab("replay", "--messages", "--type", "gett", trace(STALE)),
          raftlab("replay", "--messages", "--limit", "0", trace(STALE)),
          raftlab("run", "--world", "sim", "--from", "1", "simple-1"),
          raftlab("replay", "--replica", "x", trace(STALE)),
          raftlab("shrink", "--seconds", "0", "simple-1"),
          raftlab("shrink", "--jobs", "0", "simple-1"),
          raftlab("shrink", "--check", "died", trace(STALE)),
          raftlab("shrink", "simple-99"),
          raftlab("shrink", "--world", "process", "simple-1"),
        }) {
      assertThat(wrong.exitCode()).isEqualTo(2);
      assertThat(wrong.err()).contains("expected").doesNotContain("\tat ", "Exception");
    }
  }
}
