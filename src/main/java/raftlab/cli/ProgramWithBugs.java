package raftlab.cli;

import java.io.IOException;
import java.util.List;
import raftlab.bugs.Bug;
import raftlab.cluster.World;
import raftlab.handin.BuiltProgramCopy.NotPlantedException;

/** A program in which bugs are planted. */
sealed interface ProgramWithBugs permits BuggyReference, BuggyFolderProgram {
  /** Replicas with a bug, until closed. */
  interface Planted extends AutoCloseable {
    /** The world with these replicas. */
    World world();

    @Override
    default void close() {}
  }

  /** The world in which the replicas are played. */
  WorldOptions.Kind kind();

  /** The suites that are played by default. */
  List<String> suites();

  /** All bugs, in display order. */
  List<Bug> all();

  /**
   * The bug of this name.
   *
   * @throws IllegalArgumentException if there is none; the message has the nearest name
   */
  Bug find(String name);

  /**
   * Creates replicas with one of these bugs.
   *
   * @throws NotPlantedException if they can't be built; the message has the reason
   */
  Planted plant(Bug bug) throws IOException, InterruptedException, NotPlantedException;
}
