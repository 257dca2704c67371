package raftlab.cli;

import java.util.List;
import raftlab.bugs.Bug;
import raftlab.bugs.BugCatalogue;
import raftlab.cluster.World;

/**
 * The reference replica.
 *
 * @param silent whether replicas don't report their state, like other programs
 */
record BuggyReference(WorldOptions.Kind kind, boolean silent) implements ProgramWithBugs {
  /** All suites; those that catch most bugs come first. */
  private static final List<String> ALL =
      List.of(
          "probe",
          "election",
          "replication",
          "partition",
          "persistence",
          "membership",
          "unreliable",
          "service",
          "compaction",
          "course");

  @Override
  public List<String> suites() {
    return kind == WorldOptions.Kind.SIM ? ALL : SuiteFinder.MAKE_TEST_SUITES;
  }

  @Override
  public List<Bug> all() {
    return BugCatalogue.all();
  }

  @Override
  public Bug find(String name) {
    return BugCatalogue.find(name);
  }

  @Override
  public Planted plant(Bug bug) {
    World world =
        WorldOptions.world(kind, "reference --bug " + bug.name() + (silent ? " --silent" : ""));
    return () -> world;
  }
}
