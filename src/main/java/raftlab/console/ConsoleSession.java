package raftlab.console;

import java.util.OptionalLong;
import java.util.function.LongSupplier;
import raftlab.cluster.World;

/** The state that commands share: the world, the cluster, and the user's settings. */
final class ConsoleSession implements AutoCloseable {
  private final World world;
  private final LongSupplier newSeed;
  private final ScenarioLibrary library;
  private final ConsoleOutput screen;
  private final InterruptFlag stop = new InterruptFlag();
  private OptionalLong givenSeed;

  /** Set on the lab's thread; null before the first start. */
  private volatile LiveCluster cluster;

  private volatile ClusterSnapshot view = ClusterSnapshot.NOTHING;
  private volatile Runnable onView = () -> {};
  private volatile boolean over;

  ConsoleSession(
      World world,
      OptionalLong givenSeed,
      LongSupplier newSeed,
      ScenarioLibrary library,
      ConsoleOutput screen) {
    this.world = world;
    this.givenSeed = givenSeed;
    this.newSeed = newSeed;
    this.library = library;
    this.screen = screen;
  }

  World world() {
    return world;
  }

  ScenarioLibrary library() {
    return library;
  }

  ConsoleOutput screen() {
    return screen;
  }

  InterruptFlag stop() {
    return stop;
  }

  /** The seed that the user chose; empty for a new one each time. */
  OptionalLong givenSeed() {
    return givenSeed;
  }

  void giveSeed(long seed) {
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
  LiveCluster clusterOrNull() {
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
  void replaceCluster(LiveCluster next) {
    LiveCluster former = cluster;
    cluster = null;
    if (former != null) {
      former.close();
    }
    cluster = next;
    look();
  }

  /**
   * On the lab's thread, between commands: runs the cluster for a short time; false if there is
   * nothing to do.
   */
  boolean live() {
    LiveCluster present = cluster;
    if (present == null || !present.hasOwnClock()) {
      look();
      return false;
    }
    try {
      present.live();
    } catch (RuntimeException broken) {
      screen.complain("the cluster failed and is stopped: " + broken);
      replaceCluster(null);
    }
    look();
    return true;
  }

  /** On the lab's thread: updates the snapshot. */
  void look() {
    LiveCluster present = cluster;
    ClusterSnapshot now =
        present == null ? ClusterSnapshot.NOTHING : ClusterSnapshot.of(present.lab());
    if (!now.equals(view)) {
      view = now;
      onView.run();
    }
  }

  /** The current snapshot; may be called from any thread. */
  ClusterSnapshot view() {
    return view;
  }

  /** Sets a listener, called on the lab's thread when the snapshot changes. */
  void onView(Runnable action) {
    onView = action;
  }

  /** Whether the user wants to quit. */
  boolean isOver() {
    return over;
  }

  /** Reads no more commands. */
  void end() {
    over = true;
  }

  @Override
  public void close() {
    replaceCluster(null);
  }
}
