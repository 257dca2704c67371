package raftlab.scenario.file;

import java.util.List;
import org.jspecify.annotations.Nullable;
import raftlab.scenario.ActionType;

/** Counts members and running replicas during a plan of events, and reports impossible events. */
final class FaultPlanQuorumCheck {
  /** At most this many replicas can be added: then the IDs of clients start. */
  private static final int MAX_ADDED = 16;

  private final ScenarioFileChecker check;
  private final int replicas;
  private int members;
  private int living;
  private int added;
  private boolean onlyKills;

  /** All replicas run at first. */
  FaultPlanQuorumCheck(ScenarioFileChecker check, int members) {
    this.check = check;
    this.replicas = members;
    this.members = members;
    this.living = members;
  }

  /** Checks a plan in order of time. */
  void check(List<FaultPlanReader.TimedFault> plan) {
    onlyKills =
        plan.stream()
            .noneMatch(e -> e.actionType().isClusterRequest() || e.actionType().needsStorage());
    for (FaultPlanReader.TimedFault entry : plan) {
      String missing = missing(entry.actionType());
      if (missing != null) {
        check.addProblem(
            entry.type(),
            LocatedJson.quoted(entry.actionType().key()) + missing,
            expected(entry.actionType()));
      } else {
        warnBefore(entry);
        boolean hadMajority = hasMajority();
        count(entry.actionType());
        if (hadMajority && !hasMajority()) {
          warn(
              entry,
              "after this "
                  + LocatedJson.quoted(entry.actionType().key())
                  + " only "
                  + (living == 1 ? "1 replica runs" : living + " replicas run")
                  + " of "
                  + members
                  + ": without a majority no request can be answered");
        }
      }
    }
  }

  private boolean hasMajority() {
    return living >= majority();
  }

  private int majority() {
    return members / 2 + 1;
  }

  /** What an event of this type lacks at this point; null if nothing. */
  private @Nullable String missing(ActionType type) {
    return switch (type) {
      case KILL_LEADER, KILL_NON_LEADER -> living == 0 ? " finds no running replica" : null;
      case RESTART -> living == members ? " finds no crashed replica" : null;
      case TRANSFER -> living < 2 ? " finds no other running replica" : null;
      case REMOVE, REMOVE_LEADER -> living < 2 ? " would leave no running replica" : null;
      case ADD -> added == MAX_ADDED ? " adds more than " + MAX_ADDED + " replicas" : null;
      default -> null;
    };
  }

  private String expected(ActionType type) {
    return switch (type) {
      case KILL_LEADER, KILL_NON_LEADER ->
          onlyKills
              ? "at most " + replicas + " kills, one for each replica"
              : "a \"restart\" or \"add\" before it";
      case RESTART -> "a kill before it";
      case ADD -> "at most " + MAX_ADDED + " added replicas";
      default -> "two running replicas before it";
    };
  }

  private void warnBefore(FaultPlanReader.TimedFault entry) {
    String type = LocatedJson.quoted(entry.actionType().key());
    if (entry.actionType() == ActionType.PART_HARD && living == majority()) {
      warn(
          entry,
          type
              + " leaves no majority: only "
              + living
              + " of "
              + members
              + " replicas run, and the leader is cut off from the others");
    } else if (entry.actionType().isClusterRequest() && !hasMajority()) {
      warn(
          entry,
          type
              + " can't be done without a majority: only "
              + living
              + " of "
              + members
              + " replicas run");
    }
  }

  private void count(ActionType type) {
    switch (type) {
      case KILL_LEADER, KILL_NON_LEADER -> living--;
      case RESTART -> living++;
      case RESTART_ALL -> living = members;
      case ADD -> {
        added++;
        members++;
        living++;
      }
      case REMOVE, REMOVE_LEADER -> {
        members--;
        living--;
      }
      default -> {
        // The number of running replicas doesn't change.
      }
    }
  }

  private void warn(FaultPlanReader.TimedFault entry, String found) {
    check.addWarning(entry.type().line(), entry.type().column(), found);
  }
}
