package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Plays the transcripts and compares what comes of them with what is written there. With {@code
 * -Draftlab.rewrite=true} the files are written again instead; then read what changed.
 */
final class TranscriptsTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "transcripts");
  private static final boolean REWRITE = Boolean.getBoolean("raftlab.rewrite");
  private static final int CONTEXT = 4;

  @TestFactory
  List<DynamicTest> the_replicas_do_what_the_transcript_says() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".txt"))
          .sorted()
          .map(file -> DynamicTest.dynamicTest(name(file), () -> play(file)))
          .toList();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static void play(Path file) throws IOException {
    List<String> written = Files.readAllLines(file);
    List<String> played = TranscriptPlayer.play(name(file), written);
    if (REWRITE) {
      Files.write(file, played);
    }
    String difference = REWRITE ? "" : difference(name(file), written, played);
    if (!difference.isEmpty()) {
      fail(difference);
    }
    assertThat(played.get(0)).as("the first line says what is shown").startsWith("# ");
  }

  /** The first line that differs, with those before it; "" if none does. */
  private static String difference(String name, List<String> written, List<String> played) {
    int at = 0;
    while (at < written.size() && at < played.size() && written.get(at).equals(played.get(at))) {
      at++;
    }
    if (at == written.size() && at == played.size()) {
      return "";
    }
    return name
        + ":"
        + (at + 1)
        + " says something else than what happens:\n\n"
        + String.join("\n", written.subList(Math.max(0, at - CONTEXT), at))
        + "\n\nwritten: "
        + (at < written.size() ? written.get(at) : "(end)")
        + "\nhappens: "
        + (at < played.size() ? played.get(at) : "(end)")
        + "\n\nmvn test -Draftlab.rewrite=true -Dtest=TranscriptsTest rewrites the files.";
  }

  @Test
  void the_same_script_gives_the_same_transcript() {
    List<String> script =
        List.of("> cluster 5 seed=3", "> run 2000", "> propose 0 put k v", "> run 900");

    assertThat(TranscriptPlayer.play("a", script))
        .isEqualTo(TranscriptPlayer.play("a", script))
        .hasSizeGreaterThan(20);
  }

  @Test
  void the_first_difference_is_shown_with_what_precedes_it() {
    List<String> written = List.of("# a", "> b", "  c", "  d");

    assertThat(difference("x.txt", written, List.of("# a", "> b", "  c", "  e", "  f")))
        .startsWith("x.txt:4 says")
        .contains("  c\n\nwritten:   d\nhappens:   e\n");
    assertThat(difference("x.txt", written, written)).isEmpty();
  }

  @Test
  void a_wrong_command_is_named_with_file_line_and_the_nearest_word() {
    complaint("x.txt:2: \"delver\" is no command; did you mean \"deliver\"?", "delver all");
    complaint(
        "\"no-prevote\" is no setting; did you mean \"no-pre-vote\"?", "cluster 3 no-prevote");
    complaint("\"zwei\" is no number", "timeout zwei");
    complaint("\"hartbeat\" is no time; did you mean \"heartbeat\"?", "tick hartbeat");
    complaint("there is no replica 7, only [0, 1, 2]", "timeout 7");
    complaint("\"log 0 terms\" ends too early", "log 0 terms");
    complaint("no such message is under way, only []", "deliver 0 -> 1");
  }

  private static void complaint(String message, String command) {
    assertThatThrownBy(() -> TranscriptPlayer.play("x.txt", List.of("> cluster 3", "> " + command)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
