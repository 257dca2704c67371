package raftlab.explain.tell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.PrintableText;

/** The most frequent messages between replicas in a part of a run, and why they were sent. */
final class MessageFlood {
  /** By default only the end of the run is counted. */
  private static final long WINDOW_MICROS = 2_000_000;

  /** A message sent within this time after one from its receiver counts as an answer. */
  private static final long ANSWER_MICROS = 2_000;

  /** A loop that sends on each pass sends more often than this. */
  private static final long TIMER_MICROS = 20_000;

  private record Type(Id from, String name) {}

  private record Link(Id from, Id to, String name) {}

  private static final class Count {
    private int messages;
    private int answers;
  }

  private final Map<String, Count> types = new HashMap<>();
  private final Map<Type, Integer> senders = new HashMap<>();
  private final Map<Link, Long> previous = new HashMap<>();
  private final Map<Type, List<Long>> gaps = new HashMap<>();
  private final long fromMicros;
  private final long toMicros;
  private int messages;
  private int requests;

  private MessageFlood(long fromMicros, long toMicros) {
    this.fromMicros = fromMicros;
    this.toMicros = toMicros;
  }

  /** Counts from the first of these events to the last; by default in the last seconds. */
  static MessageFlood of(Trace trace, List<Event> bounds) {
    List<Event> events = trace.events();
    long last = bounds.isEmpty() ? events.get(events.size() - 1).atMicros() : at(bounds, true);
    long first = bounds.isEmpty() ? began(trace) : at(bounds, false);
    MessageFlood flood = new MessageFlood(Math.max(first, last - WINDOW_MICROS), last);
    flood.count(trace);
    return flood;
  }

  private static long began(Trace trace) {
    for (Event event : trace.events()) {
      if (event instanceof Event.Began) {
        return event.atMicros();
      }
    }
    return 0;
  }

  private static long at(List<Event> bounds, boolean isLast) {
    Comparator<Event> byTime = Comparator.comparingLong(Event::atMicros);
    Event event = isLast ? bounds.stream().max(byTime).get() : bounds.stream().min(byTime).get();
    return event.atMicros();
  }

  private void count(Trace trace) {
    Set<Id> clients = new HashSet<>(trace.header().clients());
    Map<Long, Event.Sent> underWay = new HashMap<>();
    Map<Id, Map<Id, Long>> cameFrom = new HashMap<>();
    for (Event event : trace.events()) {
      boolean counts = event.atMicros() >= fromMicros && event.atMicros() <= toMicros;
      if (event instanceof Event.Sent sent) {
        if (!clients.contains(sent.from()) && !clients.contains(sent.to())) {
          underWay.put(sent.number(), sent);
          if (counts) {
            Long came = cameFrom.getOrDefault(sent.from(), Map.of()).get(sent.to());
            take(sent, came != null && sent.atMicros() - came <= ANSWER_MICROS);
          }
        }
      } else if (event instanceof Event.Delivered delivered) {
        Event.Sent sent = underWay.remove(delivered.number());
        if (sent != null) {
          cameFrom
              .computeIfAbsent(sent.to(), id -> new HashMap<>())
              .put(sent.from(), delivered.atMicros());
        }
      } else if (event instanceof Event.Dropped dropped) {
        underWay.remove(dropped.number());
      } else if (counts
          && event instanceof Event.Requested request
          && !request.isAdministration()) {
        requests++;
      }
    }
  }

  private void take(Event.Sent sent, boolean answers) {
    String name = sent.message().type();
    Type type = new Type(sent.from(), name);
    Count count = types.computeIfAbsent(name, n -> new Count());
    messages++;
    count.messages++;
    count.answers += answers ? 1 : 0;
    senders.merge(type, 1, Integer::sum);
    Long before = previous.put(new Link(sent.from(), sent.to(), name), sent.atMicros());
    if (before != null) {
      gaps.computeIfAbsent(type, t -> new ArrayList<>()).add(sent.atMicros() - before);
    }
  }

  /** How many messages there were. */
  int messages() {
    return messages;
  }

  /** The facts, and the cause if one fits. */
  Symptom symptom() {
    if (messages == 0) {
      return Symptom.observed("No replica sent another a message in the last seconds.");
    }
    Map.Entry<Type, Integer> most =
        senders.entrySet().stream().max(Map.Entry.comparingByValue()).get();
    Type top = most.getKey();
    double seconds = Math.max(1, toMicros - fromMicros) / 1e6;
    String facts =
        String.format(
            Locale.ROOT,
            "In the last %.1f s replica %s sent most: %,d messages of type %s, %,.0f per second, of"
                + " %,d messages of all replicas, while clients made %,d %s. ",
            seconds,
            top.from,
            most.getValue(),
            name(top.name),
            most.getValue() / seconds,
            messages,
            requests,
            requests == 1 ? "request" : "requests");
    String cause = cause(top);
    return cause.isEmpty()
        ? Symptom.observed(facts)
            .withUsualCauses(
                "a message is sent again before its answer can arrive",
                "the leader sends its whole log to all replicas for each request")
        : Symptom.observed(facts + cause);
  }

  /** Returns the cause that fits the numbers; empty for none. */
  private String cause(Type top) {
    List<String> answering =
        types.entrySet().stream()
            .filter(each -> 10 * each.getValue().messages >= messages)
            .filter(each -> 10 * each.getValue().answers >= 9 * each.getValue().messages)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    long frequent = types.values().stream().filter(each -> 10 * each.messages >= messages).count();
    long gap = gap(top);
    if (!answering.isEmpty() && answering.size() == frequent) {
      return "Nearly every "
          + String.join(" and every ", answering.stream().map(MessageFlood::name).toList())
          + " was sent right after a message from its receiver: an answer is answered.";
    } else if (requests == 0 && gap < TIMER_MICROS) {
      return String.format(
          Locale.ROOT,
          "There were no requests, and it sent %s to each replica every %.1f ms: the loop sends on each"
              + " pass, or for each message that arrives, instead of by a timer.",
          name(top.name),
          gap / 1e3);
    } else if (requests == 0) {
      return String.format(
          Locale.ROOT,
          "There were no requests, and it sent %s to each replica every %d ms: send heartbeats less"
              + " often, but several within the shortest election timeout.",
          name(top.name),
          gap / 1000);
    }
    return "";
  }

  private long gap(Type type) {
    List<Long> sorted = new ArrayList<>(gaps.getOrDefault(type, List.of()));
    sorted.sort(null);
    return sorted.isEmpty() ? Long.MAX_VALUE / 2 : sorted.get(sorted.size() / 2);
  }

  private static String name(String type) {
    return "\"" + PrintableText.of(type, 40) + "\"";
  }
}
