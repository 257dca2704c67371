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

/** What is said about text that isn't one JSON object. */
class JsonSyntaxMessageTest {
  private static final String A_VALUE =
      "a number, a string in double quotes, true, false, null, \"{\" or \"[\"";
  private static final String A_KEY = "a key in double quotes (and no comma after the last one)";

  static Stream<Arguments> texts() {
    return Stream.of(
        arguments("", "1:1: the file is empty; expected a JSON object"),
        arguments(" \n\t\n", "1:1: the file is empty; expected a JSON object"),
        arguments("[]", "1:1: the file holds an array; expected an object with keys of a scenario"),
        arguments("3", "1:1: the file holds 3; expected an object with keys of a scenario"),
        arguments(
            "{} {}",
            "1:4: there is more after the end of the JSON value; expected the end of the file"),
        arguments(
            "{\"a\" 1}",
            "1:6: this is not JSON: \"1\"; expected \":\" between a key and its value"),
        arguments(
            "{\n\"a\": 1\n\"b\": 2}", "3:1: this is not JSON: \"\"\"; expected \",\" or \"}\""),
        arguments("[1\n2]", "2:1: this is not JSON: \"2\"; expected \",\" or \"]\""),
        arguments("{\"a\": 1,\n}", "2:1: this is not JSON: \"}\"; expected " + A_KEY),
        arguments("{\"a\": 1]", "1:8: this is not JSON: \"]\"; expected \"}\""),
        arguments("]", "1:1: this is not JSON: \"]\"; expected as many opening brackets before it"),
        arguments(
            "{}}", "1:3: this is not JSON: \"}\"; expected as many opening brackets before it"),
        arguments("{'a': 1}", "1:2: this is not JSON: \"'\"; expected " + A_KEY),
        arguments("{a: 1}", "1:2: this is not JSON: \"a\"; expected " + A_KEY),
        arguments("{\"a\": 1\n", "2:1: this is not JSON: the file ends too early; expected \"}\""),
        arguments("[1", "1:3: this is not JSON: the file ends too early; expected \"]\""),
        arguments("[1,", "1:4: this is not JSON: the file ends too early; expected " + A_VALUE),
        arguments(
            "{\"a",
            "1:4: this is not JSON: the file ends too early; expected a key in double quotes"),
        arguments(
            "{\"a\": \"b",
            "1:9: this is not JSON: the file ends too early; expected a closing double quote"),
        arguments("{\"a\": tru}", "1:7: this is not JSON: \"tru\"; expected " + A_VALUE),
        arguments("{\"a\": .5}", "1:7: this is not JSON: \".\"; expected " + A_VALUE),
        arguments(
            "{\"a\": +5}", "1:7: this is not JSON: \"+\"; expected a number without a plus sign"),
        arguments(
            "{\"a\": 05}",
            "1:8: this is not JSON: a number that starts with 0; "
                + "expected a number without leading zeros"),
        arguments("{\"a\": 5.}", "1:9: this is not JSON: \"}\"; expected a digit"),
        arguments("{\"a\": 5e}", "1:9: this is not JSON: \"}\"; expected a digit"),
        arguments("{\"a\": -}", "1:8: this is not JSON: \"}\"; expected a digit"),
        arguments("{\"a\": 5%}", "1:8: this is not JSON: \"%\"; expected \",\" or \"}\""),
        arguments(
            "{\"a\": \"\n\"}",
            "1:8: this is not JSON: a control character (\\u000a); "
                + "expected a string without line breaks and control characters"),
        arguments(
            "{\"a\": \"\\q\"}",
            "1:9: this is not JSON: a backslash before a character that needs none; "
                + "expected an escape of JSON, as \\\" or \\n"),
        arguments(
            "{\"a\": \"\\u12x4\"}",
            "1:12: this is not JSON: \"x\"; expected four hexadecimal digits after \\u"),
        arguments(
            "{} // mine", "1:4: this is not JSON: \"/\"; expected JSON, which has no comments"),
        arguments(
            "\0",
            "1:1: this is not JSON: a control character (\\u0000); "
                + "expected no control characters but line breaks and tabs"),
        arguments(
            "[".repeat(2000),
            "1:1002: this is not JSON: brackets within brackets, more than 1000 deep; "
                + "expected far fewer brackets within brackets"),
        arguments(
            "[" + "1".repeat(2000) + "]",
            "1:2002: this is not JSON: something far too long; expected something shorter"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void text_that_is_not_one_json_object_is_explained_with_line_and_column(
      String text, String expected) {
    assertThatThrownBy(() -> ScenarioReader.read("x.json", text))
        .isInstanceOf(ScenarioException.class)
        .hasMessage("x.json:" + expected);
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
