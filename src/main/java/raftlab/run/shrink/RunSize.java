package raftlab.run.shrink;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import raftlab.run.concrete.ScenarioDraft;

/**
 * The size of a run.
 *
 * @param requests how many requests clients sent, with retries
 * @param faults how many actions on replicas and links there are
 * @param parts how many steps and traffic plans there are, unless these are single events
 * @param messages how many messages were dropped, delayed or duplicated
 * @param millis how long it took, in milliseconds of its own time
 */
public record RunSize(
    int requests, int faults, int parts, int messages, int replicas, long millis) {
  /** Returns the size of a concrete scenario. */
  static RunSize of(ScenarioDraft draft, long millis) {
    int requests = 0;
    int messages = 0;
    for (JsonObject event : draft.events()) {
      requests += event.has("key") ? 1 : 0;
      messages += event.has("nth") ? 1 : 0;
    }
    return new RunSize(
        requests,
        draft.events().size() - requests - messages,
        parts(draft.head()),
        messages,
        draft.head().get("replicas").getAsInt(),
        millis);
  }

  private static int parts(JsonObject object) {
    int parts = 0;
    for (String list : List.of("steps", "traffic")) {
      if (object.get(list) instanceof JsonArray array) {
        for (JsonElement element : array) {
          parts += 1 + parts(element.getAsJsonObject());
        }
      }
    }
    return parts;
  }

  /** Returns the number of events of all kinds. */
  public int events() {
    return requests + faults + parts + messages;
  }
}
