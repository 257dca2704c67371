package raftlab.run;

import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;

/** Scenarios that take as little time as the course's form allows. */
public final class SmallScenario {
  private SmallScenario() {}

  /** Three replicas and five seconds; {@code more} are further keys, each followed by a comma. */
  public static Scenario with(String more) {
    String json =
        "{"
            + more
            + "\"lifetime\": 5, \"start_wait\": 1, \"end_wait\": 0.5, \"replicas\": 3, \"requests\": 100, \"mix\": 0.5}";
    try {
      return ScenarioReader.read("small", json);
    } catch (ScenarioException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }
}
