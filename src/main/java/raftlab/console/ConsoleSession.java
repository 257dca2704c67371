package raftlab.console;

import java.util.OptionalLong;
import java.util.function.LongSupplier;
import raftlab.cluster.World;

/** What the commands share: the world, the present cluster, and the choices made so far. */
final class ConsoleSession implements AutoCloseable {
  private final World world;
  private final LongSupplier newSeed;
  private final ScenarioLibrary library;
  private final ConsoleOutput screen;
  private final InterruptFlag stop = new InterruptFlag();
  private OptionalLong givenSeed;

  /** Set on the lab's thread; null if nothing was started. */
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

  /** The seed that a person chose; empty to take a new one each time. */
  OptionalLong givenSeed() {
    return givenSeed;
  }

  void giveSeed(long seed) {
    givenSeed = OptionalLong.of(seed);
  }

  /** The chosen seed, or else a new one. */
  long seedOrNew() {
    return givenSeed.orElseGet(newSeed);
  }

  /** A new seed. */
  long newSeed() {
    return newSeed.getAsLong();
  }

  /** The cluster, if one was started; null if not. */
  LiveCluster clusterOrNull() {
    return cluster;
  }

  /** The cluster; a mistake if none was started. */
  LiveCluster cluster() {
    if (cluster == null) {
      throw new CommandException("nothing is started yet; `start 5` starts five replicas");
    }
    return cluster;
  }

  /** On the lab's thread: ends the present cluster, and takes this one (or none) in its place. */
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
   * Between commands, on the lab's thread: lets a little time go on; false if there is nothing to
   * do.
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
      screen.complain("the cluster is lost: " + broken);
      replaceCluster(null);
    }
    look();
    return true;
  }

  /** On the lab's thread: renews the view. */
  void look() {
    LiveCluster present = cluster;
    ClusterSnapshot now =
        present == null ? ClusterSnapshot.NOTHING : ClusterSnapshot.of(present.lab());
    if (!now.equals(view)) {
      view = now;
      onView.run();
    }
  }

  /** What the cluster looks like; from any thread. */
  ClusterSnapshot view() {
    return view;
  }

  /** From now on this is called on the lab's thread whenever the view is another. */
  void onView(Runnable action) {
    onView = action;
  }

  /** Whether a person wants to quit. */
  boolean isOver() {
    return over;
  }

  /** No further command will be read. */
  void end() {
    over = true;
  }

  @Override
  public void close() {
    replaceCluster(null);
  }
}
