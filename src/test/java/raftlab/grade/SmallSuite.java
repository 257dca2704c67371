package raftlab.grade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import raftlab.grade.store.GradingRecord;
import raftlab.grade.store.MachineRecord;
import raftlab.scenario.ScenarioException;
import raftlab.suite.Suite;
import raftlab.suite.SuiteReader;

/** A suite of three short scenarios, in a folder of its own. */
public final class SmallSuite {
  private static final String SCENARIO =
      """
      {"title": "Short", "lifetime": 5, "start_wait": 0, "end_wait": 0.5, "replicas": 3, \
      "requests": 50, "mix": 0.5, "tests": {"benchmarks": {"total_msgs": [1, 5000, 6000]}}}""";

  private SmallSuite() {}

  /** Writes the suite and reads it. */
  public static Suite in(Path root) throws IOException, ScenarioException {
    Path folder = Files.createDirectories(root.resolve("short"));
    for (String name : new String[] {"a-1", "a-2", "a-3"}) {
      Files.writeString(folder.resolve(name + ".json"), SCENARIO);
    }
    return SuiteReader.read(folder.toString(), root);
  }

  /** Settings for it, with seed 7, and builds of one second at most. */
  public static GradingRecord grading(Path root, int repeats)
      throws IOException, ScenarioException {
    return GradingRecord.of(List.of(in(root)), 7, true, repeats, MachineRecord.of(6, 1));
  }
}
