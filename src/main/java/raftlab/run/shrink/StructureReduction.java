package raftlab.run.shrink;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import raftlab.run.concrete.ScenarioDraft;

/**
 * Shrinks the text of a scenario: removes steps, traffic, conditions and other optional parts, and
 * lowers its numbers.
 */
final class StructureReduction {
  /** Without these it would be a different scenario. */
  private static final List<String> KEPT = List.of("lifetime", "replicas", "seed", "title");

  /** The path from the top of a file to a value: names of members and indices of lists. */
  private record JsonPath(List<Object> steps) {
    JsonPath resolve(Object next) {
      List<Object> longer = new ArrayList<>(steps);
      longer.add(next);
      return new JsonPath(List.copyOf(longer));
    }

    JsonElement parent(JsonObject top) {
      JsonElement at = top;
      for (Object word : steps.subList(0, steps.size() - 1)) {
        at = child(at, word);
      }
      return at;
    }

    Object last() {
      return steps.get(steps.size() - 1);
    }
  }

  private StructureReduction() {}

  private static JsonElement child(JsonElement parent, Object word) {
    return word instanceof Integer place
        ? parent.getAsJsonArray().get(place)
        : parent.getAsJsonObject().get((String) word);
  }

  /** Removes parts and lowers numbers; returns whether anything changed. */
  static boolean shrink(SmallestFailure best) throws ShrinkTimeoutException {
    boolean any = false;
    while (leaveOut(best) | lower(best)) {
      any = true;
    }
    return any;
  }

  private static boolean leaveOut(SmallestFailure best) throws ShrinkTimeoutException {
    boolean any = false;
    while (true) {
      List<ScenarioDraft> drafts = new ArrayList<>();
      for (JsonPath path : paths(best.head())) {
        drafts.add(without(best.draft(), path));
      }
      if (!best.tryReplace(drafts)) {
        return any;
      }
      any = true;
    }
  }

  private static boolean lower(SmallestFailure best) throws ShrinkTimeoutException {
    boolean any = false;
    for (int i = 0; i < numbers(best.head()).size(); i++) {
      // Only this number may have changed: the places stay.
      while (best.tryReplace(lower(best.draft(), numbers(best.head()).get(i)))) {
        any = true;
      }
    }
    return any;
  }

  private static List<ScenarioDraft> lower(ScenarioDraft draft, JsonPath path) {
    BigDecimal now = child(path.parent(draft.head()), path.last()).getAsBigDecimal();
    List<ScenarioDraft> lower = new ArrayList<>();
    boolean whole = now.stripTrailingZeros().scale() <= 0;
    for (int part : new int[] {0, 1, 2, 3}) {
      BigDecimal next =
          now.multiply(BigDecimal.valueOf(part))
              .divide(
                  BigDecimal.valueOf(4), whole && now.intValue() > 8 ? 0 : 2, RoundingMode.DOWN);
      if (whole) {
        next = next.setScale(0, RoundingMode.DOWN);
      }
      next = part == 0 && whole ? BigDecimal.ONE : next;
      if (next.compareTo(now) < 0) {
        lower.add(with(draft, path, new JsonPrimitive(next)));
      }
    }
    return lower;
  }

  /** Returns all parts that could be removed, larger parts before the parts in them. */
  private static List<JsonPath> paths(JsonObject head) {
    List<JsonPath> all = new ArrayList<>();
    List<JsonPath> level = List.of(new JsonPath(List.of()));
    while (!level.isEmpty()) {
      List<JsonPath> next = new ArrayList<>();
      for (JsonPath path : level) {
        JsonElement here = path.steps.isEmpty() ? head : child(path.parent(head), path.last());
        next.addAll(below(path, here));
      }
      all.addAll(next);
      level = next;
    }
    return all;
  }

  private static List<JsonPath> below(JsonPath path, JsonElement here) {
    List<JsonPath> below = new ArrayList<>();
    if (here instanceof JsonObject object) {
      for (String key : object.keySet()) {
        if (!path.steps.isEmpty() || !KEPT.contains(key)) {
          below.add(path.resolve(key));
        }
      }
    } else if (here instanceof JsonArray array) {
      for (int i = array.size() - 1; i >= 0; i--) {
        below.add(path.resolve(i));
      }
    }
    return below;
  }

  /** Returns the numbers that may be lowered, without those that are names. */
  private static List<JsonPath> numbers(JsonObject head) {
    List<JsonPath> numbers = new ArrayList<>(List.of(new JsonPath(List.of("lifetime"))));
    for (JsonPath path : paths(head)) {
      JsonElement value = child(path.parent(head), path.last());
      boolean bound =
          path.steps.stream().anyMatch(word -> word.equals("at_most") || word.equals("at_least"));
      if (value instanceof JsonPrimitive one && one.isNumber() && !bound) {
        numbers.add(path);
      }
    }
    return numbers;
  }

  private static ScenarioDraft without(ScenarioDraft draft, JsonPath path) {
    JsonObject head = draft.head().deepCopy();
    JsonElement parent = path.parent(head);
    if (path.last() instanceof Integer place) {
      parent.getAsJsonArray().remove((int) place);
    } else {
      parent.getAsJsonObject().remove((String) path.last());
    }
    return new ScenarioDraft(head, draft.events());
  }

  private static ScenarioDraft with(ScenarioDraft draft, JsonPath path, JsonElement value) {
    JsonObject head = draft.head().deepCopy();
    JsonElement parent = path.parent(head);
    if (path.last() instanceof Integer place) {
      parent.getAsJsonArray().set(place, value);
    } else {
      parent.getAsJsonObject().add((String) path.last(), value);
    }
    return new ScenarioDraft(head, draft.events());
  }
}
