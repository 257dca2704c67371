package raftlab.judge.figures;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import raftlab.trace.Event;
import raftlab.wire.Message;

/** The requests of the clients of a run, but for the operator's, and the first answer to each. */
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

  /** Every request, retries included, in order. */
  public List<Event.Requested> all() {
    return List.copyOf(requests.values());
  }

  /** The client's request of this MID; null if it was the operator's. */
  public Event.Requested request(String mid) {
    return requests.get(mid);
  }

  /** The gets or else the writes that were never answered, in order. */
  public List<Event.Requested> unanswered(boolean gets) {
    return requests.values().stream()
        .filter(request -> isGet(request) == gets && !answers.containsKey(request.mid()))
        .toList();
  }
}
