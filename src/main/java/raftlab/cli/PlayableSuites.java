package raftlab.cli;

import java.util.List;
import raftlab.scenario.Scenario;
import raftlab.suite.Suite;

/**
 * The scenarios of suites that can be played in a world, and those that can't. The latter are left
 * out: they give no points, and their points are not part of any total.
 *
 * @param suites the suites with only the scenarios that can be played; those without any are
 *     omitted
 * @param leftOut the scenarios that can't be played
 */
record PlayableSuites(List<Suite> suites, List<Scenario> leftOut) {
  /** Copies the lists. */
  PlayableSuites {
    suites = List.copyOf(suites);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Selects the scenarios for this world.
   *
   * @throws UsageException if there are none
   */
  static PlayableSuites of(List<Suite> named, String world) {
    List<Suite> playable =
        named.stream()
            .map(suite -> suite.forWorld(world))
            .filter(suite -> !suite.groups().isEmpty())
            .toList();
    if (playable.isEmpty()) {
      throw new UsageException("found no scenario that can be played in the world " + world);
    }
    return new PlayableSuites(
        playable, named.stream().flatMap(suite -> suite.notForWorld(world).stream()).toList());
  }
}
