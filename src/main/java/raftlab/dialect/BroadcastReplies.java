package raftlab.dialect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import raftlab.wire.Id;

/**
 * Finds replies that go to all replicas, which look like requests: each round of them follows the
 * delivery of a request, and nearly each request that was delivered is followed by one.
 */
final class BroadcastReplies {
  private static final double MOSTLY = 0.8;
  private static final double OFTEN = 0.6;
  private static final int MIN_ROUNDS = 2;

  private final ReplicaMessages messages;
  private final Set<String> appends;
  private final Map<String, List<Round>> rounds = new TreeMap<>();
  private final Map<String, Map<Id, List<Long>>> deliveries = new HashMap<>();

  /**
   * Looks at kinds that go to most replicas.
   *
   * @param kinds those that may be replies, to each other or to appends
   */
  BroadcastReplies(ReplicaMessages messages, Collection<String> kinds, Set<String> appends) {
    this.messages = messages;
    this.appends = appends;
    for (String kind : kinds) {
      rounds.put(kind, Round.of(messages.of(kind)));
    }
  }

  /** The kinds that are replies. */
  Set<String> kinds() {
    Set<String> requests = new TreeSet<>(rounds.keySet());
    requests.addAll(appends);
    Set<String> replies = new TreeSet<>();
    for (String kind : rounds.keySet()) {
      for (String request : requests) {
        if (!kind.equals(request)
            && isReplyTo(kind, request)
            && (appends.contains(request) || !isReplyTo(request, kind))) {
          replies.add(kind);
        }
      }
    }
    return replies;
  }

  private boolean isReplyTo(String kind, String request) {
    Fit following = following(kind, request);
    long delivered = messages.of(request).stream().filter(MessageSample::isDelivered).count();
    return following.agreed() >= MIN_ROUNDS
        && following.share() >= MOSTLY
        && following.agreed() >= OFTEN * delivered;
  }

  /** How often a round of a kind follows the delivery of another kind, each delivery used once. */
  private Fit following(String kind, String request) {
    Fit fit = new Fit();
    Map<Id, Deque<Long>> open = new HashMap<>();
    deliveries(request).forEach((id, times) -> open.put(id, new ArrayDeque<>(times)));
    for (Round round : rounds.getOrDefault(kind, List.of())) {
      Deque<Long> times = open.getOrDefault(round.from(), new ArrayDeque<>());
      boolean isBefore = !times.isEmpty() && times.getFirst() <= round.atMicros();
      fit.add(isBefore);
      if (isBefore) {
        times.removeFirst();
      }
    }
    return fit;
  }

  /** When messages of a kind reached each replica, in order of time. */
  private Map<Id, List<Long>> deliveries(String kind) {
    return deliveries.computeIfAbsent(
        kind,
        each -> {
          Map<Id, List<Long>> byReplica = new HashMap<>();
          for (MessageSample sample : messages.of(each)) {
            if (sample.isDelivered()) {
              byReplica
                  .computeIfAbsent(sample.to(), id -> new ArrayList<>())
                  .add(sample.deliveredMicros());
            }
          }
          byReplica.values().forEach(times -> times.sort(null));
          return byReplica;
        });
  }
}
