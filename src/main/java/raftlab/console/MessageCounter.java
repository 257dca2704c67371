package raftlab.console;

import java.util.HashMap;
import java.util.Map;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Counts each replica's messages, and remembers whom each names as the leader. */
final class MessageCounter {
  private final Map<Id, Long> sent = new HashMap<>();
  private final Map<Id, Long> received = new HashMap<>();
  private final Map<Id, Id> named = new HashMap<>();
  private final Map<Long, Id> underway = new HashMap<>();

  /** How many copies, by message, are under way besides it. */
  private final Map<Long, Integer> copies = new HashMap<>();

  private long lost;

  /** Takes note of an event. */
  void accept(Event event) {
    if (event instanceof Event.Sent message) {
      sent.merge(message.from(), 1L, Long::sum);
      named.put(message.from(), message.message().leader());
      underway.put(message.number(), message.to());
    } else if (event instanceof Event.Delivered delivered) {
      received.merge(arrived(delivered.number()), 1L, Long::sum);
    } else if (event instanceof Event.Duplicated duplicated) {
      copies.merge(duplicated.number(), 1, Integer::sum);
    } else if (event instanceof Event.Dropped dropped) {
      arrived(dropped.number());
      lost++;
    } else if (event instanceof Event.Started started) {
      named.remove(started.replica());
    }
  }

  /** Whom the message was for. It is under way no longer, unless copies of it still are. */
  private Id arrived(long number) {
    Integer left = copies.remove(number);
    if (left == null) {
      return underway.remove(number);
    }
    if (left > 1) {
      copies.put(number, left - 1);
    }
    return underway.get(number);
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
