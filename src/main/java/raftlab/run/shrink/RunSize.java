package raftlab.run.shrink;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import raftlab.run.concrete.ScenarioDraft;

/**
 * How large a run is.
 *
 * @param requests how many requests clients sent, retries included
 * @param faults how many things were done to replicas and links
 * @param parts how many steps and kinds of traffic there are, where these are not told one by one
 * @param messages how many messages were lost, late or doubled
 * @param millis how long it took, in milliseconds of its own time
 */
public record RunSize(
    int requests, int faults, int parts, int messages, int replicas, long millis) {
  /** The size of a scenario in which each of these is an event of its own. */
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

  /** All that is done, together. */
  public int events() {
    return requests + faults + parts + messages;
  }
}
