package raftlab.judge.check;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import raftlab.judge.figures.ClientRequests;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * Follows values through the messages between replicas, to find which replica can have a value at
 * which time.
 */
final class ValuePropagation {
  private ValuePropagation() {}

  /**
   * Returns the first ok to a put before its value was delivered to enough other replicas; null for
   * none. With membership changes the smallest cluster's majority is enough.
   */
  static Event.@Nullable Answered firstPrematureAck(JudgedRun run) {
    Set<Id> replicas = new HashSet<>(run.trace().header().replicas());
    int othersNeeded = (replicas.size() - removals(run)) / 2;
    Map<Long, Event.Sent> onTheWay = new HashMap<>();
    Map<String, Set<Id>> holders = new HashMap<>();
    for (Event event : run.trace().events()) {
      if (event instanceof Event.Started started) {
        replicas.add(started.replica());
      } else if (event instanceof Event.Sent sent) {
        onTheWay.put(sent.number(), sent);
      } else if (event instanceof Event.Delivered delivered) {
        Event.Sent sent = onTheWay.remove(delivered.number());
        // Null for the second copy of a duplicated message.
        if (sent != null && replicas.contains(sent.to())) {
          strings(
              sent.message().fields(),
              text -> holders.computeIfAbsent(text, t -> new HashSet<>()).add(sent.to()));
        }
      } else if (event instanceof Event.Answered answer && answer.type().equals(Message.OK)) {
        Event.Requested request = run.requests().request(answer.mid());
        if (request != null && !ClientRequests.isGet(request)) {
          Set<Id> others = new HashSet<>(holders.getOrDefault(request.value(), Set.of()));
          others.remove(answer.replica());
          if (others.size() < othersNeeded) {
            return answer;
          }
        }
      }
    }
    return null;
  }

  /** Returns how many members were requested to be removed. */
  private static int removals(JudgedRun run) {
    Set<String> leaving = new HashSet<>();
    for (Event event : run.trace().events()) {
      if (event instanceof Event.Requested request && request.type().equals(Message.REMOVE)) {
        leaving.add(request.key());
      }
    }
    return leaving.size();
  }

  /** Passes on all strings in a JSON value, at any depth. */
  private static void strings(JsonElement json, Consumer<String> found) {
    if (json instanceof JsonObject object) {
      object.entrySet().forEach(field -> strings(field.getValue(), found));
    } else if (json instanceof JsonArray array) {
      array.forEach(item -> strings(item, found));
    } else if (json.isJsonPrimitive() && json.getAsJsonPrimitive().isString()) {
      found.accept(json.getAsString());
    }
  }
}
