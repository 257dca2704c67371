package raftlab.run.concrete;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/**
 * Compares the messages between replicas of two runs, link by link, in the order in which they were
 * sent.
 *
 * @param links each link that carried a message in either run
 * @param first the first message that is missing or of another type; null for none
 */
public record RunComparison(List<LinkComparison> links, @Nullable Difference first) {
  /**
   * A link in one direction.
   *
   * @param before its number of messages in the first run
   * @param after its number of messages in the second run
   * @param matching the number of equal types from the first message on
   */
  public record LinkComparison(Id from, Id to, int before, int after, int matching) {}

  /**
   * The first difference of two runs.
   *
   * @param atMicros its time, in the run that has the message earlier, since all replicas were
   *     ready
   * @param nth the message's number on its link, from 1
   * @param before its type in the first run; "" if it is missing there
   * @param after its type in the second run; "" if it is missing there
   */
  public record Difference(long atMicros, Id from, Id to, int nth, String before, String after) {}

  private record SentMessageType(long atMicros, String type) {}

  /** Copies the list. */
  public RunComparison {
    links = List.copyOf(links);
  }

  /** Compares two runs of replicas with the same IDs. */
  public static RunComparison of(Trace before, Trace after) {
    Map<String, List<SentMessageType>> first = byLink(before);
    Map<String, List<SentMessageType>> second = byLink(after);
    TreeMap<String, List<SentMessageType>> both = new TreeMap<>(first);
    second.forEach(both::putIfAbsent);
    List<LinkComparison> links = new ArrayList<>();
    Difference earliest = null;
    for (String link : both.keySet()) {
      Id from = Id.parse(link.substring(0, link.indexOf(' ')));
      Id to = Id.parse(link.substring(link.indexOf(' ') + 1));
      List<SentMessageType> old = first.getOrDefault(link, List.of());
      List<SentMessageType> now = second.getOrDefault(link, List.of());
      int alike = matching(old, now);
      links.add(new LinkComparison(from, to, old.size(), now.size(), alike));
      if (alike < Math.max(old.size(), now.size())) {
        Difference here =
            new Difference(
                Math.min(at(old, alike), at(now, alike)),
                from,
                to,
                alike + 1,
                type(old, alike),
                type(now, alike));
        earliest = earliest == null || here.atMicros < earliest.atMicros ? here : earliest;
      }
    }
    return new RunComparison(links, earliest);
  }

  /** Whether nothing differs. */
  public boolean isIdentical() {
    return first == null;
  }

  /** Returns how many messages are equal, on all links together. */
  public int matching() {
    return links.stream().mapToInt(LinkComparison::matching).sum();
  }

  /** Returns how many messages the first run had. */
  public int before() {
    return links.stream().mapToInt(LinkComparison::before).sum();
  }

  private static int matching(List<SentMessageType> old, List<SentMessageType> now) {
    int alike = 0;
    while (alike < old.size()
        && alike < now.size()
        && old.get(alike).type.equals(now.get(alike).type)) {
      alike++;
    }
    return alike;
  }

  private static long at(List<SentMessageType> messages, int index) {
    return index < messages.size() ? messages.get(index).atMicros : Long.MAX_VALUE;
  }

  private static String type(List<SentMessageType> messages, int index) {
    return index < messages.size() ? messages.get(index).type : "";
  }

  private static Map<String, List<SentMessageType>> byLink(Trace trace) {
    Map<String, List<SentMessageType>> links = new TreeMap<>();
    int firstClient = trace.header().clients().get(0).value();
    long began = 0;
    for (Event event : trace.events()) {
      if (event instanceof Event.Began now) {
        began = now.atMicros();
      } else if (event instanceof Event.Sent sent
          && sent.from().value() < firstClient
          && sent.to().value() < firstClient) {
        links
            .computeIfAbsent(sent.from() + " " + sent.to(), link -> new ArrayList<>())
            .add(new SentMessageType(sent.atMicros() - began, sent.message().type()));
      }
    }
    return links;
  }
}
