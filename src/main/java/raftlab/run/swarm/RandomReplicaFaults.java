package raftlab.run.swarm;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import raftlab.scenario.file.ActionJson;

/** Generates faults of replicas and their machines. */
final class RandomReplicaFaults {
  /**
   * The slowest and the fastest clock. They differ by less than the 10 % that the reference
   * replica's lease allows for (see its setting {@code lease-time}).
   */
  private static final double SLOWEST = 0.955;

  private static final double FASTEST = 1.045;

  /**
   * The longest duration of a triggered fault, since its message may come in the recovery phase.
   */
  private static final int TRIGGERED_MILLIS = 1_000;

  private final FaultPhase faultPhase;

  RandomReplicaFaults(FaultPhase faultPhase) {
    this.faultPhase = faultPhase;
  }

  /** Adds the events. */
  void add() {
    crashes(FaultKind.CRASH);
    crashes(FaultKind.MIDWAY);
    restarts();
    pauses();
    clocks();
    torn();
    triggers();
  }

  private void crashes(FaultKind kind) {
    RandomChoices dice = faultPhase.random(kind);
    for (int i = faultPhase.times(kind, dice); i > 0; i--) {
      String who =
          dice.chance(0.05)
              ? "all"
              : dice.chance(0.15)
                  ? faultPhase.severalReplicas(dice)
                  : faultPhase.randomTargets(dice);
      JsonObject event = faultPhase.during(dice, "crash", who);
      if (kind == FaultKind.MIDWAY) {
        event.addProperty("midway", true);
      }
      if (dice.chance(0.1)) {
        event.remove("for");
      }
    }
  }

  private void restarts() {
    RandomChoices dice = faultPhase.random(FaultKind.RESTART);
    for (int i = faultPhase.times(FaultKind.RESTART, dice); i > 0; i--) {
      String who =
          dice.chance(0.4) ? faultPhase.severalReplicas(dice) : faultPhase.randomTargets(dice);
      faultPhase.at(dice.between(0, faultPhase.millis()), "restart", who);
    }
    dice = faultPhase.random(FaultKind.RESTART_ALL);
    for (int i = faultPhase.times(FaultKind.RESTART_ALL, dice); i > 0; i--) {
      faultPhase.at(dice.between(0, faultPhase.millis()), "restart_all", null);
    }
  }

  private void pauses() {
    RandomChoices dice = faultPhase.random(FaultKind.PAUSE);
    for (int i = faultPhase.times(FaultKind.PAUSE, dice); i > 0; i--) {
      JsonObject event = faultPhase.during(dice, "pause", faultPhase.randomTargets(dice));
      if (dice.chance(0.1)) {
        event.remove("for");
      }
    }
  }

  private void clocks() {
    RandomChoices dice = faultPhase.random(FaultKind.CLOCKS);
    for (int i = faultPhase.times(FaultKind.CLOCKS, dice); i > 0; i--) {
      JsonPrimitive rate =
          dice.any(
              new JsonPrimitive(SLOWEST),
              new JsonPrimitive(FASTEST),
              dice.fraction(SLOWEST, FASTEST));
      faultPhase
          .at(dice.between(0, faultPhase.millis()), "clock", faultPhase.randomTargets(dice))
          .add("rate", rate);
    }
  }

  /** Adds torn writes, each with its crash. */
  private void torn() {
    RandomChoices dice = faultPhase.random(FaultKind.TORN);
    for (int i = faultPhase.times(FaultKind.TORN, dice); i > 0; i--) {
      String name = "torn" + i;
      int at = dice.between(0, faultPhase.millis() - 2);
      int crash = Math.min(faultPhase.millis() - 1, at + dice.between(0, 500));
      JsonObject disk = faultPhase.at(at, "disk", faultPhase.randomTargets(dice));
      disk.addProperty("state", "torn");
      disk.addProperty("as", name);
      JsonObject event = faultPhase.at(crash, "crash", "@" + name);
      int lasting = Math.min(dice.duration(2_000), faultPhase.millis() - crash);
      event.add("for", ActionJson.seconds(lasting * 1000L));
      if (dice.chance(0.5)) {
        event.addProperty("midway", true);
      }
    }
  }

  private void triggers() {
    RandomChoices dice = faultPhase.random(FaultKind.TRIGGERS);
    for (int i = Math.min(4, faultPhase.times(FaultKind.TRIGGERS, dice)); i > 0; i--) {
      String type = dice.any("crash", "crash", "pause", "cut");
      JsonObject event = faultPhase.triggered(type, dice.any("sender", "receiver"));
      event.add("for", dice.seconds(1, TRIGGERED_MILLIS));
      if (type.equals("crash") && dice.chance(0.3)) {
        event.addProperty("midway", true);
      }
      event.add("on", message(dice));
    }
  }

  /**
   * Draws a message pattern: any between replicas, one of the reference replica's, or one of a
   * client's.
   */
  private JsonObject message(RandomChoices dice) {
    JsonObject on = new JsonObject();
    switch (dice.between(0, 3)) {
      case 0 -> {
        on.addProperty("from", dice.any("replica", "leader", "non_leader"));
        on.addProperty("to", "replica");
      }
      case 1 -> {
        on.addProperty("message", dice.any("ok", "put", "get"));
      }
      default ->
          on.addProperty(
              "message",
              dice.any(
                  "requestVote",
                  "voteReply",
                  "preVoteReply",
                  "appendEntries",
                  "appendReply",
                  "installSnapshot",
                  "snapshotReply",
                  "timeoutNow"));
    }
    on.addProperty("nth", dice.between(1, dice.any(3, 30)));
    on.add("after", dice.seconds(0, faultPhase.millis() * 2 / 3));
    if (dice.chance(0.3)) {
      on.addProperty("lose", true);
    }
    return on;
  }
}
