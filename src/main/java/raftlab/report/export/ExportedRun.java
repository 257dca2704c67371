package raftlab.report.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import raftlab.dialect.MessageReader;
import raftlab.dialect.RaftMessageView;
import raftlab.trace.DirectedLink;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/** The selected events of a run, with the meaning of its messages. */
final class ExportedRun {
  private final List<Event> events = new ArrayList<>();
  private final Map<Long, Event.Sent> sent = new HashMap<>();
  private final Map<Long, RaftMessageView> contents = new HashMap<>();
  private final Set<Id> replicas;
  private final Set<Id> clients = new TreeSet<>();
  private long beganMicros;

  /** Selects the events of a run. */
  ExportedRun(Trace trace, ExportSelection selection) {
    replicas = new TreeSet<>(trace.header().replicas());
    for (Event event : trace.events()) {
      if (event instanceof Event.Began began) {
        beganMicros = began.atMicros();
      } else if (event instanceof Event.Started started) {
        replicas.add(started.replica());
      }
    }
    MessageReader reader = MessageReader.of(trace);
    Set<Long> heartbeats = new HashSet<>();
    Set<DirectedLink> awaited = new HashSet<>();
    for (Event event : trace.events()) {
      if (event instanceof Event.Sent message) {
        clients.addAll(List.of(message.from(), message.to()));
        if (isBetweenReplicas(message)) {
          RaftMessageView content = reader.read(message);
          contents.put(message.number(), content);
          if (isHeartbeat(message, content, awaited)) {
            heartbeats.add(message.number());
          }
        }
      }
      long atMicros = micros(event);
      Long number = numberOf(event);
      if (atMicros >= selection.fromMicros()
          && atMicros <= selection.toMicros()
          && (number == null || selection.heartbeats() || !heartbeats.contains(number))) {
        add(event, number);
      }
    }
    clients.removeAll(replicas);
    clients.remove(Id.BROADCAST);
  }

  /** An event about a message that is not exported is left out, too. */
  private void add(Event event, @Nullable Long number) {
    if (event instanceof Event.Sent message) {
      sent.put(message.number(), message);
    } else if (number != null && !sent.containsKey(number)) {
      return;
    }
    events.add(event);
  }

  /** Whether it is a heartbeat, or the reply to one; later replies count as replies to entries. */
  private static boolean isHeartbeat(
      Event.Sent message, RaftMessageView content, Set<DirectedLink> awaited) {
    DirectedLink there = new DirectedLink(message.from(), message.to());
    DirectedLink back = new DirectedLink(message.to(), message.from());
    if (content instanceof RaftMessageView.Append append) {
      if (append.isHeartbeat()) {
        awaited.add(there);
        return true;
      }
      awaited.remove(there);
    } else if (content instanceof RaftMessageView.AppendReply reply) {
      return reply.success() && awaited.remove(back);
    }
    return false;
  }

  /** The number of the message that an event is about; null for any other event. */
  static @Nullable Long numberOf(Event event) {
    if (event instanceof Event.Sent each) {
      return each.number();
    } else if (event instanceof Event.Delivered each) {
      return each.number();
    } else if (event instanceof Event.Dropped each) {
      return each.number();
    } else if (event instanceof Event.Delayed each) {
      return each.number();
    } else if (event instanceof Event.Duplicated each) {
      return each.number();
    } else if (event instanceof Event.Corrupted each) {
      return each.number();
    }
    return null;
  }

  private boolean isBetweenReplicas(Event.Sent message) {
    return replicas.contains(message.from()) && replicas.contains(message.to());
  }

  /** Returns the events in order. */
  List<Event> events() {
    return events;
  }

  /** Returns the replicas, ascending. */
  Set<Id> replicas() {
    return replicas;
  }

  /** Returns the clients and the operator, ascending. */
  Set<Id> clients() {
    return clients;
  }

  /** Returns when an event happened, in microseconds of the scenario's time. */
  long micros(Event event) {
    return event.atMicros() - beganMicros;
  }

  /** Returns an exported message; null if it isn't exported. */
  Event.@Nullable Sent message(long number) {
    return sent.get(number);
  }

  /** Returns the content of a message between replicas; null for a client's message. */
  @Nullable RaftMessageView content(Event.Sent message) {
    return contents.get(message.number());
  }

  /** Returns the kind of a message in one word; "request" and "answer" for those of clients. */
  String kind(Event.Sent message) {
    RaftMessageView content = content(message);
    if (content == null) {
      return replicas.contains(message.from()) ? "answer" : "request";
    } else if (content instanceof RaftMessageView.VoteRequest request) {
      return request.preVote() ? "PreVote" : "RequestVote";
    } else if (content instanceof RaftMessageView.VoteReply reply) {
      return (reply.preVote() ? "PreVote" : "Vote") + (reply.granted() ? "Granted" : "Refused");
    } else if (content instanceof RaftMessageView.Append append) {
      return append.isHeartbeat() ? "Heartbeat" : "AppendEntries";
    } else if (content instanceof RaftMessageView.AppendReply reply) {
      return reply.success() ? "AppendAccepted" : "AppendRejected";
    }
    return content instanceof RaftMessageView.Install ? "InstallSnapshot" : "Other";
  }

  /** Returns the term of a message between replicas; -1 if it is not known. */
  long term(Event.Sent message) {
    RaftMessageView content = content(message);
    return content == null || content.term() < 0 ? -1 : content.term();
  }
}
