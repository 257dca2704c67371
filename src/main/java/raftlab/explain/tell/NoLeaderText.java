package raftlab.explain.tell;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.PrintableText;

/** Why no leader was elected, by the messages of replicas in that time. */
final class NoLeaderText {
  /** A "live_leader" failure is found after this time at most. */
  private static final long LONGEST_MICROS = 10_000_000;

  private final Set<Id> senders = new TreeSet<>();
  private final Set<Id> claimants = new LinkedHashSet<>();
  private final Map<String, Integer> types = new HashMap<>();
  private final Map<String, Set<Id>> sendersOf = new HashMap<>();
  private final Map<Id, Long> lastClaim = new HashMap<>();
  private long beganMicros;

  private NoLeaderText() {}

  /** What was seen before a "live_leader" failure. */
  static Symptom noLeader(Trace trace, List<Event> evidence) {
    long from = evidence.stream().mapToLong(Event::atMicros).max().orElse(0);
    return noLeader(trace, from, from + LONGEST_MICROS);
  }

  /** What was seen in this time. */
  static Symptom noLeader(Trace trace, long fromMicros, long toMicros) {
    return between(trace, fromMicros, toMicros).symptom();
  }

  private static NoLeaderText between(Trace trace, long fromMicros, long toMicros) {
    Set<Id> clients = new HashSet<>(trace.header().clients());
    NoLeaderText all = new NoLeaderText();
    for (Event event : trace.events()) {
      if (event instanceof Event.Began began) {
        all.beganMicros = began.atMicros();
      }
      if (event.atMicros() >= fromMicros
          && event.atMicros() <= toMicros
          && event instanceof Event.Sent sent
          && !clients.contains(sent.from())
          && !clients.contains(sent.to())) {
        all.take(sent);
      }
    }
    return all;
  }

  private void take(Event.Sent sent) {
    String type = sent.message().type();
    senders.add(sent.from());
    types.merge(type, 1, Integer::sum);
    sendersOf.computeIfAbsent(type, t -> new HashSet<>()).add(sent.from());
    if (sent.message().leader().equals(sent.from())) {
      claimants.add(sent.from());
      lastClaim.put(sent.from(), sent.atMicros());
    }
  }

  private Symptom symptom() {
    if (senders.isEmpty()) {
      return Symptom.observed(
          "No replica sent another a message in this time: do the election timers run? A replica"
              + " that waits for messages without a timeout checks its timer only when one arrives.");
    }
    if (claimants.size() > 1) {
      return Symptom.observed(capital(RefusalText.names(claimants)) + " claimed to lead in turn.")
          .withUsualCauses(
              "the heartbeat interval is longer than the shortest election timeout",
              "heartbeats do not reset the timer",
              "election timeouts are not random");
    }
    if (claimants.size() == 1) {
      Id one = claimants.iterator().next();
      return Symptom.observed(
          String.format(
              Locale.ROOT,
              "Replica %s alone claimed to lead, last at %.3f s, but its messages did not reach a"
                  + " majority again: a leader must keep sending heartbeats to all replicas.",
              one,
              (Objects.requireNonNull(lastClaim.get(one), "each claimant has one") - beganMicros)
                  / 1e6));
    }
    Map.Entry<String, Integer> most =
        types.entrySet().stream().max(Map.Entry.comparingByValue()).get();
    String top = most.getKey();
    int messages = types.values().stream().mapToInt(Integer::intValue).sum();
    String facts =
        String.format(
            Locale.ROOT,
            "%s sent %,d messages, most of them (%,d) of type \"%s\" by %d of them; no message named"
                + " its sender in \"leader\".",
            capital(RefusalText.names(senders)),
            messages,
            most.getValue(),
            PrintableText.of(top, 40),
            Objects.requireNonNull(sendersOf.get(top), "each type has some").size());
    if (types.size() == 1) {
      return Symptom.observed(
          facts + " No message of another type answered these: are they received and answered?");
    }
    return Symptom.observed(facts)
        .withUsualCauses(
            "split votes, because election timeouts are not random or are too short",
            "a wrong majority",
            "an elected leader does not set \"leader\" to its own ID");
  }

  static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
