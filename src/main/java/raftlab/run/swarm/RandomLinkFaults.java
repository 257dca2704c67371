package raftlab.run.swarm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import raftlab.scenario.file.ActionJson;

/** Generates faults of messages and links. */
final class RandomLinkFaults {
  /** The types of the reference replica's messages that may be late. */
  private static final String[] LATE_TYPES = {
    "requestVote",
    "voteReply",
    "preVoteReply",
    "appendEntries",
    "appendReply",
    "installSnapshot",
    "snapshotReply",
    "timeoutNow"
  };

  /** The longest delay of a late message. */
  private static final int MAX_LATE_MILLIS = 3_000;

  private final FaultPhase faultPhase;

  RandomLinkFaults(FaultPhase faultPhase) {
    this.faultPhase = faultPhase;
  }

  /** Draws conditions of the kinds that are on. */
  JsonObject conditions(RandomChoices dice) {
    JsonObject conditions = new JsonObject();
    if (faultPhase.has(FaultKind.LOSS)) {
      conditions.add("loss", dice.fraction(0.01, dice.any(0.05, 0.2, 0.5)));
    }
    if (faultPhase.has(FaultKind.DELAY)) {
      conditions.add("delay", delay(dice));
    }
    if (faultPhase.has(FaultKind.DUPLICATES)) {
      conditions.add("duplicate", dice.fraction(0.01, dice.any(0.1, 0.5)));
    }
    if (faultPhase.has(FaultKind.REORDER)) {
      conditions.add("reorder", dice.fraction(0.01, dice.any(0.1, 0.5)));
      conditions.add("reorder_by", delay(dice));
    }
    if (faultPhase.has(FaultKind.BANDWIDTH)) {
      conditions.addProperty("bandwidth", dice.any(100_000, 300_000, 1_000_000));
    }
    return conditions;
  }

  /**
   * Draws conditions for requests and answers. They are duplicated only if each carries its place
   * in a session (§8): otherwise no replica could distinguish the copy from a new request.
   */
  JsonObject clientConditions(RandomChoices dice, boolean sessions) {
    JsonObject conditions = conditions(dice);
    if (!sessions) {
      conditions.remove("duplicate");
    }
    return conditions;
  }

  /** Draws a delay of any distribution; mostly too short to cause elections. */
  JsonElement delay(RandomChoices dice) {
    int most = dice.any(5, 20, 60, 250);
    JsonObject shape = new JsonObject();
    switch (dice.between(0, 3)) {
      case 0 -> {
        return dice.seconds(1, most);
      }
      case 1 -> {
        JsonArray bounds = new JsonArray();
        int from = dice.between(0, most);
        bounds.add(ActionJson.seconds(from * 1000L));
        bounds.add(dice.seconds(from, most));
        return bounds;
      }
      case 2 -> shape.add("exponential", dice.seconds(1, most));
      default -> shape.add("long_tail", dice.seconds(1, Math.max(2, most / 4)));
    }
    return shape;
  }

  /** Adds the events. */
  void add() {
    addConditionChanges();
    addSlowReplicas();
    addCuts(FaultKind.CUT);
    addCuts(FaultKind.ONE_WAY);
    addLateMessages();
    RandomChoices dice = faultPhase.random(FaultKind.PARTITION);
    for (int i = faultPhase.times(FaultKind.PARTITION, dice); i > 0; i--) {
      faultPhase.during(dice, "partition", null).add("groups", faultPhase.groups(dice));
    }
    dice = faultPhase.random(FaultKind.BRIDGE);
    for (int i = faultPhase.times(FaultKind.BRIDGE, dice); i > 0; i--) {
      faultPhase.during(dice, "bridge", faultPhase.randomReplica(dice));
    }
    dice = faultPhase.random(FaultKind.RING);
    for (int i = faultPhase.times(FaultKind.RING, dice); i > 0; i--) {
      faultPhase.during(dice, "ring", null);
    }
  }

  private void addConditionChanges() {
    RandomChoices dice = faultPhase.random(FaultKind.WEATHER);
    for (int i = faultPhase.times(FaultKind.WEATHER, dice); i > 0; i--) {
      JsonObject event = faultPhase.during(dice, "network", null);
      if (dice.chance(0.5)) {
        event.addProperty("from", faultPhase.randomTargets(dice));
      }
      if (dice.chance(0.3)) {
        event.addProperty("to", faultPhase.randomTargets(dice));
      }
      conditions(dice).entrySet().forEach(each -> event.add(each.getKey(), each.getValue()));
    }
  }

  private void addSlowReplicas() {
    RandomChoices dice = faultPhase.random(FaultKind.SLOW);
    for (int i = faultPhase.times(FaultKind.SLOW, dice); i > 0; i--) {
      faultPhase.during(dice, "slow", faultPhase.randomTargets(dice)).add("delay", delay(dice));
    }
  }

  private void addCuts(FaultKind kind) {
    RandomChoices dice = faultPhase.random(kind);
    for (int i = faultPhase.times(kind, dice); i > 0; i--) {
      JsonObject event = faultPhase.during(dice, "cut", faultPhase.randomTargets(dice));
      if (dice.chance(0.5)) {
        event.addProperty("from", faultPhase.randomTargets(dice));
      }
      if (kind == FaultKind.ONE_WAY) {
        event.addProperty("way", dice.any("in", "out"));
      }
    }
  }

  /**
   * Adds delays of one type of message on one link, for a short time. They are long: from half an
   * election timeout to several, so that the messages arrive in a later election or term.
   */
  private void addLateMessages() {
    RandomChoices dice = faultPhase.random(FaultKind.LATE);
    String type = dice.any(LATE_TYPES);
    for (int i = faultPhase.times(FaultKind.LATE, dice); i > 0; i--) {
      JsonObject event = faultPhase.triggered("network", null);
      event.addProperty("from", "sender");
      event.addProperty("to", "receiver");
      event.add("delay", dice.any(dice.seconds(150, 600), dice.seconds(500, MAX_LATE_MILLIS)));
      event.add("for", dice.seconds(1, dice.any(20, 200, 1_000)));
      JsonObject on = new JsonObject();
      on.addProperty("message", dice.chance(0.7) ? type : dice.any(LATE_TYPES));
      on.addProperty("nth", dice.between(1, dice.any(3, 10)));
      on.add("after", dice.seconds(0, faultPhase.millis()));
      event.add("on", on);
    }
  }
}
