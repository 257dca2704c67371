package raftlab.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.World;

/** The state that commands share: the world, the cluster, and the user's settings. */
final class ConsoleSession implements AutoCloseable {
  private final ConsoleWorlds worlds;
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
  private volatile boolean timing;
  private volatile boolean hunting;
  private volatile @Nullable Terminal terminal;
  private boolean nested;
  private CommandObserver commandObserver = (command, result) -> {};
  private @Nullable LabThread labThread;
  private final CommandLog commandLog = new CommandLog();

  /** The world of the next start. */
  private volatile World world;

  /** The state of the cluster that is shown; null unless it is steppable. */
  private volatile @Nullable Moment moment;

  /** Prints messages as they go by; null if the user doesn't want to see them. */
  private @Nullable MessagePrinter messagePrinter;

  ConsoleSession(
      ConsoleWorlds worlds,
      OptionalLong givenSeed,
      LongSupplier newSeed,
      ScenarioLibrary library,
      ConsoleOutput output) {
    this.worlds = worlds;
    this.world = worlds.first();
    this.givenSeed = givenSeed;
    this.newSeed = newSeed;
    this.library = library;
    this.output = output;
  }

  /** The world of the cluster, and of the next start without options. */
  World world() {
    return world;
  }

  void setWorld(World next) {
    world = next;
  }

  ConsoleWorlds worlds() {
    return worlds;
  }

  /** The state of a steppable cluster; throws if there is none. */
  Moment moment() {
    if (!cluster().isSteppable() || moment == null) {
      throw new CommandException(
          "the "
              + world().name()
              + " world can't be stepped or undone; `start 5 --sim` starts a simulated cluster");
    }
    return moment;
  }

  void setMoment(@Nullable Moment next) {
    moment = next;
  }

  /** On the lab's thread: logs a command that may have changed the cluster. */
  void log(
      String line, @Nullable LiveCluster before, long fromMicros, ConsoleCommandResult result) {
    LiveCluster present = cluster;
    if (moment != null && moment.line().equals(line)) {
      moment.setResult(result);
    }
    if (present == null || present != before) {
      commandLog.clear();
    } else if (result != ConsoleCommandResult.WRONG) {
      commandLog.add(
          new CommandLog.LoggedCommand(line, fromMicros, present.lab().nowMicros(), result));
    }
  }

  /** On the lab's thread, after a command that may have changed the cluster. */
  void recordMoment(String line, @Nullable LiveCluster before, long stepsBefore, int eventsBefore) {
    LiveCluster present = cluster;
    if (present == null || !present.isSteppable()) {
      moment = null;
    } else if (present != before) {
      moment = Moment.first(present);
    } else if (moment != null
        && (present.steps() != stepsBefore || present.eventCount() != eventsBefore)) {
      moment = moment.then(line, present, interruptFlag.interrupted());
    }
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
    if (next != null) {
      next.onAnyEvent(
          event -> {
            MessagePrinter printer = messagePrinter;
            if (printer != null) {
              printer.accept(next, event);
            }
          });
    }
    refreshSnapshot();
  }

  /**
   * On the lab's thread, between commands: runs the cluster for a short time; false if there is
   * nothing to do.
   */
  boolean advance() {
    LiveCluster present = cluster;
    if (present == null || present.isSteppable()) {
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
    ClusterSnapshot now = present == null ? ClusterSnapshot.EMPTY : ClusterSnapshot.of(present);
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

  /** On the lab's thread: prints messages from now on; null for none. */
  void setMessagePrinter(@Nullable MessagePrinter printer) {
    messagePrinter = printer;
  }

  void setLabThread(LabThread thread) {
    labThread = thread;
  }

  /** Looks at the cluster on the lab's thread, from any other; null if there is none. */
  <T> @Nullable T onLab(Function<LiveCluster, T> look) {
    LabThread thread = labThread;
    try {
      return thread == null
          ? null
          : thread.call(() -> cluster == null ? null : look.apply(cluster));
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** The names of states of the cluster; from any thread. */
  List<String> branchNames() {
    Moment present = moment;
    return present == null
        ? List.of()
        : present.root().all().stream()
            .map(Moment::name)
            .filter(Objects::nonNull)
            .map(String::valueOf)
            .toList();
  }

  /** The terminal of the user; null for a script. */
  @Nullable Terminal terminal() {
    return terminal;
  }

  void setTerminal(Terminal its) {
    terminal = its;
  }

  /** Receives each command that was typed, with its result. */
  interface CommandObserver {
    void executed(String command, ConsoleCommandResult result);
  }

  void afterCommand(CommandObserver observer) {
    commandObserver = observer;
  }

  /** A command that the user typed has ended. */
  void executed(String command, ConsoleCommandResult result) {
    if (!nested) {
      commandObserver.executed(command, result);
    }
  }

  /** Whether the present command is a part of another one, such as repeat. */
  boolean isNested() {
    return nested;
  }

  void setNested(boolean now) {
    nested = now;
  }

  /** Whether the user looks for a planted bug, so that it must not be named. */
  boolean isHunting() {
    return hunting;
  }

  void setHunting(boolean now) {
    hunting = now;
  }

  /** Whether to show how long commands take. */
  boolean isTiming() {
    return timing;
  }

  void setTiming(boolean now) {
    timing = now;
  }

  /** The commands that changed the cluster since its start, without those that were undone. */
  List<CommandLog.LoggedCommand> commandsSoFar() {
    if (moment == null) {
      return commandLog.commands();
    }
    List<CommandLog.LoggedCommand> commands = new ArrayList<>();
    for (Moment each : moment.path()) {
      Moment earlier = each.before();
      if (earlier != null) {
        commands.add(
            new CommandLog.LoggedCommand(
                each.line(), earlier.atMicros(), each.atMicros(), each.result()));
      }
    }
    return commands;
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
