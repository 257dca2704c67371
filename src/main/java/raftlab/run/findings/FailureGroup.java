package raftlab.run.findings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import raftlab.run.RunOutcome;

/** Runs that did not pass for the same reason. Only the first seeds and scenarios are kept. */
public final class FailureGroup {
  private static final int MOST_SEEDS = 10;
  private static final int MOST_SCENARIOS = 200;

  /** The runs of one scenario among them. */
  public static final class Share {
    private final String scenario;
    private final List<Long> seeds = new ArrayList<>();
    private long count;

    private Share(String scenario) {
      this.scenario = scenario;
    }

    /** The scenario's name. */
    public String scenario() {
      return scenario;
    }

    /** How many they are. */
    public long count() {
      return count;
    }

    /** The seeds of the first of them. */
    public List<Long> seeds() {
      return Collections.unmodifiableList(seeds);
    }

    private void add(long seed) {
      count++;
      if (seeds.size() < MOST_SEEDS) {
        seeds.add(seed);
      }
    }
  }

  private final FailureCause cause;
  private RunOutcome first;
  private final Share all = new Share("");
  private final Map<String, Share> shares = new LinkedHashMap<>();

  /** Runs like this one, which is still to be added. */
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
    if (shares.size() < MOST_SCENARIOS) {
      shares.computeIfAbsent(file, each -> new Share(outcome.scenario().name()));
    }
    shares.computeIfPresent(
        file,
        (each, share) -> {
          share.add(seed);
          return share;
        });
  }

  /** Why they did not pass. */
  public FailureCause cause() {
    return cause;
  }

  /** The first of them. */
  public RunOutcome first() {
    return first;
  }

  /** How many they are. */
  public long count() {
    return all.count();
  }

  /** The seeds of the first of them, of whatever scenario, in order. */
  public List<Long> seeds() {
    return all.seeds();
  }

  /** The scenarios that they are of, but for those beyond the first 200, as they came up. */
  public List<Share> shares() {
    return List.copyOf(shares.values());
  }
}
