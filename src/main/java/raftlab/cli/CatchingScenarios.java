package raftlab.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import raftlab.bugs.Bug;
import raftlab.run.RunOutcome;
import raftlab.suite.BugHunt;
import raftlab.suite.SuiteRunner.Task;

/**
 * For each bug, a few runs that caught it in the reference replica. For a bug that the reference
 * replica doesn't have, or that nothing caught, the scenarios that catch most others.
 */
final class CatchingScenarios implements BugHunt.HuntListener<Bug> {
  /** The number of scenarios for each bug. */
  static final int MOST = 3;

  private final Map<String, List<Task>> byBug = new LinkedHashMap<>();

  @Override
  public void add(Bug bug, BugHunt.BugHuntResult result) {
    Map<String, Task> runs = new LinkedHashMap<>();
    for (RunOutcome run : result.caught()) {
      runs.putIfAbsent(
          run.scenario().file().toString(), new Task(run.scenario(), 0, run.played().seed()));
    }
    if (!runs.isEmpty()) {
      byBug.put(bug.name(), runs.values().stream().limit(MOST).toList());
    }
  }

  @Override
  public void notPlayed(Bug bug, String why) {
    throw new IllegalStateException(bug.name() + ": " + why);
  }

  /** The runs for a bug; none if no bug was caught at all. */
  List<Task> of(String bug) {
    List<Task> own = byBug.get(bug);
    return own != null ? own : all().stream().limit(MOST).toList();
  }

  /** One run of each scenario of the table; those that catch most bugs first. */
  List<Task> all() {
    Map<String, List<Task>> byScenario = new LinkedHashMap<>();
    for (List<Task> runs : byBug.values()) {
      for (Task run : runs) {
        byScenario
            .computeIfAbsent(run.scenario().file().toString(), file -> new ArrayList<>())
            .add(run);
      }
    }
    return byScenario.values().stream()
        .sorted(Comparator.comparingInt((List<Task> runs) -> -runs.size()))
        .map(runs -> runs.get(0))
        .toList();
  }
}
