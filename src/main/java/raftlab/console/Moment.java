package raftlab.console;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state of a simulated cluster: the command that led to it from the state before. The same
 * commands from the start give the same state again.
 */
final class Moment {
  private final @Nullable Moment before;
  private final String line;
  private final long steps;
  private final boolean interrupted;
  private final long atMicros;
  private final List<Moment> next = new ArrayList<>();
  private ConsoleCommandResult result = ConsoleCommandResult.DONE;
  private @Nullable String name;
  private @Nullable BranchVerdict verdict;

  private Moment(
      @Nullable Moment before, String line, long steps, boolean interrupted, long atMicros) {
    this.before = before;
    this.line = line;
    this.steps = steps;
    this.interrupted = interrupted;
    this.atMicros = atMicros;
  }

  /** The state after a start. */
  static Moment first(LiveCluster cluster) {
    return new Moment(null, "start", cluster.steps(), false, cluster.lab().nowMicros());
  }

  /**
   * Adds the state after a command.
   *
   * @param interrupted whether the command was interrupted
   */
  Moment then(String command, LiveCluster cluster, boolean interrupted) {
    Moment later =
        new Moment(this, command, cluster.steps(), interrupted, cluster.lab().nowMicros());
    next.add(later);
    return later;
  }

  /** The state before; null for that after the start. */
  @Nullable Moment before() {
    return before;
  }

  /** The command. */
  String line() {
    return line;
  }

  /** How many events had happened since the start. */
  long steps() {
    return steps;
  }

  /** Whether the command was interrupted after these steps. */
  boolean interrupted() {
    return interrupted;
  }

  /** The time of the cluster. */
  long atMicros() {
    return atMicros;
  }

  /** The states that commands led to from here, oldest first. */
  List<Moment> next() {
    return Collections.unmodifiableList(next);
  }

  /** The name that the user gave it; null for none. */
  @Nullable String name() {
    return name;
  }

  void setName(String newName) {
    name = newName;
  }

  /** The result of the command. */
  ConsoleCommandResult result() {
    return result;
  }

  void setResult(ConsoleCommandResult its) {
    result = its;
  }

  /** What the judges say up to here; null if they were not asked yet. */
  @Nullable BranchVerdict verdict() {
    return verdict;
  }

  void setVerdict(BranchVerdict known) {
    verdict = known;
  }

  /** The states from the start to this one. */
  List<Moment> path() {
    List<Moment> path = new ArrayList<>();
    for (Moment each = this; each != null; each = each.before) {
      path.add(each);
    }
    Collections.reverse(path);
    return path;
  }

  /** The first state of all. */
  Moment root() {
    Moment each = this;
    while (each.before != null) {
      each = each.before;
    }
    return each;
  }

  /** This state and all that follow it. */
  List<Moment> all() {
    List<Moment> all = new ArrayList<>(List.of(this));
    for (int i = 0; i < all.size(); i++) {
      all.addAll(all.get(i).next);
    }
    return all;
  }
}
