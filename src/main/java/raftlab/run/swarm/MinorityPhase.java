package raftlab.run.swarm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;

/**
 * Generates the last steps of some runs: leadership is transferred in a cluster without faults, and
 * then a minority of the members crashes, with all replicas that were removed. The others are a
 * majority and must answer: a removed replica doesn't count, and a transfer to a crashed replica
 * ends.
 */
final class MinorityPhase {
  /** The most time for all steps together, in seconds. */
  static final int MAX_SECONDS = 70;

  private static final String DOWN = "down";

  /** In a cluster without faults, TimeoutNow and one election take a few milliseconds. */
  private static final double PROMPT_SECONDS = 0.3;

  private static final int CHANGED_SECONDS = 10;
  private static final int LEADER_SECONDS = 10;
  private static final int ANSWERED_SECONDS = 20;
  private static final int MAX_REQUESTS = 10;

  private final RandomChoices dice;
  private final List<String> removed;
  private final int members;

  /**
   * Creates a generator.
   *
   * @param removed the replicas that were removed before
   * @param members the number of members
   */
  MinorityPhase(long seed, List<String> removed, int members) {
    this.dice = new RandomChoices(seed, "minority");
    this.removed = removed;
    this.members = members;
  }

  /**
   * Adds the steps, if this run has them.
   *
   * @param isQuiet whether no message can trigger a fault any more
   * @param transfers whether replicas can transfer leadership
   */
  void add(JsonArray steps, RandomTraffic demand, boolean isQuiet, boolean transfers) {
    if (dice.chance(0.4) && isQuiet && transfers) {
      transfer(steps);
    }
    int most = (members - 1) / 2;
    if (!dice.chance(0.5) || most == 0 && removed.isEmpty()) {
      return;
    }
    JsonArray who = new JsonArray();
    removed.forEach(who::add);
    if (most > 0) {
      who.add((dice.chance(0.6) ? most : dice.between(1, most)) + " random");
    }
    JsonObject crash = step(steps, "type", new JsonPrimitive("crash"));
    crash.add("who", who);
    crash.addProperty("as", DOWN);
    if (dice.chance(0.3) && transfers) {
      JsonObject transfer = step(steps, "type", new JsonPrimitive("transfer"));
      transfer.addProperty("who", "@" + DOWN);
      transfer.addProperty("once", true);
      transfer.addProperty("within", 1);
    }
    until(steps, "leader", LEADER_SECONDS);
    steps.add(demand.afterFaults(dice.between(1, MAX_REQUESTS)));
    until(steps, "all_answered", ANSWERED_SECONDS);
  }

  private static void transfer(JsonArray steps) {
    step(steps, "type", new JsonPrimitive("transfer")).addProperty("who", "non_leader");
    until(steps, "new_leader", PROMPT_SECONDS);
    until(steps, "changed", CHANGED_SECONDS);
  }

  private static void until(JsonArray steps, String condition, Number within) {
    step(steps, "until", new JsonPrimitive(condition)).addProperty("within", within);
  }

  private static JsonObject step(JsonArray steps, String key, JsonElement value) {
    JsonObject step = new JsonObject();
    step.add(key, value);
    steps.add(step);
    return step;
  }
}
