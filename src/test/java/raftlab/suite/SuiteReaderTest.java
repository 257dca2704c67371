package raftlab.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ProblemFacts;
import raftlab.suite.Suite.Group;

class SuiteReaderTest {
  private static final String SCENARIO =
      """
      {"lifetime": 30, "replicas": 5, "requests": 10}""";

  @TempDir Path root;

  private Path file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private void scenarios(String... paths) throws IOException {
    for (String path : paths) {
      file(path + ".json", SCENARIO);
    }
  }

  private static List<String> names(Suite suite) {
    return suite.scenarios().stream().map(Scenario::name).toList();
  }

  private void assertProblems(String word, String... lines) {
    assertThatThrownBy(() -> SuiteReader.read(word, root))
        .isInstanceOfSatisfying(
            ScenarioException.class,
            problems ->
                assertThat(problems.getMessage().lines().map(SuiteReaderTest::placeAndFacts))
                    .containsExactly(lines));
  }

  private static String placeAndFacts(String problem) {
    int end = problem.indexOf(": ");
    return (problem.substring(0, end) + " " + ProblemFacts.of(problem.substring(end))).strip();
  }

  @Test
  void the_suite_of_the_course_has_its_groups_in_order() throws ScenarioException {
    Suite suite = SuiteReader.read("course", Path.of("configs"));
    assertThat(suite.name()).isEqualTo("course");
    assertThat(suite.title()).isEqualTo("The course's own suite");
    assertThat(suite.warnings()).isEmpty();
    assertThat(suite.groups().stream().map(Group::title))
        .containsExactly("Basic", "Unreliable network", "Crash failure", "Partition", "Advanced");
    assertThat(suite.groups().stream().map(group -> group.scenarios().size()))
        .containsExactly(2, 3, 4, 4, 4);
    assertThat(names(suite))
        .startsWith("simple-1", "simple-2", "unreliable-1")
        .endsWith("advanced-4");
  }

  @Test
  void a_folder_without_an_index_is_one_group_in_natural_order() throws Exception {
    scenarios("mine/x-10", "mine/x-2", "mine/a", "mine/x-1b", "mine/x-1");
    file("mine/notes.txt", "not a scenario");
    file("mine/.hidden.json", "not one either");
    Suite suite = SuiteReader.read("mine", root);
    assertThat(suite.name()).isEqualTo("mine");
    assertThat(suite.groups()).hasSize(1);
    assertThat(names(suite)).containsExactly("a", "x-1", "x-1b", "x-2", "x-10");
  }

  @Test
  void natural_order_is_an_order() {
    List<String> names =
        List.of(
            "",
            "-",
            "0",
            "00",
            "1",
            "2",
            "10",
            "010",
            "a",
            "a0",
            "a1",
            "a01",
            "a1b",
            "a2",
            "b",
            "x-1",
            "x-10",
            "x-9",
            "x-99999999999999999999",
            "x-1-2",
            "x-1-10",
            "1a",
            "\u0662");
    for (String a : names) {
      assertThat(SuiteReader.compareNaturally(a, a)).isZero();
      for (String b : names) {
        int order = Integer.signum(SuiteReader.compareNaturally(a, b));
        assertThat(Integer.signum(SuiteReader.compareNaturally(b, a)))
            .as(a + " " + b)
            .isEqualTo(-order);
        for (String c : names) {
          if (order < 0 && SuiteReader.compareNaturally(b, c) < 0) {
            assertThat(SuiteReader.compareNaturally(a, c)).as(a + " " + b + " " + c).isNegative();
          }
        }
      }
    }
    List<String> sorted = new ArrayList<>(List.of("x-10", "x-9", "x-1", "x-010"));
    sorted.sort(SuiteReader::compareNaturally);
    assertThat(sorted).containsExactly("x-1", "x-9", "x-010", "x-10");
  }

  @Test
  void a_file_is_a_suite_of_one() throws Exception {
    Path file = file("mine/x.json", SCENARIO);
    for (String word : List.of("mine/x.json", "mine/x", file.toString())) {
      Suite suite = SuiteReader.read(word, root);
      assertThat(suite.name()).isEqualTo("x");
      assertThat(names(suite)).containsExactly("x");
    }
  }

  @Test
  void a_folder_anywhere_can_be_a_suite() throws Exception {
    scenarios("elsewhere/mine/x");
    Path folder = root.resolve("elsewhere/mine");
    assertThat(SuiteReader.read(folder.toString(), Path.of("configs")).name()).isEqualTo("mine");
    assertThat(SuiteReader.read(folder + "/.", Path.of("configs")).name()).isEqualTo("mine");
  }

  @Test
  void an_index_gives_groups_and_order() throws Exception {
    scenarios("mine/a", "mine/b", "mine/c");
    file(
        "mine/suite.json",
        """
        {"title": "Mine",
         "groups": [{"title": "Late", "scenarios": ["c", "a"]}, {"title": "Early", "scenarios": ["b"]}]}
        """);
    Suite suite = SuiteReader.read("mine", root);
    assertThat(suite.title()).isEqualTo("Mine");
    assertThat(suite.groups().stream().map(Group::title)).containsExactly("Late", "Early");
    assertThat(names(suite)).containsExactly("c", "a", "b");
  }

  @Test
  void a_file_that_no_group_names_gets_a_warning() throws Exception {
    scenarios("mine/a", "mine/b");
    Path index =
        file(
            "mine/suite.json",
            """
            {"title": "M", "groups": [{"title": "G", "scenarios": ["a"]}]}""");
    assertThat(SuiteReader.read("mine", root).warnings())
        .singleElement()
        .asString()
        .startsWith(index + ": \"b.json\" ");
  }

  @Test
  void every_mistake_in_an_index_is_reported_together_with_those_in_its_scenarios()
      throws Exception {
    scenarios("mine/crash-1");
    Path broken = file("mine/crash-2.json", "{}");
    Path index =
        file(
            "mine/suite.json",
            """
            {"titel": "Mine",
             "groups": [{"title": "G", "scenarios": ["crash-1", "crahs-1", "crash-1"]},
                        {"title": "H", "scenarios": []},
                        {"title": "I", "scenarios": ["crash-2", 7]}]}
            """);
    assertProblems(
        "mine",
        index + ":1:1 \"title\" 1 200",
        index + ":1:2 \"titel\" \"title\" 1 200",
        index + ":2:53 \"crahs-1.json\" \"crash-1\"",
        index + ":2:64 \"crash-1\" 2",
        index + ":3:41 \"scenarios\"",
        index + ":4:53 \"scenarios\" 7 1 200",
        broken + ":1:1 \"lifetime\" 0.01 3600",
        broken + ":1:1 \"replicas\" 3 21",
        broken + ":1:1 \"requests\" 0 900000 \"traffic\" \"steps\"");
  }

  @Test
  void an_index_that_is_not_json_is_explained() throws Exception {
    scenarios("mine/a");
    Path index = file("mine/suite.json", "{");
    assertProblems("mine", index + ":1:2 \"}\"");
  }

  @Test
  void the_problems_of_all_scenarios_are_reported() throws Exception {
    Path a = file("mine/a.json", "");
    Path b = file("mine/b.json", "[]");
    assertProblems("mine", a + ":1:1 object", b + ":1:1 array object");
  }

  @Test
  void an_unknown_name_is_answered_with_the_suites_there_are() throws Exception {
    scenarios("course/a", "extra-10/a", "extra-2/a");
    Files.createDirectories(root.resolve("no-scenarios-in-here"));
    assertThat(SuiteReader.names(root)).containsExactly("course", "extra-2", "extra-10");
    String known = "the suites are \"course\", \"extra-2\", \"extra-10\"";
    assertProblems("coruse", root + " \"coruse\" \"course\" \"extra-2\" \"extra-10\" \"course\"");
    for (String word : List.of("banana", "", " ", "a\0b")) {
      assertThatThrownBy(() -> SuiteReader.read(word, root))
          .isInstanceOf(ScenarioException.class)
          .hasMessageEndingWith(" is neither a suite, a folder nor a file; " + known);
    }
  }

  @Test
  void where_there_are_no_suites_that_is_said() {
    Path nowhere = root.resolve("nowhere");
    assertThatThrownBy(() -> SuiteReader.read("course", nowhere))
        .hasMessage(
            nowhere
                + ": \"course\" is neither a suite, a folder nor a file; there are no suites in "
                + nowhere);
  }

  @Test
  void an_empty_folder_is_not_a_suite() throws Exception {
    Path empty = Files.createDirectories(root.resolve("empty"));
    assertProblems("empty", empty.toString());
  }
}
