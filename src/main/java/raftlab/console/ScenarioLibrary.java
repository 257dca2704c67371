package raftlab.console;

import java.io.IOException;
import java.util.List;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.suite.Suite;

/**
 * Finds scenarios and suites. Both methods throw if there is none; the message has the nearest
 * name.
 */
public interface ScenarioLibrary {
  /** The scenario in this file, or with this name. */
  Scenario scenario(String nameOrFile) throws ScenarioException, IOException;

  /** The suite with this name, or in this folder. */
  Suite suite(String nameOrFolder) throws ScenarioException, IOException;

  /** The names of scenarios in the library. */
  List<String> scenarios();

  /** The names of suites in the library. */
  List<String> suites();
}
