package raftlab.console;

import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.World;

/** The state that commands share: the world, the cluster, and the user's settings. */
final class ConsoleSession implements AutoCloseable {
  private final World world;
  private final LongSupplier newSeed;
  private final ScenarioLibrary library;
  private final ConsoleOutput output;
  private final InterruptFlag interruptFlag = new InterruptFlag();
  private OptionalLong givenSeed;

  /** Set on the lab's thread; null before the first start. */
  private volatile @Nullable LiveCluster cluster;

  private volatile ClusterSnapshot snapshot = ClusterSnapshot.EMPTY;
  private volatile Runnable onSnapshotChange = () -> {};
  private volatile boolean ended;

  ConsoleSession(
      World world,
      OptionalLong givenSeed,
      LongSupplier newSeed,
      ScenarioLibrary library,
      ConsoleOutput output) {
    this.world = world;
    this.givenSeed = givenSeed;
    this.newSeed = newSeed;
    this.library = library;
    this.output = output;
  }

  World world() {
    return world;
  }

  ScenarioLibrary library() {
    return library;
  }

  ConsoleOutput output() {
    return output;
  }

  InterruptFlag interruptFlag() {
    return interruptFlag;
  }

  /** The seed that the user chose; empty for a new one each time. */
  OptionalLong givenSeed() {
    return givenSeed;
  }

  void setSeed(long seed) {
    givenSeed = OptionalLong.of(seed);
  }

  /** The chosen seed, else a new one. */
  long seedOrNew() {
    return givenSeed.orElseGet(newSeed);
  }

  /** A new seed. */
  long newSeed() {
    return newSeed.getAsLong();
  }

  /** The cluster; null before the first start. */
  @Nullable LiveCluster clusterOrNull() {
    return cluster;
  }

  /** The cluster; throws before the first start. */
  LiveCluster cluster() {
    if (cluster == null) {
      throw new CommandException("no cluster is running; `start 5` starts five replicas");
    }
    return cluster;
  }

  /** On the lab's thread: stops the current cluster and sets this one, or none. */
  void replaceCluster(@Nullable LiveCluster next) {
    LiveCluster former = cluster;
    cluster = null;
    if (former != null) {
      former.close();
    }
    cluster = next;
    refreshSnapshot();
  }

  /**
   * On the lab's thread, between commands: runs the cluster for a short time; false if there is
   * nothing to do.
   */
  boolean advance() {
    LiveCluster present = cluster;
    if (present == null || !present.hasOwnClock()) {
      refreshSnapshot();
      return false;
    }
    try {
      present.advance();
    } catch (RuntimeException broken) {
      output.printError("the cluster failed and is stopped: " + broken);
      replaceCluster(null);
    }
    refreshSnapshot();
    return true;
  }

  /** On the lab's thread: updates the snapshot. */
  void refreshSnapshot() {
    LiveCluster present = cluster;
    ClusterSnapshot now =
        present == null ? ClusterSnapshot.EMPTY : ClusterSnapshot.of(present.lab());
    if (!now.equals(snapshot)) {
      snapshot = now;
      onSnapshotChange.run();
    }
  }

  /** The current snapshot; may be called from any thread. */
  ClusterSnapshot snapshot() {
    return snapshot;
  }

  /** Sets a listener, called on the lab's thread when the snapshot changes. */
  void onSnapshotChange(Runnable action) {
    onSnapshotChange = action;
  }

  /** Whether the user wants to quit. */
  boolean isOver() {
    return ended;
  }

  /** Reads no more commands. */
  void end() {
    ended = true;
  }

  @Override
  public void close() {
    replaceCluster(null);
  }
}
