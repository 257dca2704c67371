package raftlab.grade.platform;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import raftlab.scenario.Scenario;
import raftlab.suite.Suite;

/**
 * The scenarios that can be played one after the other in a given time, on a slow machine. Each
 * group of a suite is represented: first comes the first scenario of each group, then the second.
 *
 * @param suites the suites with only the scenarios to play
 * @param leftOut the scenarios for which there is no time
 * @param seconds how long the runs take together
 */
public record TimedPlan(List<Suite> suites, List<Scenario> leftOut, long seconds) {
  /** Starting and ending replicas, and judging, on half a processor. */
  private static final long EXTRA_MILLIS_PER_RUN = 6_000;

  /** Copies the lists. */
  public TimedPlan {
    suites = List.copyOf(suites);
    leftOut = List.copyOf(leftOut);
  }

  /** Makes the plan for this time. */
  public static TimedPlan of(List<Suite> all, long seconds) {
    Set<Scenario> chosen = new HashSet<>();
    long left = seconds * 1000;
    for (Scenario each : byTurns(all)) {
      long millis = millis(each);
      if (millis <= left) {
        chosen.add(each);
        left -= millis;
      }
    }
    List<Suite> suites = new ArrayList<>();
    List<Scenario> leftOut = new ArrayList<>();
    for (Suite suite : all) {
      List<Suite.Group> groups = new ArrayList<>();
      for (Suite.Group group : suite.groups()) {
        List<Scenario> kept = group.scenarios().stream().filter(chosen::contains).toList();
        group.scenarios().stream().filter(each -> !kept.contains(each)).forEach(leftOut::add);
        if (!kept.isEmpty()) {
          groups.add(new Suite.Group(group.title(), kept));
        }
      }
      if (!groups.isEmpty()) {
        suites.add(new Suite(suite.name(), suite.title(), groups));
      }
    }
    return new TimedPlan(suites, leftOut, seconds - left / 1000);
  }

  /** How long a run takes on a slow machine. */
  private static long millis(Scenario scenario) {
    return scenario.totalMillis() + EXTRA_MILLIS_PER_RUN;
  }

  private static List<Scenario> byTurns(List<Suite> suites) {
    List<Suite.Group> groups = suites.stream().flatMap(suite -> suite.groups().stream()).toList();
    int most = groups.stream().mapToInt(group -> group.scenarios().size()).max().orElse(0);
    List<Scenario> turns = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      for (Suite.Group group : groups) {
        if (i < group.scenarios().size()) {
          turns.add(group.scenarios().get(i));
        }
      }
    }
    return turns;
  }
}
