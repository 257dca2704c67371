package raftlab.run.findings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import raftlab.run.RunOutcome;

/** Runs that did not pass for the same reason. Keeps only the first seeds and scenarios. */
public final class FailureGroup {
  private static final int MAX_SEEDS = 10;
  private static final int MAX_SCENARIOS = 200;

  /** The runs of one scenario in a group. */
  public static final class ScenarioShare {
    private final String scenario;
    private final List<Long> seeds = new ArrayList<>();
    private long count;

    private ScenarioShare(String scenario) {
      this.scenario = scenario;
    }

    /** Returns the scenario's name. */
    public String scenario() {
      return scenario;
    }

    /** Returns the number of runs. */
    public long count() {
      return count;
    }

    /** Returns the seeds of the first runs. */
    public List<Long> seeds() {
      return Collections.unmodifiableList(seeds);
    }

    private void add(long seed) {
      count++;
      if (seeds.size() < MAX_SEEDS) {
        seeds.add(seed);
      }
    }
  }

  private final FailureCause cause;
  private RunOutcome first;
  private final ScenarioShare all = new ScenarioShare("");
  private final Map<String, ScenarioShare> shares = new LinkedHashMap<>();

  /** Creates a group for runs like this one, which is added later. */
  FailureGroup(FailureCause cause, RunOutcome first) {
    this.cause = cause;
    this.first = first;
  }

  void add(RunOutcome outcome) {
    first = first.wasNotPlayed() ? outcome : first;
    long seed = outcome.played().seed();
    all.add(seed);
    // Scenarios of two suites may have the same name; their files differ.
    String file = outcome.scenario().file().toString();
    if (shares.size() < MAX_SCENARIOS) {
      shares.computeIfAbsent(file, each -> new ScenarioShare(outcome.scenario().name()));
    }
    shares.computeIfPresent(
        file,
        (each, share) -> {
          share.add(seed);
          return share;
        });
  }

  /** Returns why the runs did not pass. */
  public FailureCause cause() {
    return cause;
  }

  /** Returns the first run. */
  public RunOutcome first() {
    return first;
  }

  /** Returns the number of runs. */
  public long count() {
    return all.count();
  }

  /** Returns the seeds of the first runs of any scenario, in order. */
  public List<Long> seeds() {
    return all.seeds();
  }

  /** Returns their scenarios in order of appearance; at most 200. */
  public List<ScenarioShare> shares() {
    return List.copyOf(shares.values());
  }
}
