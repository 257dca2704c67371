package raftlab.suite;

import java.util.ArrayList;
import java.util.List;
import raftlab.scenario.Scenario;

/**
 * Scenarios that are played together, in groups.
 *
 * @param name the folder's name, or the file's without {@code .json}
 * @param title a one-line title
 * @param groups the groups in display order; at least one
 * @param warnings warnings for the author of the suite, one per line; those of a scenario are in
 *     the scenario
 */
public record Suite(String name, String title, List<Group> groups, List<String> warnings) {
  /** Scenarios of a suite under one heading; at least one. */
  public record Group(String title, List<Scenario> scenarios) {
    /** Copies the list. */
    public Group {
      scenarios = List.copyOf(scenarios);
    }
  }

  /** Copies the lists. */
  public Suite {
    groups = List.copyOf(groups);
    warnings = List.copyOf(warnings);
  }

  /** A suite without warnings. */
  public Suite(String name, String title, List<Group> groups) {
    this(name, title, groups, List.of());
  }

  /** The same suite with only the scenarios that can be played in this world. */
  public Suite forWorld(String world) {
    List<Group> left = new ArrayList<>();
    for (Group group : groups) {
      List<Scenario> playable =
          group.scenarios().stream().filter(scenario -> isFor(scenario, world)).toList();
      if (!playable.isEmpty()) {
        left.add(new Group(group.title(), playable));
      }
    }
    return new Suite(name, title, left, warnings);
  }

  /** The scenarios that can't be played in this world. */
  public List<Scenario> notForWorld(String world) {
    return scenarios().stream().filter(scenario -> !isFor(scenario, world)).toList();
  }

  private static boolean isFor(Scenario scenario, String world) {
    return scenario.onlyWorld().map(world::equals).orElse(true);
  }

  /** All scenarios, in order. */
  public List<Scenario> scenarios() {
    return groups.stream().flatMap(group -> group.scenarios().stream()).toList();
  }
}
