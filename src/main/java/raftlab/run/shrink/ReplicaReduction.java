package raftlab.run.shrink;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import raftlab.run.concrete.ScenarioDraft;
import raftlab.wire.Id;

/** Does with fewer replicas: the others move up, and what is done only to those left out goes. */
final class ReplicaReduction {
  private static final int FEWEST = 3;

  /** So many ways to choose who stays are tried for each number of replicas. */
  private static final int MOST_CHOICES = 12;

  /** With other replicas other seeds may be needed; so many are tried. */
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

  /** Makes do with as few as possible; returns whether that are fewer than before. */
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
      if (best.take(drafts)) {
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
    for (int i = from; i < all && choices.size() < MOST_CHOICES; i++) {
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

  /** The event as it is for those who stay; null if it is for nobody of them. */
  private JsonElement renamed(JsonObject object) {
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

  private JsonElement choice(JsonElement value) {
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
