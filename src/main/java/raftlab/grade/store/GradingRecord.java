package raftlab.grade.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import raftlab.scenario.Scenario;
import raftlab.suite.Suite;

/**
 * The settings of a grading, the same for all teams: {@code grading.json}. It is written first.
 *
 * @param format the version of the results folder
 * @param kit the version of the kit
 * @param suites the suites
 * @param scenarios all scenarios, in the order of the tables
 * @param seed the seed of all random choices; secret until the grades are published
 * @param repeats how often each scenario is played, with seed, seed + 1, ...
 * @param machine how hand-ins are built and played here
 * @param policy the texts of the rubric and of the late policy
 * @param shard the part of the runs that is played: {@code 2/4}; "" for all
 * @param teams all teams, in the order of the tables
 */
public record GradingRecord(
    int format,
    String kit,
    List<SuiteRecord> suites,
    List<ScenarioRecord> scenarios,
    long seed,
    int repeats,
    MachineRecord machine,
    PolicyRecord policy,
    String shard,
    List<TeamRecord> teams) {
  /** The version that this program writes and reads. */
  public static final int FORMAT = 2;

  /** Copies the lists. */
  public GradingRecord {
    suites = List.copyOf(suites);
    scenarios = List.copyOf(scenarios);
    teams = List.copyOf(teams);
  }

  /**
   * Returns the settings of a new grading, without rubric and teams.
   *
   * @param onlyThisSeed whether the seed replaces that of a scenario that has its own
   */
  public static GradingRecord of(
      List<Suite> suites, long seed, boolean onlyThisSeed, int repeats, MachineRecord machine) {
    Map<String, Integer> names = new HashMap<>();
    suites.forEach(
        suite ->
            suite.scenarios().forEach(scenario -> names.merge(scenario.name(), 1, Integer::sum)));
    List<ScenarioRecord> scenarios = new ArrayList<>();
    for (Suite suite : suites) {
      for (Scenario scenario : suite.scenarios()) {
        boolean isUnique = names.get(scenario.name()) == Integer.valueOf(1);
        String key = isUnique ? scenario.name() : suite.name() + "." + scenario.name();
        long itsSeed = onlyThisSeed ? seed : scenario.seed().orElse(seed);
        scenarios.add(ScenarioRecord.of(key, suite.name(), scenario, itsSeed));
      }
    }
    return new GradingRecord(
        FORMAT,
        KitVersion.current(),
        suites.stream().map(suite -> new SuiteRecord(suite.name(), suite.title())).toList(),
        scenarios,
        seed,
        repeats,
        machine,
        PolicyRecord.NONE,
        "",
        List.of());
  }

  /** Returns the same settings for these teams. */
  public GradingRecord withTeams(List<TeamRecord> others) {
    return new GradingRecord(
        format, kit, suites, scenarios, seed, repeats, machine, policy, shard, others);
  }

  /** Returns the same settings with another rubric or late policy. */
  public GradingRecord withPolicy(PolicyRecord other) {
    return new GradingRecord(
        format, kit, suites, scenarios, seed, repeats, machine, other, shard, teams);
  }

  /** Returns the same settings for another machine. */
  public GradingRecord withMachine(MachineRecord other) {
    return new GradingRecord(
        format, kit, suites, scenarios, seed, repeats, other, policy, shard, teams);
  }

  /** Returns the same settings for another part of the runs. */
  public GradingRecord withShard(String part) {
    return new GradingRecord(
        format, kit, suites, scenarios, seed, repeats, machine, policy, part, teams);
  }

  /** Returns the scenario with this key. */
  public Optional<ScenarioRecord> scenario(String key) {
    return scenarios.stream().filter(scenario -> scenario.key().equals(key)).findFirst();
  }

  /** Returns the names of the suites in one line. */
  public String suiteNames() {
    return String.join(", ", suites.stream().map(SuiteRecord::name).toList());
  }
}
