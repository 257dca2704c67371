package raftlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.ScenarioReader;
import raftlab.suite.SuiteReader;
import raftlab.wire.NearestWord;

/** Finds scenarios by file or by name. */
final class Scenarios {
  private static final String SUFFIX = ".json";

  private Scenarios() {}

  /** The scenario in this file, or of this name in one of the kit's suites. */
  static Scenario find(String name) throws ScenarioException, IOException {
    Path file = Path.of(name);
    if (Files.exists(file)) {
      return ScenarioReader.read(file);
    }
    List<String> known = new ArrayList<>();
    for (Path candidate : shipped()) {
      String its = candidate.getFileName().toString().replace(SUFFIX, "");
      if (its.equals(name) || candidate.endsWith(name)) {
        return ScenarioReader.read(candidate);
      }
      known.add(its);
    }
    throw new WrongUseException(
        "found \""
            + name
            + "\", expected a scenario file or the name of a scenario"
            + NearestWord.of(name, known)
                .map(word -> "; did you mean \"" + word + "\"?")
                .orElse(""));
  }

  /** The names of the kit's scenarios; none if they can't be read. */
  static List<String> names() {
    try {
      return shipped().stream()
          .map(file -> file.getFileName().toString().replace(SUFFIX, ""))
          .toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static List<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.walk(Home.configs(), 2)) {
      return files.filter(SuiteReader::isScenario).sorted().toList();
    }
  }
}
