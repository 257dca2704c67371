package raftlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.suite.Suite;
import raftlab.suite.SuiteReader;

/** Finds suites by name, by folder, or by the name of one of their scenarios. */
final class SuiteFinder {
  /** All suites of the kit. */
  static final String ALL = "all";

  /** The suites of {@code make test}; those that catch most come first. */
  static final List<String> MAKE_TEST_SUITES = List.of("probe", "course");

  private SuiteFinder() {}

  /** The suites with these names, in this order. */
  static List<Suite> find(List<String> names) throws ScenarioException, IOException {
    List<Suite> suites = new ArrayList<>();
    for (String name : names) {
      if (name.equals(ALL)) {
        for (String each : SuiteReader.names(KitHome.configs())) {
          suites.add(SuiteReader.read(each, KitHome.configs()));
        }
      } else {
        suites.add(find(name));
      }
    }
    return suites;
  }

  /** The suite with this name; the name of a scenario gives a suite of one. */
  private static Suite find(String name) throws ScenarioException, IOException {
    if (!Files.exists(Path.of(name))
        && !SuiteReader.names(KitHome.configs()).contains(name)
        && ScenarioFinder.names().contains(name)) {
      Scenario only = ScenarioFinder.find(name);
      return new Suite(
          only.name(), only.title(), List.of(new Suite.Group(only.name(), List.of(only))));
    }
    return SuiteReader.read(name, KitHome.configs());
  }
}
