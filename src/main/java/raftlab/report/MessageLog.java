package raftlab.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/** All messages of a run with their deliveries, in the order in which they were sent. */
final class MessageLog {
  private static final String READY = "";

  private final List<SentMessage> messages = new ArrayList<>();
  private final Map<Long, SentMessage> byFirstNumber = new HashMap<>();
  private final Map<Long, DeliveryRecord> deliveries = new HashMap<>();
  private final Map<Id, Id> leaders = new HashMap<>();
  private final Map<Id, String> states = new HashMap<>();
  private final Set<Id> paused = new HashSet<>();
  private final Set<Id> replicas;
  private final Set<Id> participants;

  private MessageLog(Trace trace) {
    replicas = new TreeSet<>(trace.header().replicas());
    participants = new TreeSet<>(trace.header().clients());
    replicas.forEach(id -> states.put(id, "was not started"));
  }

  /** Reads a whole trace. */
  static MessageLog of(Trace trace) {
    MessageLog log = new MessageLog(trace);
    List<Event> events = trace.events();
    for (int i = 0; i < events.size(); i++) {
      log.onEvent(events.get(i), i);
    }
    log.participants.addAll(log.replicas);
    return log;
  }

  private void onEvent(Event event, int position) {
    if (event instanceof Event.Sent sent) {
      sent(sent, position);
    } else if (event instanceof Event.Delivered delivered) {
      DeliveryRecord delivery = deliveries.get(delivered.number());
      if (delivery != null) {
        delivery.delivered(delivered.atMicros(), paused.contains(delivery.to()));
      }
    } else if (event instanceof Event.Dropped dropped) {
      DeliveryRecord delivery = deliveries.get(dropped.number());
      if (delivery != null) {
        delivery.dropped(
            dropped.why(), states.getOrDefault(delivery.to(), "is not in the cluster"));
      }
    } else if (event instanceof Event.Delayed delayed) {
      DeliveryRecord delivery = deliveries.get(delayed.number());
      if (delivery != null) {
        delivery.delayed(delayed.delayMicros());
      }
    } else if (event instanceof Event.Duplicated duplicated) {
      DeliveryRecord delivery = deliveries.get(duplicated.number());
      if (delivery != null) {
        delivery.duplicated();
      }
    } else if (event instanceof Event.Corrupted corrupted) {
      DeliveryRecord delivery = deliveries.get(corrupted.number());
      if (delivery != null) {
        delivery.corrupted(corrupted.quote());
      }
    } else {
      state(event);
    }
  }

  private void sent(Event.Sent sent, int position) {
    SentMessage last = messages.isEmpty() ? null : messages.get(messages.size() - 1);
    if (last == null || !last.isCopy(sent)) {
      Id leader = sent.message().leader();
      Id before = leaders.put(sent.from(), leader);
      last = new SentMessage(position, sent, !leader.equals(sent.from()) || !leader.equals(before));
      messages.add(last);
      byFirstNumber.put(sent.number(), last);
      participants.add(sent.from());
    }
    deliveries.put(sent.number(), last.add(sent));
  }

  private void state(Event event) {
    if (event instanceof Event.Started started) {
      replicas.add(started.replica());
      paused.remove(started.replica());
      states.put(started.replica(), "was not ready");
    } else if (event instanceof Event.Ready ready) {
      states.put(ready.replica(), READY);
    } else if (event instanceof Event.Crashed crashed) {
      states.put(crashed.replica(), "had crashed");
    } else if (event instanceof Event.Exited exited) {
      states.put(exited.replica(), "had exited unexpectedly");
    } else if (event instanceof Event.Paused stopped) {
      paused.add(stopped.replica());
    } else if (event instanceof Event.Resumed resumed) {
      paused.remove(resumed.replica());
    }
  }

  /** All messages. */
  List<SentMessage> all() {
    return messages;
  }

  /** The message with a first copy of this number; null if this is the number of a later copy. */
  @Nullable SentMessage startingAt(long number) {
    return byFirstNumber.get(number);
  }

  /** The replicas, including those that joined later. */
  Set<Id> replicas() {
    return replicas;
  }

  /** All senders and receivers: replicas, clients, and the operator if it sent messages. */
  Set<Id> participants() {
    return participants;
  }

  /** The types that occur, sorted. */
  Set<String> types() {
    Set<String> types = new TreeSet<>();
    messages.forEach(message -> types.add(message.message().type()));
    return types;
  }
}
