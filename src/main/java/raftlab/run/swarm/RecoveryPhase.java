package raftlab.run.swarm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import raftlab.scenario.file.ActionJson;

/**
 * What is done after the storm: everything is made well again, and the cluster must make progress.
 *
 * <p>A correct replica needs a few election timeouts (0.6 s each) for a leader, and then answers
 * what clients ask for again within their patience (2 s); a write whose fate isn't known is given
 * up after 6 s, and a change of members is asked for every 1.5 s. The bounds are several times
 * that.
 */
final class RecoveryPhase {
  /** All steps together take no longer than this, in seconds. */
  static final int MOST_SECONDS = 90;

  /** So that replicas that are to be killed midway in their next step have taken that step. */
  private static final double SETTLE_SECONDS = 1;

  private static final int READY_SECONDS = 5;
  private static final int LEADER_SECONDS = 10;
  private static final int ANSWERED_SECONDS = 15;

  /** Forty requests at five a second take eight seconds by themselves. */
  private static final int DEMAND_SECONDS = 20;

  private static final int CHANGED_SECONDS = 20;
  private static final int CAUGHT_UP_SECONDS = 10;

  private final JsonArray steps = new JsonArray();

  private RecoveryPhase() {}

  /**
   * The steps of a run.
   *
   * @param demand what clients ask for in the end: a step of requests
   * @param restartAll whether all are killed at once before they are to recover
   * @param changes whether the cluster was asked for other members or leaders
   */
  static JsonArray steps(int stormMillis, JsonObject demand, boolean restartAll, boolean changes) {
    RecoveryPhase recovery = new RecoveryPhase();
    recovery.step("wait", ActionJson.seconds(stormMillis * 1000L));
    recovery.heal(restartAll);
    recovery.until("leader", LEADER_SECONDS);
    recovery.until("all_answered", ANSWERED_SECONDS);
    if (changes) {
      recovery.until("changed", CHANGED_SECONDS);
    }
    recovery.steps.add(demand);
    recovery.until("answered", DEMAND_SECONDS).add("count", demand.get("count"));
    recovery.until("caught_up", CAUGHT_UP_SECONDS);
    return recovery.steps;
  }

  private void heal(boolean restartAll) {
    act("heal");
    act("network");
    act("network").addProperty("clients", true);
    act("resume");
    step("wait", new JsonPrimitive(SETTLE_SECONDS));
    if (restartAll) {
      act("restart_all");
    } else {
      act("restart").addProperty("who", "crashed");
    }
    until("ready", READY_SECONDS);
  }

  private JsonObject act(String type) {
    return step("type", new JsonPrimitive(type));
  }

  private JsonObject until(String condition, int within) {
    JsonObject step = step("until", new JsonPrimitive(condition));
    step.addProperty("within", within);
    return step;
  }

  private JsonObject step(String key, JsonElement value) {
    JsonObject step = new JsonObject();
    step.add(key, value);
    steps.add(step);
    return step;
  }
}
