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

  private final FaultPhase storm;

  RandomReplicaFaults(FaultPhase storm) {
    this.storm = storm;
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
    RandomChoices dice = storm.dice(kind);
    for (int i = storm.times(kind, dice); i > 0; i--) {
      String who = dice.chance(0.05) ? "all" : storm.who(dice);
      JsonObject event = storm.during(dice, "crash", who);
      if (kind == FaultKind.MIDWAY) {
        event.addProperty("midway", true);
      }
      if (dice.chance(0.1)) {
        event.remove("for");
      }
    }
  }

  private void restarts() {
    RandomChoices dice = storm.dice(FaultKind.RESTART);
    for (int i = storm.times(FaultKind.RESTART, dice); i > 0; i--) {
      storm.at(dice.between(0, storm.millis()), "restart", storm.who(dice));
    }
    dice = storm.dice(FaultKind.RESTART_ALL);
    for (int i = storm.times(FaultKind.RESTART_ALL, dice); i > 0; i--) {
      storm.at(dice.between(0, storm.millis()), "restart_all", null);
    }
  }

  private void pauses() {
    RandomChoices dice = storm.dice(FaultKind.PAUSE);
    for (int i = storm.times(FaultKind.PAUSE, dice); i > 0; i--) {
      JsonObject event = storm.during(dice, "pause", storm.who(dice));
      if (dice.chance(0.1)) {
        event.remove("for");
      }
    }
  }

  private void clocks() {
    RandomChoices dice = storm.dice(FaultKind.CLOCKS);
    for (int i = storm.times(FaultKind.CLOCKS, dice); i > 0; i--) {
      JsonPrimitive rate =
          dice.any(
              new JsonPrimitive(SLOWEST),
              new JsonPrimitive(FASTEST),
              dice.fraction(SLOWEST, FASTEST));
      storm.at(dice.between(0, storm.millis()), "clock", storm.who(dice)).add("rate", rate);
    }
  }

  /** Adds torn writes, each with its crash. */
  private void torn() {
    RandomChoices dice = storm.dice(FaultKind.TORN);
    for (int i = storm.times(FaultKind.TORN, dice); i > 0; i--) {
      String name = "torn" + i;
      int at = dice.between(0, storm.millis() - 2);
      int crash = Math.min(storm.millis() - 1, at + dice.between(0, 500));
      JsonObject disk = storm.at(at, "disk", storm.who(dice));
      disk.addProperty("state", "torn");
      disk.addProperty("as", name);
      JsonObject event = storm.at(crash, "crash", "@" + name);
      int lasting = Math.min(dice.duration(2_000), storm.millis() - crash);
      event.add("for", ActionJson.seconds(lasting * 1000L));
      if (dice.chance(0.5)) {
        event.addProperty("midway", true);
      }
    }
  }

  private void triggers() {
    RandomChoices dice = storm.dice(FaultKind.TRIGGERS);
    for (int i = Math.min(4, storm.times(FaultKind.TRIGGERS, dice)); i > 0; i--) {
      String type = dice.any("crash", "crash", "pause", "cut");
      JsonObject event = storm.triggered(type, dice.any("sender", "receiver"));
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
    on.add("after", dice.seconds(0, storm.millis() * 2 / 3));
    if (dice.chance(0.3)) {
      on.addProperty("lose", true);
    }
    return on;
  }
}
