package raftlab.run.shrink;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import raftlab.run.concrete.ScenarioDraft;
import raftlab.wire.Id;

/**
 * Reduces the number of replicas: the others get lower IDs, and actions on removed replicas are
 * removed.
 */
final class ReplicaReduction {
  private static final int FEWEST = 3;

  /** The most choices of replicas that are tried for each number of replicas. */
  private static final int MAX_CHOICES = 12;

  /** How many seeds are tried, since fewer replicas may need another seed. */
  private static final int SEEDS = 4;

  private static final List<String> CHOICES = List.of("who", "from", "to", "groups");

  private final ScenarioDraft draft;
  private final int before;
  private final List<Integer> kept;

  private ReplicaReduction(ScenarioDraft draft, int before, List<Integer> kept) {
    this.draft = draft;
    this.before = before;
    this.kept = kept;
  }

  /** Uses as few replicas as possible; returns whether there are fewer than before. */
  static boolean shrink(SmallestFailure best) throws ShrinkTimeoutException {
    int before = best.head().get("replicas").getAsInt();
    for (int count = FEWEST; count < before; count++) {
      List<List<Integer>> choices = new ArrayList<>();
      choose(0, before, count, new ArrayList<>(), choices);
      List<ScenarioDraft> drafts = new ArrayList<>();
      for (long more = 0; more < SEEDS; more++) {
        for (List<Integer> kept : choices) {
          drafts.add(new ReplicaReduction(best.draft(), before, kept).draft(more));
        }
      }
      if (best.tryReplace(drafts)) {
        return true;
      }
    }
    return false;
  }

  private static void choose(
      int from, int all, int count, List<Integer> some, List<List<Integer>> choices) {
    if (some.size() == count) {
      choices.add(List.copyOf(some));
      return;
    }
    for (int i = from; i < all && choices.size() < MAX_CHOICES; i++) {
      some.add(i);
      choose(i + 1, all, count, some, choices);
      some.remove(some.size() - 1);
    }
  }

  private ScenarioDraft draft(long moreSeed) {
    List<JsonObject> events = new ArrayList<>();
    for (JsonObject event : draft.events()) {
      if (renamed(event) instanceof JsonObject rest) {
        events.add(rest);
      }
    }
    long seed = draft.head().get("seed").getAsLong() + moreSeed;
    return draft
        .withEvents(events)
        .with("replicas", new JsonPrimitive(kept.size()))
        .with("seed", new JsonPrimitive(seed));
  }

  /** Returns the event for the remaining replicas; null if it concerns none of them. */
  private @Nullable JsonElement renamed(JsonObject object) {
    JsonObject renamed = new JsonObject();
    for (String key : object.keySet()) {
      JsonElement value = object.get(key);
      JsonElement now = value;
      if (CHOICES.contains(key)) {
        now = choice(value);
      } else if (key.equals("on")) {
        now = renamed(value.getAsJsonObject());
      }
      if (now == null) {
        return null;
      }
      renamed.add(key, now);
    }
    return renamed;
  }

  private @Nullable JsonElement choice(JsonElement value) {
    if (value instanceof JsonArray array) {
      JsonArray rest = new JsonArray();
      for (JsonElement element : array) {
        JsonElement now = choice(element);
        if (now != null) {
          rest.add(now);
        }
      }
      return rest.isEmpty() ? null : rest;
    }
    String word = value.getAsString();
    if (!Id.isId(word)) {
      return value;
    }
    int number = Id.parse(word).value();
    if (number >= before) {
      return id(number - before + kept.size());
    }
    return kept.contains(number) ? id(kept.indexOf(number)) : null;
  }

  private static JsonElement id(int number) {
    return new JsonPrimitive(Id.of(number).toString());
  }
}
