package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example hand-ins get the verdicts that they are meant to get, in a short suite; {@code
 * test-scripts/example-hand-ins} compares those of whole suites.
 */
class ExampleHandInsTest {
  private static final Path EXAMPLES = Path.of("handin");
  private static final Path SUITE = Path.of("src", "test", "resources", "handin", "short");
  private static final List<String> SCENARIOS = List.of("steady", "fail-over");

  /** On a busy machine at most this part of the verdicts may be unknown. */
  private static final double MAX_UNKNOWN = 0.5;

  @TempDir private Path root;

  private static JsonObject expected() throws IOException {
    JsonObject expected =
        JsonParser.parseString(Files.readString(EXAMPLES.resolve("EXPECTED.json")))
            .getAsJsonObject();
    expected.remove("about");
    return expected;
  }

  @Test
  void every_example_has_a_verdict_and_every_verdict_an_example() throws IOException {
    try (Stream<Path> folders = Files.list(EXAMPLES)) {
      assertThat(expected().keySet())
          .containsExactlyInAnyOrderElementsOf(
              folders
                  .filter(Files::isDirectory)
                  .map(folder -> folder.getFileName().toString())
                  .toList());
    }
  }

  @Test
  void each_example_gets_its_verdict_in_a_short_suite() throws IOException {
    Map<String, JsonObject> played = new TreeMap<>();
    Path handIns = Files.createDirectory(root.resolve("handin"));
    for (Map.Entry<String, JsonElement> entry : expected().entrySet()) {
      JsonObject verdict = entry.getValue().getAsJsonObject();
      if (verdict.has("inMakeCheck")) {
        continue;
      }
      List<String> missing = missing(verdict.getAsJsonArray("needs"));
      if (missing.isEmpty()) {
        copy(EXAMPLES.resolve(entry.getKey()), handIns.resolve(entry.getKey()));
        played.put(entry.getKey(), verdict);
      } else {
        System.err.println("NOT GRADED: " + entry.getKey() + ", this machine lacks " + missing);
      }
    }
    Map<String, Map<String, String>> rows = grade(handIns);

    assertThat(rows.keySet()).isEqualTo(played.keySet());
    List<String> wrong = new ArrayList<>();
    int unknown = 0;
    for (Map.Entry<String, JsonObject> entry : played.entrySet()) {
      Map<String, String> row = rows.get(entry.getKey());
      if (!row.get("status").equals(entry.getValue().get("status").getAsString())) {
        wrong.add(entry.getKey() + " " + row);
      }
      for (String scenario : SCENARIOS) {
        String mark = row.get(scenario);
        unknown += mark.equals("UNKNOWN") ? 1 : 0;
        if (!marks(entry.getValue(), scenario).contains(mark)) {
          wrong.add(entry.getKey() + " " + scenario + " " + row);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(unknown).isLessThanOrEqualTo((int) (MAX_UNKNOWN * SCENARIOS.size() * played.size()));
  }

  /** The marks that are right; on a busy machine a verdict may be unknown. */
  private static List<String> marks(JsonObject verdict, String scenario) {
    if (verdict.get("status").getAsString().equals("not built")) {
      return List.of("-");
    }
    JsonObject suite = verdict.has("short") ? verdict.getAsJsonObject("short") : new JsonObject();
    if (isListed(suite.get("fails"), scenario)) {
      return List.of("FAIL", "UNKNOWN");
    }
    return isListed(suite.get("mayFail"), scenario)
        ? List.of("PASS", "FAIL", "UNKNOWN")
        : List.of("PASS", "UNKNOWN");
  }

  private static boolean isListed(JsonElement list, String scenario) {
    return list != null
        && (list.isJsonPrimitive()
            || list.getAsJsonArray().asList().stream()
                .anyMatch(each -> each.getAsString().equals(scenario)));
  }

  private static List<String> missing(JsonArray needs) {
    List<String> missing = new ArrayList<>();
    for (JsonElement tool : needs) {
      String path = System.getenv().getOrDefault("PATH", "");
      if (Arrays.stream(path.split(File.pathSeparator))
          .noneMatch(folder -> Files.isExecutable(Path.of(folder, tool.getAsString())))) {
        missing.add(tool.getAsString());
      }
    }
    return missing;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** The rows of grades.csv by team, each by the names of the columns. */
  private Map<String, Map<String, String>> grade(Path handIns) throws IOException {
    Path out = root.resolve("grades");
    PrintStream usual = System.out;
    System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    try {
      RaftlabCommand.run(
          new String[] {
            "grade",
            "--suite",
            SUITE.toString(),
            "--seed",
            "1",
            "--jobs",
            "8",
            "--out",
            out.toString(),
            handIns.toString()
          });
    } finally {
      System.setOut(usual);
    }
    List<String> lines = Files.readAllLines(out.resolve("grades.csv"));
    String[] columns = lines.get(0).split(",");
    Map<String, Map<String, String>> rows = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      // No cell before the note has a comma in it.
      String[] cells = line.split(",", columns.length);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < columns.length; i++) {
        row.put(columns[i], cells[i]);
      }
      rows.put(cells[0], row);
    }
    return rows;
  }
}
