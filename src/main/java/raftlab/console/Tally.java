package raftlab.console;

import java.util.HashMap;
import java.util.Map;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Counts each replica's messages, and remembers whom each names as the leader. */
final class Tally {
  private final Map<Id, Long> sent = new HashMap<>();
  private final Map<Id, Long> received = new HashMap<>();
  private final Map<Id, Id> named = new HashMap<>();
  private final Map<Long, Id> underway = new HashMap<>();
  private long lost;

  /** Takes note of an event. */
  void accept(Event event) {
    if (event instanceof Event.Sent message) {
      sent.merge(message.from(), 1L, Long::sum);
      named.put(message.from(), message.message().leader());
      underway.put(message.number(), message.to());
    } else if (event instanceof Event.Delivered delivered) {
      Id to = underway.remove(delivered.number());
      if (to != null) {
        received.merge(to, 1L, Long::sum);
      }
    } else if (event instanceof Event.Dropped dropped) {
      underway.remove(dropped.number());
      lost++;
    } else if (event instanceof Event.Started started) {
      named.remove(started.replica());
    }
  }

  /** How many messages this replica has sent, those to clients among them. */
  long sent(Id replica) {
    return sent.getOrDefault(replica, 0L);
  }

  /** How many messages have reached this replica, those of clients among them. */
  long received(Id replica) {
    return received.getOrDefault(replica, 0L);
  }

  /** Whom this replica's latest message names; null if it hasn't sent any since it was started. */
  Id named(Id replica) {
    return named.get(replica);
  }

  /** How many messages were lost, for whatever reason. */
  long lost() {
    return lost;
  }
}
