package raftlab.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/**
 * Selects about a dozen messages before a failure: those of the wrongly answered request, and the
 * last ones between replicas that the evidence names.
 *
 * <p>Similar messages, such as heartbeats, become one line: the last of them, with a count.
 */
final class LastMessages {
  private static final int MAX_LINES = 12;
  private static final int MAX_OF_REQUEST = 3;

  /** How many messages between replicas are examined, from the last one backwards. */
  private static final int MAX_LOOKBACK = 300;

  private final Trace trace;
  private final MessageLog log;
  private final TerminalStyle style;

  private LastMessages(Trace trace, TerminalStyle style) {
    this.trace = trace;
    this.log = MessageLog.of(trace);
    this.style = style;
  }

  /**
   * The lines, each with its time; none if the evidence names no replica.
   *
   * @param step the events of the incorrect step; empty if it is unknown
   * @param broken the events that prove the violation
   */
  static List<String> before(
      Trace trace, List<Event> step, List<Event> broken, TerminalStyle style) {
    return new LastMessages(trace, style).lines(step, broken);
  }

  private List<String> lines(List<Event> step, List<Event> broken) {
    Set<SentMessage> ofRequest = new LinkedHashSet<>(ofRequest(step));
    ofRequest.addAll(ofRequest(broken));
    List<Event> focus = step.isEmpty() ? broken : step;
    List<RepeatedMessages> all = new ArrayList<>();
    ofRequest.forEach(message -> all.add(new RepeatedMessages(message)));
    all.addAll(between(focus, ofRequest, MAX_LINES - ofRequest.size()));
    all.sort(Comparator.comparingInt(alike -> alike.last.position()));
    int typeWidth =
        all.stream().mapToInt(alike -> MessageText.type(alike.last).length()).max().orElse(0);
    long began = MessageListText.began(trace);
    return all.stream().map(alike -> alike.line(typeWidth, began, style)).toList();
  }

  /** The same events as a set that compares by identity. */
  private static Set<Event> identities(List<Event> events) {
    Set<Event> set = Collections.newSetFromMap(new IdentityHashMap<>());
    set.addAll(events);
    return set;
  }

  /** The position in the trace of the last of these events; -1 if there is none. */
  private int lastPosition(List<Event> events) {
    List<Event> all = trace.events();
    Set<Event> wanted = identities(events);
    for (int i = all.size() - 1; i >= 0; i--) {
      if (wanted.contains(all.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The messages with the ID of the last request in the evidence, up to the last event. If that
   * event is the request itself, all messages with the ID.
   */
  private List<SentMessage> ofRequest(List<Event> evidence) {
    int until = lastPosition(evidence);
    Set<Event> wanted = identities(evidence);
    String mid = null;
    for (int i = 0; i <= until; i++) {
      Event event = trace.events().get(i);
      String itsMid = mid(event);
      if (itsMid != null && wanted.contains(event)) {
        mid = itsMid;
      }
    }
    if (mid == null) {
      return List.of();
    }
    String found = mid;
    boolean isOpen = trace.events().get(until) instanceof Event.Requested;
    List<SentMessage> all =
        log.all().stream()
            .filter(
                message ->
                    (isOpen || message.position() <= until)
                        && found.equals(message.message().mid()))
            .toList();
    return all.subList(Math.max(0, all.size() - MAX_OF_REQUEST), all.size());
  }

  /** The ID of the event's request; null if the event has none. */
  private static @Nullable String mid(Event event) {
    if (event instanceof Event.Answered answer) {
      return answer.mid();
    } else if (event instanceof Event.Requested request) {
      return request.mid();
    }
    return event instanceof Event.Sent sent ? sent.message().mid() : null;
  }

  /** The last messages, usually between replicas, of those that the evidence names. */
  private List<RepeatedMessages> between(List<Event> focus, Set<SentMessage> shown, int most) {
    int until = lastPosition(firstFailureOnly(focus));
    if (until < 0) {
      return List.of();
    }
    Event end = trace.events().get(until);
    Set<Id> involved = involved(focus, end);
    Map<String, RepeatedMessages> byKind = new LinkedHashMap<>();
    int seen = 0;
    for (int i = log.all().size() - 1; i >= 0 && seen < MAX_LOOKBACK; i--) {
      SentMessage message = log.all().get(i);
      if (message.position() > until
          || shown.contains(message)
          || !isBetweenReplicas(message) && !mayComeFromClients(end)
          || involved.stream().noneMatch(message::concerns)) {
        continue;
      }
      seen++;
      String kind = RepeatedMessages.kind(message);
      RepeatedMessages alike = byKind.get(kind);
      if (alike != null) {
        alike.add(message);
      } else if (byKind.size() < most) {
        byKind.put(kind, new RepeatedMessages(message));
      } else {
        break;
      }
    }
    return List.copyOf(byKind.values());
  }

  private boolean isBetweenReplicas(SentMessage message) {
    return log.replicas().contains(message.from())
        && (message.to().isBroadcast() || log.replicas().contains(message.to()));
  }

  /** Keeps only the first event of replicas that exited or sent a malformed message. */
  private static List<Event> firstFailureOnly(List<Event> events) {
    return events.stream()
        .filter(LastMessages::mayComeFromClients)
        .min(Comparator.comparingLong(Event::atMicros))
        .map(List::of)
        .orElse(events);
  }

  /** Whether a client's request may have caused this. */
  private static boolean mayComeFromClients(Event end) {
    return end instanceof Event.Exited || end instanceof Event.Malformed;
  }

  private boolean isAnswer(Event event) {
    return event instanceof Event.Answered
        || event instanceof Event.Sent sent && !log.replicas().contains(sent.to());
  }

  /** The replica that caused the last event, if there is one; else all that the events name. */
  private Set<Id> involved(List<Event> events, Event end) {
    Set<Id> involved = new TreeSet<>();
    boolean ofOne = isAnswer(end) || mayComeFromClients(end);
    for (Event event : ofOne ? List.of(end) : events) {
      involved.addAll(replicas(event));
    }
    involved.retainAll(log.replicas());
    return involved;
  }

  private static List<Id> replicas(Event event) {
    if (event instanceof Event.Sent sent) {
      return List.of(sent.from(), sent.to());
    } else if (event instanceof Event.Answered answer) {
      return List.of(answer.replica());
    } else if (event instanceof Event.Requested request) {
      return List.of(request.replica());
    } else if (event instanceof Event.Reported report) {
      return List.of(report.replica());
    } else if (event instanceof Event.Malformed bad) {
      return List.of(bad.replica());
    } else if (event instanceof Event.Exited exited) {
      return List.of(exited.replica());
    } else if (event instanceof Event.Crashed crashed) {
      return List.of(crashed.replica());
    } else if (event instanceof Event.LeaderKnown known) {
      return List.of(known.leader());
    }
    return List.of();
  }
}
