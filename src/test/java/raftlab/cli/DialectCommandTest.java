package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static raftlab.cli.RaftlabCommandTest.assertWrongUse;
import static raftlab.cli.RaftlabCommandTest.raftlab;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.cli.RaftlabCommandTest.Result;

/** The command {@code raftlab dialect}, and the same section after a run. */
class DialectCommandTest {
  private static final String HEADING = "Messages between replicas, as learned from this run";
  private static final String REPORTS = "report their state";

  @TempDir private Path folder;

  private Result run(String replica, String... more) {
    String[] words = {"run", "--world", "sim", "--seed", "1", "--silent", "--replica", replica};
    String[] all = java.util.Arrays.copyOf(words, words.length + more.length + 1);
    System.arraycopy(more, 0, all, words.length, more.length);
    all[all.length - 1] = "crash-3";
    return raftlab(all);
  }

  private Path trace(String replica) {
    Path file = folder.resolve("run.jsonl");
    assertThat(run(replica, "--trace", file.toString()).exitCode()).isZero();
    return file;
  }

  @Test
  void it_shows_each_kind_of_message_and_what_the_run_confirms() {
    Result result = raftlab("dialect", trace("reference --silent").toString());
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .startsWith(HEADING)
        .contains("RequestVote", "appendEntries", "first index 1", "proved, 2 of 2 elections")
        .doesNotContain(REPORTS, "\033[");
  }

  @Test
  void if_replicas_report_their_state_it_says_that_names_are_read() {
    Result result = raftlab("dialect", trace("reference").toString());
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains(REPORTS, HEADING);
  }

  @Test
  void a_run_shows_the_same_section() {
    String alone = raftlab("dialect", trace("reference --silent").toString()).out();
    assertThat(run("reference --silent", "--dialect").out()).contains(alone);
    assertThat(run("reference --silent").out()).doesNotContain(HEADING);
  }

  @Test
  void json_has_roles_fields_and_aspects() throws IOException {
    Path json = folder.resolve("dialect.json");
    Path trace = trace("reference --silent");
    assertThat(raftlab("dialect", "--json", json.toString(), trace.toString()).exitCode()).isZero();
    JsonObject written = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    assertThat(written.get("readBy").getAsString()).isEqualTo("learned");
    assertThat(written.get("firstIndex").getAsLong()).isOne();
    JsonObject append = named(written.getAsJsonArray("messages"), "type", "appendEntries");
    assertThat(append.get("role").getAsString()).isEqualTo("AppendEntries");
    assertThat(append.get("sent").getAsInt()).isGreaterThan(100);
    assertThat(append.getAsJsonObject("fields").get("previous index").getAsString())
        .isEqualTo("prevLogIndex");
    JsonObject terms = named(written.getAsJsonArray("aspects"), "aspect", "terms");
    assertThat(terms.get("certainty").getAsString()).isEqualTo("proved");
    assertThat(terms.get("compared").getAsInt()).isEqualTo(2);
  }

  static JsonObject named(JsonArray all, String key, String value) {
    for (JsonElement each : all) {
      if (each.getAsJsonObject().get(key).getAsString().equals(value)) {
        return each.getAsJsonObject();
      }
    }
    throw new AssertionError("no " + value + " in " + all);
  }

  @Test
  void what_is_no_trace_is_named() throws IOException {
    Path file = folder.resolve("notes.txt");
    assertWrongUse(raftlab("dialect", file.toString()), "no file", "notes.txt");
    Files.writeString(file, "no trace");
    assertWrongUse(raftlab("dialect", file.toString()), "notes.txt", "expected a trace file");
    assertWrongUse(raftlab("dialect", folder.toString()), "expected a trace file");
    assertWrongUse(raftlab("dialect"), "TRACE");
    Files.writeString(file, "{\"raftlab-trace\":3}\n{\"event\":");
    assertWrongUse(raftlab("dialect", file.toString()), "notes.txt:1");
    Path trace = trace("reference --silent");
    assertWrongUse(
        raftlab("dialect", "--json", folder.resolve("no/x.json").toString(), trace.toString()),
        "--json");
  }

  @Test
  void a_file_says_what_messages_mean() throws IOException {
    Path trace = trace("reference --silent");
    Path file = folder.resolve("mine.json");
    Files.writeString(file, "{\"voteReply\": \"other\"}");
    Result result = raftlab("dialect", "--dialect-file", file.toString(), trace.toString());
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("mine.json").containsPattern("other +voteReply");
  }

  @Test
  void a_wrong_file_is_refused_and_an_unknown_type_is_a_warning() throws IOException {
    Path trace = trace("reference --silent");
    Path file = folder.resolve("mine.json");
    Files.writeString(file, "{\"voteReply\": \"vot\"}");
    assertWrongUse(
        raftlab("dialect", "--dialect-file", file.toString(), trace.toString()),
        "mine.json:1:",
        "did you mean \"vote\"?");
    assertWrongUse(
        raftlab("dialect", "--dialect-file", folder.resolve("no").toString(), trace.toString()),
        "no such file");
    Files.writeString(file, "{\"voteReplay\": \"vote\"}");
    Result unknown = raftlab("dialect", "--dialect-file", file.toString(), trace.toString());
    assertThat(unknown.exitCode()).isZero();
    assertThat(unknown.err()).contains("warning: ", "mine.json:1:", "did you mean \"voteReply\"?");
  }

  @Test
  void help_names_the_options_and_exit_codes() {
    Result help = raftlab("dialect", "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("TRACE", "--json", "Exit codes");
  }
}
