package raftlab.run.swarm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import raftlab.scenario.file.ActionJson;

/**
 * Generates the steps after the fault phase: all faults end, and the cluster must make progress.
 *
 * <p>A correct replica needs a few election timeouts (0.6 s each) for a leader, and then answers
 * retries, which clients send after their timeout of 2 s. It gives up a write with an unknown
 * result after 6 s, and a membership change is requested again every 1.5 s. The bounds are several
 * times as long.
 */
final class RecoveryPhase {
  /** The most time for all steps together, in seconds. */
  static final int MAX_SECONDS = 90;

  /** Replicas that are to crash in their next step take that step in this time. */
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
   * Generates the steps of a run.
   *
   * @param demand the requests of clients at the end, as a step
   * @param restartAll whether all replicas crash at once before the recovery
   * @param changes whether membership changes or transfers were requested
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
