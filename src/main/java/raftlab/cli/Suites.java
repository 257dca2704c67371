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

/** Finds suites by name, folder, or the name of one of their scenarios. */
final class Suites {
  /** Stands for all suites of the kit. */
  static final String ALL = "all";

  /** What {@code make test} plays, with those that find most first. */
  static final List<String> OF_MAKE_TEST = List.of("probe", "course");

  private Suites() {}

  /** The suites of these names, in this order. */
  static List<Suite> find(List<String> names) throws ScenarioException, IOException {
    List<Suite> suites = new ArrayList<>();
    for (String name : names) {
      if (name.equals(ALL)) {
        for (String each : SuiteReader.names(Home.configs())) {
          suites.add(SuiteReader.read(each, Home.configs()));
        }
      } else {
        suites.add(find(name));
      }
    }
    return suites;
  }

  /** The suite of this name; a scenario's name makes a suite of one. */
  private static Suite find(String name) throws ScenarioException, IOException {
    if (!Files.exists(Path.of(name))
        && !SuiteReader.names(Home.configs()).contains(name)
        && Scenarios.names().contains(name)) {
      Scenario only = Scenarios.find(name);
      return new Suite(
          only.name(), only.title(), List.of(new Suite.Group(only.name(), List.of(only))));
    }
    return SuiteReader.read(name, Home.configs());
  }
}
