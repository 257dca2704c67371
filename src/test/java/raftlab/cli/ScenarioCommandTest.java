package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static raftlab.cli.RaftlabCommandTest.assertWrongUse;
import static raftlab.cli.RaftlabCommandTest.raftlab;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.cli.RaftlabCommandTest.Result;
import raftlab.scenario.page.JsonSchema;
import raftlab.scenario.page.ScenarioReferencePage;

/** What is said about scenarios without playing them, or with. */
class ScenarioCommandTest {
  private static final String GOOD =
      """
      {"lifetime": 30, "replicas": 5, "requests": 10}""";

  @TempDir private Path folder;

  private Path file(String name, String json) throws IOException {
    return Files.writeString(folder.resolve(name), json);
  }

  @Test
  void all_scenarios_of_the_kit_are_fine() {
    Result result = raftlab("scenario", "check", "configs");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).containsPattern("(?m)^1\\d\\d files are valid$");
  }

  @Test
  void check_prints_all_problems_of_all_files_with_their_places() throws IOException {
    String good = file("good.json", GOOD).toString();
    String bad =
        file(
                "bad.json",
                """
                {
                "lifetime": 3,
                "replicas": 2, "requests": 1}""")
            .toString();
    String none = folder.resolve("none.json").toString();

    Result result = raftlab("scenario", "check", bad, good, none);

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out().lines())
        .satisfiesExactly(
            lifetime -> assertThat(lifetime).startsWith(bad + ":2:13: \"lifetime\" is 3"),
            replicas -> assertThat(replicas).startsWith(bad + ":3:13: \"replicas\" is 2"),
            missing -> assertThat(missing).startsWith(none + ": no such file"),
            count -> assertThat(count).isEqualTo("1 file is valid, 2 are not"));
  }

  @Test
  void check_of_a_folder_looks_at_each_file_and_at_the_index_once() throws IOException {
    file("good.json", GOOD);
    String bad = file("bad.json", "{\"lifetime\": 30, \"replicas\": 5}").toString();
    String index =
        file(
                "suite.json",
                """
                {"title": "x", "groups": [{"title": "y", "scenarios": ["god", "bad"]}]}""")
            .toString();

    Result result = raftlab("scenario", "check", folder.toString());

    assertThat(result.out().lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith(bad + ":1:1: \"requests\" is missing"))
        .anyMatch(line -> line.startsWith(index) && line.endsWith("did you mean \"good\"?"))
        .contains("1 file is valid, 2 are not");
  }

  @Test
  void check_passes_warnings_on_and_is_still_content() {
    Result result = raftlab("scenario", "check", "configs/course/advanced-4.json");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("warning: ", "advanced-4.json:18:3", "1 file is valid");
  }

  @Test
  void list_has_all_suites_with_their_scenarios() {
    Result result = raftlab("scenario", "list");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .containsSubsequence("compaction  ", "course  ", "17 scenarios")
        .containsPattern("(?m)^    flapping +§5\\.4 +2 points +\\w")
        .containsPattern("(?m)^    torn-record .*\\(simulated world only\\)$");
  }

  @Test
  void list_of_one_suite_is_json_on_request() {
    Result result = raftlab("scenario", "list", "--json", "course");
    JsonArray suites = JsonParser.parseString(result.out()).getAsJsonArray();
    JsonObject group =
        suites.get(0).getAsJsonObject().getAsJsonArray("groups").get(0).getAsJsonObject();
    JsonObject first = group.getAsJsonArray("scenarios").get(0).getAsJsonObject();
    assertThat(suites).hasSize(1);
    assertThat(first.get("name").getAsString()).isEqualTo("simple-1");
    assertThat(first.getAsJsonArray("worlds")).hasSize(2);
  }

  @Test
  void show_prints_the_same_for_the_same_seed() {
    Result result = raftlab("scenario", "show", "--seed", "7", "flapping");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("seed 7", "1.82 s  cut leader for 0.5 s");
    assertThat(raftlab("scenario", "show", "--seed", "7", "flapping")).isEqualTo(result);
    assertThat(raftlab("scenario", "show", "--seed", "8", "flapping")).isNotEqualTo(result);
  }

  @Test
  void show_as_json_has_every_time_of_every_event() {
    Result result = raftlab("scenario", "show", "--json", "--seed", "1", "figure-8-churn-long");
    JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();
    assertThat(json.getAsJsonArray("events")).hasSizeGreaterThan(900);
    assertThat(json.getAsJsonArray("events").get(0).getAsJsonObject().getAsJsonObject("action"))
        .hasToString(
            """
            {"type":"crash","who":"leader","for":1.1,"midway":true}""");
    assertThat(json.getAsJsonArray("worlds")).hasToString("[\"sim\"]");
  }

  @Test
  void show_plays_it_and_prints_the_faults_with_their_replicas() {
    Result result = raftlab("scenario", "show", "--play", "--seed", "3", "late-start");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .containsSubsequence(
            "As it was played in the simulated world",
            "step 1: until leader",
            "the leader is 000",
            "step 4: start 0002",
            "start: replica 0002 started",
            "step 8: kill_leader",
            "killed",
            "PASS",
            "late-start",
            "run --world sim --seed 3 configs/probe/late-start.json");
  }

  @Test
  void show_of_a_run_that_fails_returns_1_and_says_why() throws IOException {
    Path file =
        file(
            "mine.json",
            """
            {"lifetime": 30, "replicas": 3, "network": {"loss": 1}, \
            "steps": [{"until": "leader", "within": 1}]}""");
    Result result = raftlab("scenario", "show", "--play", file.toString());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).contains("step 1 failed", "FAIL");
  }

  @Test
  void a_scenario_for_processes_only_is_not_played_simulated() throws IOException {
    Path file = file("mine.json", GOOD.replace("{", "{\"world\": \"process\", "));
    assertWrongUse(
        raftlab("scenario", "show", "--play", file.toString()), "for the process world only");
  }

  @Test
  void unknown_names_are_answered_with_the_nearest_ones() {
    assertWrongUse(raftlab("scenario", "show", "flaping"), "did you mean \"flapping\"?");
    assertWrongUse(raftlab("scenario", "list", "cuorse"), "did you mean \"course\"?");
    assertWrongUse(raftlab("scenario", "shwo", "x"), "did you mean show?");
    assertWrongUse(raftlab("scenario"), "found no command", "check", "list", "show");
    assertWrongUse(raftlab("scenario", "show", "--play", "--json", "crash-1"), "one of them");
  }

  @Test
  void schema_and_keys_are_printed_as_they_are_in_the_project() {
    assertThat(raftlab("scenario", "schema").out()).isEqualTo(JsonSchema.ofScenarios());
    assertThat(raftlab("scenario", "keys").out()).isEqualTo(ScenarioReferencePage.text());
  }
}
