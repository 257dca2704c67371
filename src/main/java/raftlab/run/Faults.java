package raftlab.run;

import java.util.ArrayList;
import java.util.List;
import raftlab.scenario.FaultType;
import raftlab.scenario.PlannedFault;

/**
 * Lets a scenario's faults happen when it is time. A fault that is about the leader waits until one
 * is known, and one that is about the dead until somebody is: a fault that silently doesn't happen
 * would make a run easier than its name says.
 */
final class Faults {
  private final Lab lab;
  private final FaultPlay faultPlay;

  /** Faults whose time has come and that can't be played yet, oldest first. */
  private final List<FaultType> waiting = new ArrayList<>();

  Faults(Lab lab, long seed) {
    this.lab = lab;
    this.faultPlay = new FaultPlay(lab, seed);
    lab.onLeader(this::playWaiting);
  }

  /** Plans the faults; {@code fromMicros} is when the scenario's clients begin. */
  void plan(List<PlannedFault> faults, long fromMicros) {
    for (PlannedFault fault : faults) {
      lab.at(fromMicros + fault.atMillis() * 1000, () -> due(fault.type()));
    }
  }

  /** No fault can be played any more; those that still wait never happened. */
  void giveUp() {
    for (FaultType type : waiting) {
      faultPlay.held(type, faultPlay.obstacle(type) + " until the end", true);
    }
    waiting.clear();
  }

  /**
   * The run is over: what replicas were asked for and have not done never happened, and neither did
   * a start of a replica that was not heard of again.
   *
   * @param startBoundMillis how long a replica may take until it says its first word
   */
  void end(long startBoundMillis) {
    faultPlay.end(startBoundMillis);
  }

  private void due(FaultType type) {
    if (changesPartition(type)) {
      dropWaitingPartition(type);
    }
    String obstacle = faultPlay.obstacle(type);
    if (obstacle != null) {
      faultPlay.held(type, obstacle, false);
      waiting.add(type);
    } else {
      faultPlay.play(type);
      playWaiting();
    }
  }

  private static boolean changesPartition(FaultType type) {
    return type == FaultType.PART_EASY || type == FaultType.PART_HARD || type == FaultType.PART_END;
  }

  /**
   * A partition that still waits is overtaken by the next one, or by the healing that was to end
   * it.
   */
  private void dropWaitingPartition(FaultType next) {
    for (FaultType late : List.copyOf(waiting)) {
      if (changesPartition(late)) {
        waiting.remove(late);
        faultPlay.held(
            late, "no living replica was known to lead until " + next.key() + " was due", true);
      }
    }
  }

  /** Plays what waits and can be played now; one fault may open or bar the way for the next. */
  private void playWaiting() {
    for (int i = 0; i < waiting.size(); ) {
      if (faultPlay.obstacle(waiting.get(i)) == null) {
        faultPlay.play(waiting.remove(i));
        i = 0;
      } else {
        i++;
      }
    }
  }
}
