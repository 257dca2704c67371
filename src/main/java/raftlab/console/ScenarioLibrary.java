package raftlab.console;

import java.io.IOException;
import java.util.List;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.suite.Suite;

/**
 * Where scenarios and suites are found. Both throw if there is none; the message names what comes
 * near.
 */
public interface ScenarioLibrary {
  /** The scenario in this file or of this name. */
  Scenario scenario(String nameOrFile) throws ScenarioException, IOException;

  /** The suite of this name or in this folder. */
  Suite suite(String nameOrFolder) throws ScenarioException, IOException;

  /** The names of scenarios that need no file name. */
  List<String> scenarios();

  /** The names of suites that need no folder. */
  List<String> suites();
}
