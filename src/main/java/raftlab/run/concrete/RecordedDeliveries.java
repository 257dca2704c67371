package raftlab.run.concrete;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import raftlab.run.concrete.LinkMessageCounter.LinkPosition;
import raftlab.scenario.ActionType;
import raftlab.scenario.file.ActionJson;
import raftlab.trace.Event;

/** Writes what happened to single messages as events: dropped, delayed, duplicated. */
final class RecordedDeliveries {
  /** The longest delay that a scenario allows for a single message. */
  private static final long LONGEST_MICROS = 60_000_000;

  private final LinkMessageCounter links;
  private final List<JsonObject> events = new ArrayList<>();
  private final Map<Long, JsonObject> copies = new HashMap<>();
  private boolean exact = true;

  RecordedDeliveries(LinkMessageCounter links) {
    this.links = links;
  }

  /** Returns one event of a scenario for each. */
  List<JsonObject> events() {
    return events;
  }

  /** Whether all could be written. */
  boolean isExact() {
    return exact;
  }

  void onEvent(Event event) {
    if (event instanceof Event.Dropped drop) {
      dropped(drop);
    } else if (event instanceof Event.Duplicated copy) {
      LinkPosition place = placeOf(copy.number());
      copies.put(copy.number(), add(ActionType.DOUBLE, place));
    } else if (event instanceof Event.Delayed late) {
      JsonObject copy = copies.get(late.number());
      JsonObject held = copy != null ? copy : add(ActionType.HOLD, placeOf(late.number()));
      held.add("by", ActionJson.seconds(Math.min(LONGEST_MICROS, late.delayMicros())));
      exact &= late.delayMicros() <= LONGEST_MICROS;
    } else if (event instanceof Event.Corrupted changed) {
      // A scenario can't corrupt a given message; a corrupted message of a client is dropped.
      exact &= !links.isBetweenReplicas(placeOf(changed.number()));
    }
  }

  private void dropped(Event.Dropped drop) {
    switch (drop.why()) {
      case LOSS, PLANNED, QUEUE_FULL, CORRUPTED -> add(ActionType.LOSE, placeOf(drop.number()));
      case PARTITION, NOBODY_THERE, TOO_LARGE -> {
        // It follows from actions on links and replicas, or from requests.
      }
    }
  }

  private LinkPosition placeOf(long message) {
    return Objects.requireNonNull(links.of(message), "a message is sent before its delivery");
  }

  private JsonObject add(ActionType type, LinkPosition place) {
    JsonObject event = new JsonObject();
    event.addProperty("type", type.key());
    event.addProperty("from", place.from().toString());
    event.addProperty("to", place.to().toString());
    event.addProperty("nth", place.nth());
    events.add(event);
    return event;
  }
}
