package raftlab.grade;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import raftlab.grade.store.ScenarioRecord;
import raftlab.grade.store.TeamRecord;
import raftlab.handin.HandIn;

/** What is left to do for a team. {@link GradingQueue} guards it. */
final class TeamWork {
  /**
   * A run to play.
   *
   * @param repetition 0 for the first run of the scenario
   */
  record PlannedRun(ScenarioRecord scenario, int repetition) {
    long seed() {
      return scenario.seed(repetition);
    }
  }

  /** How far a team is. */
  enum Stage {
    /** Its hand-in is not copied yet. */
    NEW,
    /** Its hand-in is copied and built. */
    PREPARING,
    /** Its runs are played. */
    PLAYING,
    /** Nothing is left to do. */
    DONE
  }

  /** After this many runs in which no replica starts, the other runs are skipped. */
  static final int MAX_FAILED_STARTS = 2;

  final TeamRecord team;
  final HandIn handIn;

  /** The number of the team, which names its copy. */
  final int number;

  final Deque<PlannedRun> pending;
  final List<PlannedRun> disturbed = new ArrayList<>();
  Stage stage = Stage.NEW;
  int underway;

  /** Whether the replicas have started in one of the runs. */
  boolean hasStarted;

  int failedStarts;

  /** The processors that one of its runs keeps busy; negative if that is not known yet. */
  double need = -1;

  private @Nullable RunPlayer player;

  TeamWork(TeamRecord team, HandIn handIn, int number, Collection<PlannedRun> pending) {
    this.team = team;
    this.handIn = handIn;
    this.number = number;
    this.pending = new ArrayDeque<>(pending);
  }

  /** Whether a run may start now: the first ones one by one, as long as no replica started. */
  boolean canPlay() {
    return stage == Stage.PLAYING && !pending.isEmpty() && (hasStarted || underway == 0);
  }

  /** Whether its replicas never start, so that the other runs are skipped. */
  boolean neverStarts() {
    return !hasStarted && failedStarts >= MAX_FAILED_STARTS;
  }

  boolean isFinished() {
    return stage == Stage.PLAYING && pending.isEmpty() && disturbed.isEmpty() && underway == 0;
  }

  void playWith(RunPlayer its) {
    player = its;
  }

  RunPlayer player() {
    return Objects.requireNonNull(player, "the team is prepared");
  }

  /** Ends its runs soon. */
  void stop() {
    RunPlayer its = player;
    if (its != null) {
      its.stop();
    }
  }
}
