package raftlab.run.shrink;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import raftlab.run.concrete.ScenarioDraft;

/** Reduces requests to the keys that prove the failure, and shortens names and values. */
final class KeyReduction {
  private static final String KEY = "key";
  private static final String ASKER = "asker";

  private KeyReduction() {}

  /** Removes requests of other keys, all at once. */
  static void dropUnrelated(SmallestFailure best) throws ShrinkTimeoutException {
    Set<String> keys = best.current().keys();
    List<JsonObject> about = new ArrayList<>(best.events());
    if (!keys.isEmpty()) {
      about.removeIf(event -> event.has(KEY) && !keys.contains(event.get(KEY).getAsString()));
    }
    List<JsonObject> aboutAndActions = new ArrayList<>(about);
    aboutAndActions.removeIf(KeyReduction::isSingleMessage);
    List<JsonObject> lucky = new ArrayList<>(best.events());
    lucky.removeIf(KeyReduction::isSingleMessage);
    best.tryReplace(
        List.of(
            best.draft().withEvents(aboutAndActions),
            best.draft().withEvents(about),
            best.draft().withEvents(lucky)));
  }

  private static boolean isSingleMessage(JsonObject event) {
    return event.has("nth");
  }

  /**
   * Renames keys to a, b, … and values to 1, 2, …, and uses one client for all, where the failure
   * remains.
   */
  static void simplify(SmallestFailure best) throws ShrinkTimeoutException {
    best.tryReplace(
        List.of(
            simple(best.draft(), true, true),
            simple(best.draft(), true, false),
            simple(best.draft(), false, true)));
    best.tryReplace(List.of(best.draft().with("max_packets", null)));
  }

  private static ScenarioDraft simple(ScenarioDraft draft, boolean names, boolean askers) {
    Map<String, String> keys = new LinkedHashMap<>();
    Map<String, String> values = new LinkedHashMap<>();
    List<JsonObject> events = new ArrayList<>();
    for (JsonObject event : draft.events()) {
      JsonObject simple = event.deepCopy();
      if (askers) {
        simple.remove(ASKER);
      }
      if (names && event.has(KEY)) {
        String key = event.get(KEY).getAsString();
        simple.addProperty(KEY, keys.computeIfAbsent(key, k -> letter(keys.size())));
        for (String field : List.of("expect", "value")) {
          if (event.has(field)) {
            String value = event.get(field).getAsString();
            simple.addProperty(
                field, values.computeIfAbsent(value, v -> Integer.toString(values.size() + 1)));
          }
        }
      }
      events.add(simple);
    }
    return draft.withEvents(events);
  }

  private static String letter(int number) {
    return number < 26 ? Character.toString('a' + number) : "k" + number;
  }
}
