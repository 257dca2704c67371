package raftlab.dialect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import raftlab.wire.Id;

/** Messages of one kind that a replica sends to several others at once. */
record Round(List<MessageSample> messages) {
  private static final long MAX_GAP_MICROS = 20_000;

  private record Sender(Id id, String kind) {}

  /** The sender. */
  Id from() {
    return first().from();
  }

  /** The first of them. */
  MessageSample first() {
    return messages.get(0);
  }

  /** Their kind. */
  String kind() {
    return first().kind();
  }

  /** When they were sent. */
  long atMicros() {
    return first().atMicros();
  }

  /** Whether they went to more than half of the other replicas. */
  boolean isToMost(int replicas) {
    return 2 * messages.size() > replicas - 1;
  }

  /** The messages of a run in rounds, by the time of their first message. */
  static List<Round> of(List<MessageSample> samples) {
    List<Round> rounds = new ArrayList<>();
    Map<Sender, Round> open = new HashMap<>();
    Map<Sender, Set<Id>> receivers = new HashMap<>();
    for (MessageSample sample : samples) {
      Sender sender = new Sender(sample.from(), sample.kind());
      Round round = open.get(sender);
      Set<Id> seen = receivers.computeIfAbsent(sender, each -> new HashSet<>());
      if (round == null
          || sample.atMicros() - round.atMicros() > MAX_GAP_MICROS
          || seen.contains(sample.to())) {
        round = new Round(new ArrayList<>());
        rounds.add(round);
        open.put(sender, round);
        seen.clear();
      }
      round.messages.add(sample);
      seen.add(sample.to());
    }
    return rounds;
  }
}
