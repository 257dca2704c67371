package raftlab.run.concrete;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * Counts the messages of each link as the concrete scenario's network will count them; clients have
 * other IDs there.
 */
final class LinkMessageCounter {
  /**
   * A message's number on its link.
   *
   * @param nth counted over the whole run, from 1
   * @param nthSinceStart counted from the scenario's start, from 1; 0 before it
   */
  record LinkPosition(Id from, Id to, long nth, long nthSinceStart) {}

  private static final class LinkCounts {
    private long all;
    private long sinceStart;
  }

  private final Map<Id, Id> renamed;
  private final int firstClient;
  private final Map<String, LinkCounts> counts = new HashMap<>();
  private final Map<Long, LinkPosition> positions = new HashMap<>();

  /**
   * Starts at zero.
   *
   * @param renamed the new IDs of clients and the operator, by their old ones
   * @param firstClient the number of the first of the new IDs
   */
  LinkMessageCounter(Map<Id, Id> renamed, int firstClient) {
    this.renamed = Map.copyOf(renamed);
    this.firstClient = firstClient;
  }

  /** Counts a message; {@code started} is whether the scenario's time has begun. */
  LinkPosition count(Event.Sent sent, boolean started) {
    Id from = renamed(sent.from());
    Id to = renamed(sent.to());
    LinkCounts count = counts.computeIfAbsent(from + " " + to, link -> new LinkCounts());
    count.all++;
    count.sinceStart += started ? 1 : 0;
    LinkPosition place = new LinkPosition(from, to, count.all, count.sinceStart);
    positions.put(sent.number(), place);
    return place;
  }

  /** Returns the place of a message; null if it wasn't counted. */
  @Nullable LinkPosition of(long number) {
    return positions.get(number);
  }

  /** Whether the message goes from replica to replica. */
  boolean isBetweenReplicas(LinkPosition place) {
    return !isOutside(place.from()) && !isOutside(place.to());
  }

  private boolean isOutside(Id id) {
    return id.value() >= firstClient;
  }

  private Id renamed(Id id) {
    return renamed.getOrDefault(id, id);
  }
}
