package raftlab.scenario.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.io.ContentReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import raftlab.scenario.FileProblem;
import raftlab.scenario.ScenarioException;

/** The position and the found and expected characters in text that isn't one JSON object. */
class JsonSyntaxMessageTest {

  static Stream<Arguments> texts() {
    return Stream.of(
        arguments("", "1:1 object", "empty"),
        arguments(" \n\t\n", "1:1 object", "empty"),
        arguments("[]", "1:1 array object", ""),
        arguments("3", "1:1 3 object", ""),
        arguments("{} {}", "1:4", "end of the file"),
        arguments("{\"a\" 1}", "1:6 \"1\" \":\"", "key"),
        arguments("{\n\"a\": 1\n\"b\": 2}", "3:1 \"\"\" \",\" \"}\"", ""),
        arguments("[1\n2]", "2:1 \"2\" \",\" \"]\"", ""),
        arguments("{\"a\": 1,\n}", "2:1 \"}\"", "double quotes"),
        arguments("{\"a\": 1]", "1:8 \"]\" \"}\"", ""),
        arguments("]", "1:1 \"]\"", "bracket"),
        arguments("{}}", "1:3 \"}\"", "bracket"),
        arguments("{'a': 1}", "1:2 \"'\"", "double quotes"),
        arguments("{a: 1}", "1:2 \"a\"", "double quotes"),
        arguments("{\"a\": 1\n", "2:1 \"}\"", "ends"),
        arguments("[1", "1:3 \"]\"", "ends"),
        arguments("[1,", "1:4 string true false null \"{\" \"[\"", "ends"),
        arguments("{\"a", "1:4", "double quotes"),
        arguments("{\"a\": \"b", "1:9", "double quote"),
        arguments("{\"a\": tru}", "1:7 \"tru\" string true false null \"{\" \"[\"", ""),
        arguments("{\"a\": .5}", "1:7 \".\" string true false null \"{\" \"[\"", ""),
        arguments("{\"a\": +5}", "1:7 \"+\"", "plus sign"),
        arguments("{\"a\": 05}", "1:8 0", "leading zeros"),
        arguments("{\"a\": 5.}", "1:9 \"}\"", "digit"),
        arguments("{\"a\": 5e}", "1:9 \"}\"", "digit"),
        arguments("{\"a\": -}", "1:8 \"}\"", "digit"),
        arguments("{\"a\": 5%}", "1:8 \"%\" \",\" \"}\"", ""),
        arguments("{\"a\": \"\n\"}", "1:8 \\u000a string", "control character"),
        arguments("{\"a\": \"\\q\"}", "1:9", "escape"),
        arguments("{\"a\": \"\\u12x4\"}", "1:12 \"x\"", "hexadecimal"),
        arguments("{} // mine", "1:4 \"/\"", "comments"),
        arguments("\0", "1:1 \\u0000", "control character"),
        arguments("[".repeat(2000), "1:1002 1000", "nested"),
        arguments("[" + "1".repeat(2000) + "]", "1:2002", "long"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void text_that_is_not_one_json_object_is_explained_with_line_and_column(
      String text, String facts, String term) {
    assertThatThrownBy(() -> ScenarioReader.read("x.json", text))
        .isInstanceOf(ScenarioException.class)
        .hasMessageStartingWith("x.json:")
        .hasMessageContaining(term)
        .satisfies(e -> assertThat(ProblemFacts.of(e.getMessage())).isEqualTo(facts));
  }

  @Test
  void a_message_that_is_not_known_is_quoted_with_its_place() {
    JsonLocation at = new JsonLocation(ContentReference.unknown(), 9, 2, 5);
    JsonParseException later = new JsonParseException(null, "Bad thing (at a place): odd", at);
    FileProblem problem = JsonSyntaxMessage.of("x.json", "{\n12345", later, at);
    assertThat(problem.line()).isEqualTo(2);
    assertThat(problem.column()).isEqualTo(5);
    assertThat(problem.toString())
        .endsWith("the parser says \"Bad thing (at a place): odd\"; expected JSON");
  }
}
