package raftlab.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import raftlab.network.Seeds;
import raftlab.scenario.FaultType;
import raftlab.scenario.PlannedFault;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * Lets a scenario's faults happen. A fault that is about the leader waits until one is known: a
 * fault that silently doesn't happen would make a run easier than its name says.
 */
final class Faults {
  private final Lab lab;
  private final Random random;

  /** Faults whose time has come and that wait for a leader, oldest first. */
  private final List<FaultType> waiting = new ArrayList<>();

  Faults(Lab lab, long seed) {
    this.lab = lab;
    this.random = new Random(Seeds.generator(seed, "faults", 0).nextLong());
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
      held(type, "no living replica was known to lead until the end", true);
    }
    waiting.clear();
  }

  private void due(FaultType type) {
    if (changesPartition(type)) {
      dropWaitingPartition(type);
    }
    if (type.needsLeader() && lab.leader().isBroadcast()) {
      held(type, "no living replica was known to lead", false);
      waiting.add(type);
    } else {
      play(type);
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
        held(late, "no living replica was known to lead until " + next.key() + " was due", true);
      }
    }
  }

  private void playWaiting() {
    if (!waiting.isEmpty()) {
      play(waiting.remove(0));
    }
  }

  private void play(FaultType type) {
    switch (type) {
      case KILL_LEADER -> kill(type, lab.leader());
      case KILL_NON_LEADER -> {
        List<Id> others = followers();
        if (others.isEmpty()) {
          held(type, "no replica but the leader was alive", true);
        } else {
          kill(type, others.get(random.nextInt(others.size())));
        }
      }
      case PART_EASY -> partition(type, true);
      case PART_HARD -> partition(type, false);
      case PART_END -> {
        played(type, "all replicas reach each other again");
        lab.heal();
      }
    }
  }

  private List<Id> followers() {
    List<Id> followers = new ArrayList<>(lab.ready());
    followers.remove(lab.leader());
    return followers;
  }

  private void kill(FaultType type, Id victim) {
    played(type, "replica " + victim + " killed");
    lab.crash(victim);
  }

  private void partition(FaultType type, boolean withLeader) {
    int majority = lab.replicas().size() / 2 + 1;
    List<Id> chosen = followers();
    Collections.shuffle(chosen, random);
    if (withLeader) {
      chosen.add(0, lab.leader());
    }
    if (chosen.size() < majority) {
      held(
          type,
          "too few living replicas for a majority" + (withLeader ? "" : " without the leader"),
          true);
      return;
    }
    Set<Id> most = new TreeSet<>(chosen.subList(0, majority));
    Set<Id> rest = new TreeSet<>(lab.replicas());
    rest.removeAll(most);
    played(type, "cut into " + most + " and " + rest + ", leader " + lab.leader());
    lab.partition(List.of(most, rest));
  }

  private void played(FaultType type, String how) {
    lab.trace().add(new Event.Fault(lab.nowMicros(), type.key(), how));
  }

  private void held(FaultType type, String why, boolean forGood) {
    lab.trace().add(new Event.FaultHeld(lab.nowMicros(), type.key(), why, forGood));
  }
}
