package raftlab.judge.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import raftlab.judge.linear.HistoryOperation;
import raftlab.judge.linear.LinearizabilityResult;

class HistoryFileTest {
  private static final String J = "INFO  jepsen.util - ";

  @TempDir private Path folder;

  private Path file(String... lines) throws IOException {
    return Files.writeString(folder.resolve("history"), String.join("\n", lines) + "\n");
  }

  private Optional<String> contradiction(InitialState model, String... lines) throws IOException {
    History history = HistoryFile.read(file(lines), model);
    Map<String, LinearizabilityResult> findings = history.check(1000);
    return history.firstContradiction(findings);
  }

  private void assertRefused(String message, String... lines) throws IOException {
    Path file = file(lines);
    assertThatThrownBy(() -> HistoryFile.read(file, InitialState.AUTO))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ":" + message);
  }

  @Test
  void a_register_of_jepsen_starts_as_nil() throws IOException {
    assertThat(
            contradiction(
                InitialState.AUTO,
                "INFO  jepsen.core - Run",
                J + "0\t:invoke\t:read\tnil",
                J + "0\t:ok\t:read\tnil"))
        .isEmpty();
    assertThat(
            contradiction(InitialState.AUTO, J + "0\t:invoke\t:read\tnil", J + "0\t:ok\t:read\t0"))
        .hasValueSatisfying(text -> assertThat(text).contains("with \"0\", but no client wrote"));
  }

  @Test
  void an_open_cas_to_nil_may_explain_a_later_read_of_nil() throws IOException {
    assertThat(
            contradiction(
                InitialState.AUTO,
                J + "0\t:invoke\t:write\t1",
                J + "0\t:ok\t:write\t1",
                J + "1\t:invoke\t:cas\t[1 nil]",
                J + "1\t:info\t:cas\t:timed-out",
                J + "2\t:invoke\t:read\tnil",
                J + "2\t:ok\t:read\tnil"))
        .isEmpty();
  }

  @Test
  void a_read_of_nil_after_a_write_is_a_lost_write() throws IOException {
    assertThat(
            contradiction(
                InitialState.AUTO,
                J + "3\t:invoke\t:write\t2",
                J + "3\t:ok\t:write\t2",
                J + "1\t:invoke\t:read\tnil",
                J + "1\t:ok\t:read\tnil"))
        .contains(
            "a get of register by process 1 (line 3) was answered with nothing, but \"2\" had been"
                + " written and acknowledged before the get was sent: a lost acknowledged write, or a stale read");
  }

  @ParameterizedTest
  @CsvSource({":info :write :timed-out, true", ":fail :write 2, false"})
  void a_write_without_a_known_end_may_have_happened_but_not_a_failed_one(
      String end, boolean mayHaveHappened) throws IOException {
    Optional<String> wrong =
        contradiction(
            InitialState.AUTO,
            J + "3\t:invoke\t:write\t2",
            J + "3\t" + end.replace(' ', '\t'),
            J + "1\t:invoke\t:read\tnil",
            J + "1\t:ok\t:read\t2");
    assertThat(wrong.isEmpty()).isEqualTo(mayHaveHappened);
  }

  @Test
  void a_read_that_timed_out_says_nothing_and_its_process_goes_on() throws IOException {
    History history =
        HistoryFile.read(
            file(
                J + "1\t:invoke\t:read\tnil",
                J + "1\t:fail\t:read\t:timed-out",
                J + "1\t:invoke\t:cas\t[0 3]",
                J + "1\t:ok\t:cas\t[0 3]",
                J + ":nemesis\t:info\t:start\tnil"),
            InitialState.AUTO);
    assertThat(history.operations())
        .filteredOn(operation -> !operation.isOpen())
        .singleElement()
        .isEqualTo(HistoryOperation.cas(3, "1", "register", "0", "3", 3, 4));
  }

  @Test
  void edn_lines_are_of_a_store_whose_missing_keys_are_empty() throws IOException {
    assertThat(
            contradiction(
                InitialState.AUTO,
                "{:process 0, :type :invoke, :f :get, :key \"0\", :value nil}",
                "{:process 0, :type :ok, :f :get, :key \"0\", :value \"\"}",
                "{:process 0, :type :invoke, :f :append, :key \"0\", :value \"x\\n\"}",
                "{:process 0, :type :ok, :f :append, :key \"0\", :value \"x\\n\"}",
                "{:process 0, :type :invoke, :f :get, :key \"0\", :value nil}",
                "{:process 0, :type :ok, :f :get, :key \"0\", :value \"x\\n\"}"))
        .isEmpty();
  }

  @Test
  void json_lines_have_the_value_that_a_failed_cas_found() throws IOException {
    assertThat(
            contradiction(
                InitialState.AUTO,
                """
                {"process": 1, "type": "invoke", "f": "cas", "key": "k", "value": ["x", 2]}""",
                """
                {"process": 1, "type": "fail", "f": "cas", "key": "k", "found": 7}"""))
        .contains(
            "a cas of k from \"x\" to \"2\" by process 1 (line 1) was answered with mismatch, since"
                + " it found \"7\", but no client wrote that: a value that no client wrote");
  }

  @Test
  void the_model_can_be_chosen() throws IOException {
    String[] lines = {
      "{\"process\": 1, \"type\": \"invoke\", \"f\": \"read\", \"key\": \"k\"}",
      "{\"process\": 1, \"type\": \"ok\", \"f\": \"read\", \"key\": \"k\", \"value\": \"\"}"
    };
    assertThat(contradiction(InitialState.KV, lines)).isEmpty();
    assertThat(contradiction(InitialState.REGISTER, lines)).isPresent();
  }

  @Test
  void a_line_that_is_wrong_is_named_with_what_was_found_and_expected() throws IOException {
    assertRefused(
        "2: found f wriet, expected one of get, put, append, cas, read, write; did you mean write?",
        J + "0\t:invoke\t:read\tnil",
        J + "1\t:invoke\t:wriet\t1");
    assertRefused(
        "1: found the end of a get of process 7, expected an invocation before",
        J + "7\t:ok\t:read\tnil");
    assertRefused("1: found 5, expected [EXPECTED NEW]", J + "0\t:invoke\t:cas\t5");
    assertRefused(
        "2: found the end of the file, expected \"}\" for the \"{\" of line 1",
        "{:process 0, :type :invoke");
    assertRefused(
        "2: process 0 invokes an operation, but that of line 1 has not returned",
        J + "0\t:invoke\t:read\tnil",
        J + "0\t:invoke\t:read\tnil");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{:",
        "{:process",
        "{:process 0}",
        "{:process [0], :type :ok, :f :get, :key 1}",
        "{]",
        "{}",
        "{\"process\": 0}",
        "{\"process\": {}, \"f\": []}",
        "{\"f\": \"get\"}",
        "{{{{",
        "{:a \"",
        "{:a \"\\q\"}",
        "{:f :cas :type :invoke :key 1 :process 1 :value 3}",
        "{\"f\":\"put\",\"type\":\"invoke\"}",
        "{\"raftlab-trace\"",
        "{\"raftlab-trace\":1}",
        "words",
        "INFO  jepsen.util - 0 :invoke :cas [0 [1]]",
        "INFO  jepsen.util - 0 :invoke :write",
        "INFO jepsen.util - 0 :ok :cas nil"
      })
  void no_line_is_so_bad_that_more_than_a_message_comes_of_it(String line) throws IOException {
    Path file = file(line);
    assertThatThrownBy(() -> HistoryFile.read(file, InitialState.AUTO).check(10))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file + ":");
  }

  @Test
  void what_never_returns_is_open() throws IOException {
    History history = HistoryFile.read(file(J + "0\t:invoke\t:write\t1"), InitialState.AUTO);
    assertThat(history.operations()).hasSize(1).allMatch(HistoryOperation::isOpen);
    assertThat(List.copyOf(history.check(10).keySet())).containsExactly("register");
  }
}
