package raftlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.suite.SuiteReader;
import raftlab.wire.NearestWord;

/** Finds scenarios by file or by name. */
final class ScenarioFinder {
  private static final String SUFFIX = ".json";

  private ScenarioFinder() {}

  /** The scenario in this file, or with this name in the kit's suites. */
  static Scenario find(String name) throws ScenarioException, IOException {
    Path file = Path.of(name);
    if (Files.exists(file)) {
      return ScenarioReader.read(file);
    }
    List<Path> found = new ArrayList<>();
    for (Path candidate : shipped()) {
      boolean its = nameOf(candidate).equals(name) || nameInSuite(candidate).equals(name);
      if (its || candidate.endsWith(name)) {
        found.add(candidate);
      }
    }
    if (found.size() > 1) {
      throw new UsageException(
          "found \""
              + name
              + "\", which is in several suites, expected "
              + String.join(" or ", found.stream().map(ScenarioFinder::nameInSuite).toList()));
    }
    if (found.size() == 1) {
      return ScenarioReader.read(found.get(0));
    }
    throw new UsageException(
        "found \""
            + name
            + "\", expected a scenario file or the name of a scenario"
            + NearestWord.of(name, names())
                .map(word -> "; did you mean \"" + word + "\"?")
                .orElse(""));
  }

  private static String nameOf(Path file) {
    return file.getFileName().toString().replace(SUFFIX, "");
  }

  /** A scenario's name, preceded by that of its suite: {@code service/stale-reads}. */
  private static String nameInSuite(Path file) {
    Path suite = Objects.requireNonNull(file.getParent(), "it is in a folder of configs");
    return suite.getFileName() + "/" + nameOf(file);
  }

  /** The names of the kit's scenarios; none if they can't be read. */
  static List<String> names() {
    try {
      return shipped().stream().map(ScenarioFinder::nameOf).toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static List<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.walk(KitHome.configs(), 2)) {
      return files.filter(SuiteReader::isScenario).sorted().toList();
    }
  }
}
