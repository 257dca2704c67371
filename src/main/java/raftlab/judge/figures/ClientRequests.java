package raftlab.judge.figures;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.trace.Event;
import raftlab.wire.Message;

/** The requests of a run's clients, without the operator's, and the first answer to each. */
public final class ClientRequests {
  private final Map<String, Event.Requested> requests = new LinkedHashMap<>();
  private final Map<String, Event.Answered> answers = new HashMap<>();

  void add(Event.Requested request) {
    requests.put(request.mid(), request);
  }

  void add(Event.Answered answer) {
    answers.put(answer.mid(), answer);
  }

  public static boolean isGet(Event.Requested request) {
    return request.type().equals(Message.GET);
  }

  /** Returns all requests, with retries, in order. */
  public List<Event.Requested> all() {
    return List.copyOf(requests.values());
  }

  /** Returns the client's request with this message ID; null if it was the operator's. */
  public Event.@Nullable Requested request(String mid) {
    return requests.get(mid);
  }

  /** Returns the gets, or else the writes, without an answer, in order. */
  public List<Event.Requested> unanswered(boolean gets) {
    return requests.values().stream()
        .filter(request -> isGet(request) == gets && !answers.containsKey(request.mid()))
        .toList();
  }
}
