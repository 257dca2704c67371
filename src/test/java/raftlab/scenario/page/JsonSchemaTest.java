package raftlab.scenario.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import raftlab.scenario.file.ScenarioFuzzTest;

/** The schema accepts what the kit accepts, as far as a schema can express it. */
class JsonSchemaTest {
  private static final Path CONFIGS = Path.of("configs");

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(JsonSchema.ofScenarios());

  private static List<String> complaints(String json) {
    return SCHEMA.validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
  }

  static List<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.walk(CONFIGS)) {
      return files
          .filter(file -> file.toString().endsWith(".json") && file.getNameCount() == 3)
          .filter(file -> !file.endsWith("suite.json"))
          .sorted()
          .toList();
    }
  }

  static List<Path> ofTheCourse() throws IOException {
    return shipped().stream().filter(file -> file.startsWith(CONFIGS.resolve("course"))).toList();
  }

  @Test
  void the_schema_of_the_kit_is_made_from_the_tables_of_keys() throws IOException {
    GeneratedFileAssert.assertHolds(CONFIGS.resolve("schema.json"), JsonSchema.ofScenarios());
  }

  @Test
  void the_schema_is_a_schema_of_its_draft() {
    Schema draft =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema("{\"$ref\": \"http://json-schema.org/draft-07/schema#\"}");

    assertThat(draft.validate(JsonSchema.ofScenarios(), InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void a_scenario_of_the_kit_satisfies_the_schema(Path file) throws IOException {
    assertThat(complaints(Files.readString(file))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void a_scenario_of_the_kit_names_the_schema_unless_it_is_the_courses(Path file)
      throws IOException {
    JsonObject scenario = JsonParser.parseString(Files.readString(file)).getAsJsonObject();

    if (file.startsWith(CONFIGS.resolve("course"))) {
      assertThat(scenario.keySet()).doesNotContain("$schema");
    } else {
      Path named = file.resolveSibling(scenario.get("$schema").getAsString());
      assertThat(named.normalize()).isEqualTo(CONFIGS.resolve("schema.json"));
    }
  }

  private static String scenario(String more) {
    return "{\"lifetime\": 30, \"replicas\": 5, \"requests\": 1, " + more + "}";
  }

  private static void assertRefused(String json) {
    assertThat(ScenarioFuzzTest.isRead(json)).as("read: " + json).isFalse();
    assertThat(complaints(json)).as(json).isNotEmpty();
  }

  private static void assertAccepted(String json) {
    assertThat(ScenarioFuzzTest.isRead(json)).as("read: " + json).isTrue();
    assertThat(complaints(json)).as(json).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "colour": 1
          "drops": 1.01
          "drops": "0.1"
          "drops": null
          "seed": 1.5
          "title": ""
          "title": " "
          "title": "a\\nb"
          "world": "moon"
          "tests": []
          "tests": {"benchmarks": {"failures": [1, 2]}}
          "wait": 1, "start_wait": 2
          "network": {"loss": 2}
          "network": {"delay": [1, 2, 3]}
          "network": {"delay": {"normal": 1}}
          "network": {"clients": {"clients": {}}}
          "traffic": [{"mix": {"put": -1}}]
          "traffic": [{"mix": {}}]
          "events": {}
          "events": [7]
          "events": [{"time": 1}]
          "events": [{"type": "heal"}]
          "events": [{"type": "earthquake", "time": 1}]
          "events": [{"type": "crash", "time": 1}]
          "events": [{"type": "crash", "who": "leadr", "time": 1}]
          "events": [{"type": "crash", "who": "0 random", "time": 1}]
          "events": [{"type": "crash", "who": "2 leader", "time": 1}]
          "events": [{"type": "crash", "who": "FFFF", "time": 1}]
          "events": [{"type": "crash", "who": [], "time": 1}]
          "events": [{"type": "crash", "who": [["leader"]], "time": 1}]
          "events": [{"type": "crash", "who": "all", "as": "2x", "time": 1}]
          "events": [{"type": "pause", "who": "all", "midway": true, "time": 1}]
          "events": [{"type": "heal", "on": {"from": "anyone"}}]
          "events": [{"type": "heal", "on": {"message": " x"}}]
          "events": [{"type": "partition", "groups": [], "time": 1}]
          "steps": []
          "steps": [{}]
          "steps": [{"until": "leadr"}]
          "steps": [{"until": "leader", "type": "heal"}]
          "steps": [{"wait": 1, "at_most": {"message": 3}}]
          "steps": [{"repeat": 2, "steps": [{"steps": [{"type": "put"}]}]}]
          "steps": [{"type": "lose", "from": "0001", "to": "0002", "nth": 3}]
          """)
  void the_schema_refuses_what_the_kit_refuses(String more) {
    assertRefused(scenario(more));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "{}", "{\"lifetime\": 30, \"replicas\": 5}"})
  void the_schema_refuses_what_is_no_scenario(String json) {
    assertRefused(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "$schema": "x", "section": "§5.2", "wait": 1, "seed": -5, "max_packets": 1e4
          "maximum_get_generation_fail_fraction": 0.2
          "network": {"delay": {"long_tail": 0.1}, "clients": {"reorder_by": [0, 1]}}
          "traffic": [{"value_size": 5, "mix": {"put": 1}}, {"value_size": [5, 6]}]
          "events": [{"type": "crash", "who": ["leader", "02 random"], "every": 1, "jitter": 0.1}]
          "events": [{"type": "heal", "on": {"from": "0001", "to": "FFFF", "nth": 2}}]
          "events": [{"type": "lose", "from": "0001", "to": "0002", "nth": 3}]
          "steps": [{"until": "answered", "count": 3}, {"wait": 1, "at_least": {"oks": 1}}]
          "steps": [{"steps": [{"steps": [{"type": "heal", "on": {"lose": true}}]}]}]
          "steps": [{"type": "cas", "key": "", "expect": "", "answer": "any", "within": 0.1}]
          """)
  void the_schema_accepts_what_the_kit_accepts(String more) {
    assertAccepted(scenario(more));
  }

  @ParameterizedTest
  @MethodSource("ofTheCourse")
  void a_file_with_any_key_misspelt_is_refused_by_both(Path file) throws IOException {
    String text = Files.readString(file);
    for (int at = text.indexOf("\":"); at >= 0; at = text.indexOf("\":", at + 1)) {
      assertRefused(text.substring(0, at) + "_x" + text.substring(at));
    }
  }
}
