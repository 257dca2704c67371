package raftlab.grade.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import raftlab.scenario.CourseThresholds;
import raftlab.scenario.PerformanceMetric;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;

/**
 * A scenario of a grading, with all that is needed to play it again as it was.
 *
 * @param key its name, and that of its suite if two suites have a scenario of this name; different
 *     for each scenario
 * @param section the section of the Raft paper that it tests; "" if none is given
 * @param points the points in its file; 0 if none are given
 * @param seed the seed of its first run, the same for all teams; each further run has the next one
 * @param metrics the names of the metrics with tiers
 * @param file the file that it was read from, as the user named it, or its name if it is inside the
 *     jar
 * @param text the text of the file
 */
public record ScenarioRecord(
    String key,
    String suite,
    String name,
    String title,
    String section,
    double points,
    long seed,
    List<String> metrics,
    String file,
    String text) {
  /** Copies the list. */
  public ScenarioRecord {
    metrics = List.copyOf(metrics);
  }

  /** Returns the record of a scenario. */
  public static ScenarioRecord of(String key, String suite, Scenario scenario, long seed) {
    List<String> metrics =
        scenario
            .courseThresholds()
            .map(CourseThresholds::benchmarks)
            .map(tiers -> tiers.keySet().stream().map(PerformanceMetric::key).toList())
            .orElse(List.of());
    return new ScenarioRecord(
        key,
        suite,
        scenario.name(),
        scenario.title(),
        scenario.credit().section(),
        scenario.credit().points(),
        seed,
        metrics,
        fileName(scenario.file(), scenario.name()),
        scenario.json());
  }

  private static String fileName(Path file, String name) {
    return file.getFileSystem() == FileSystems.getDefault() ? file.toString() : name;
  }

  /**
   * Returns the name under which each copy of the kit has this scenario, such as {@code
   * course/crash-1}; empty if it is no scenario of the kit, or was changed.
   */
  public Optional<String> nameInKit() {
    @Nullable Path folder = Path.of(file).getParent();
    String inKit = (folder == null ? suite : folder.getFileName()) + "/" + name;
    try (InputStream in = ScenarioRecord.class.getResourceAsStream("/configs/" + inKit + ".json")) {
      return in != null && text.equals(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          ? Optional.of(inKit)
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** Reads the scenario from its text. */
  public Scenario scenario() throws ScenarioException {
    return ScenarioReader.read(file, text);
  }

  /** Returns the seed of a repetition, counted from 0. */
  public long seed(int repetition) {
    return seed + repetition;
  }
}
