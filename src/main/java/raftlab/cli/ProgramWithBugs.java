package raftlab.cli;

import java.io.IOException;
import java.util.List;
import raftlab.bugs.Bug;
import raftlab.cluster.World;
import raftlab.grade.PatchedProgramCopy.NotPlantedException;

/** What bugs are planted in. */
sealed interface ProgramWithBugs permits ReferenceWithBugs, FolderWithBugs {
  /** Replicas with a bug, for as long as it isn't closed. */
  interface Planted extends AutoCloseable {
    /** The world with these replicas. */
    World world();

    @Override
    default void close() {}
  }

  /** Where the replicas are played. */
  WorldOptions.Kind kind();

  /** What is played if nobody says what. */
  List<String> suites();

  /** All bugs, in the order in which they are shown. */
  List<Bug> all();

  /**
   * The bug of this name.
   *
   * @throws IllegalArgumentException if there is none; the message names the nearest
   */
  Bug find(String name);

  /**
   * Makes replicas with one of these bugs.
   *
   * @throws NotPlantedException if they can't be built; the message says why
   */
  Planted plant(Bug bug) throws IOException, InterruptedException, NotPlantedException;
}
