package raftlab.run.swarm;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import raftlab.scenario.file.ActionJson;

/** Generates the traffic plans of clients. */
final class RandomTraffic {
  /** The most requests of a plan: runs should be short. */
  private static final int MAX_REQUESTS = 400;

  /**
   * The longest appended value, in bytes. If hundreds of clients append to one value while there is
   * no leader, the value must still fit into a message; a replica could only refuse a longer one.
   */
  private static final int LONGEST_APPENDED = 100;

  private final RandomChoices choices;
  private final boolean sessions;
  private final boolean appends;
  private final boolean hasCas;
  private final boolean odd;
  private final boolean hot;
  private final boolean sizes;

  /**
   * Whether retries may take effect twice and reads can't distinguish them: the search for a
   * linearization has to try all combinations, and could give up if there were many at a time.
   */
  private final boolean hasUnsafeRetries;

  /** Draws the features of the run. */
  RandomTraffic(long seed, boolean contractOnly) {
    choices = new RandomChoices(seed, "clients");
    sessions = choices.chance(0.5) && !contractOnly;
    appends = choices.chance(0.4) && !contractOnly;
    hasCas = choices.chance(0.4) && !contractOnly;
    odd = choices.chance(0.2);
    hot = choices.chance(0.4);
    sizes = choices.chance(0.3);
    hasUnsafeRetries = !sessions && (appends || hasCas);
  }

  /** Whether all clients use sessions. */
  boolean sessions() {
    return sessions;
  }

  /** Generates the traffic of the fault phase. */
  JsonArray duringFaults(int stormMillis) {
    JsonArray plans = new JsonArray();
    for (int i = hasUnsafeRetries ? 1 : choices.any(1, 1, 2, appends ? 2 : 3); i > 0; i--) {
      JsonObject plan = plan(choices.between(1, MAX_REQUESTS));
      if (choices.chance(0.3)) {
        plan.add("from", choices.seconds(0, stormMillis / 2));
      }
      plan.add("until", ActionJson.seconds(stormMillis * 1000L));
      plans.add(plan);
    }
    return plans;
  }

  /** Generates the traffic of the recovery phase. */
  JsonObject afterFaults(int count) {
    JsonObject plan = plan(count);
    plan.addProperty("type", "requests");
    return plan;
  }

  private JsonObject plan(int count) {
    JsonObject plan = new JsonObject();
    plan.addProperty("clients", choices.between(1, hasUnsafeRetries ? 3 : 8));
    plan.addProperty("count", count);
    if (!hasUnsafeRetries && choices.chance(0.4)) {
      plan.add("rate", new JsonPrimitive(choices.any(5, 20, 60)));
    } else {
      plan.add("pause", choices.seconds(choices.any(5, 20), 150));
    }
    plan.add("mix", mix());
    plan.addProperty("keys", keys());
    if (hot) {
      plan.add("hot", choices.fraction(0.2, 0.9));
    }
    if (choices.chance(0.1)) {
      plan.addProperty("own", true);
    }
    if (odd) {
      plan.addProperty("odd", true);
    }
    if (sizes) {
      JsonArray span = new JsonArray();
      span.add(1);
      span.add(
          appends
              ? choices.any(LONGEST_APPENDED / 5, LONGEST_APPENDED / 2, LONGEST_APPENDED)
              : choices.any(100, 1_000, 6_000));
      plan.add("value_size", span);
    }
    if (sessions) {
      plan.addProperty("sessions", true);
    }
    plan.add(
        "patience",
        choices.seconds(
            hasUnsafeRetries ? 500 : 50, choices.any(hasUnsafeRetries ? 600 : 300, 1_000, 2_000)));
    if (choices.chance(0.5)) {
      plan.addProperty("to", "any");
    }
    return plan;
  }

  /** Draws the number of keys; most unusual names come late in their list. */
  private int keys() {
    if (odd) {
      return choices.any(5, 20, 100);
    }
    return hasUnsafeRetries ? choices.any(5, 20) : choices.any(1, 2, 5, 20);
  }

  private JsonObject mix() {
    JsonObject mix = new JsonObject();
    mix.addProperty("get", choices.between(1, 5));
    mix.addProperty("put", choices.between(appends || hasCas ? 0 : 1, 3));
    if (appends) {
      mix.addProperty("append", choices.between(1, 3));
    }
    if (hasCas) {
      mix.addProperty("cas", choices.between(1, 3));
    }
    return mix;
  }
}
