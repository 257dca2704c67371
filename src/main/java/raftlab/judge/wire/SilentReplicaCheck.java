package raftlab.judge.wire;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import raftlab.judge.invariant.FirstViolations;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * Finds replicas that stopped sending though they were neither killed nor paused: they hang, have
 * stopped, or send to a wrong address. A cluster works without a minority, so this is only a
 * remark.
 */
final class SilentReplicaCheck {
  /** A follower without messages for this long must start an election or a pre-vote. */
  private static final long MIN_SILENCE_MICROS = 3_000_000;

  private final FirstViolations findings;

  /** When each running replica last sent a message. */
  private final Map<Id, Long> lastSentMicros = new TreeMap<>();

  private long lastMicros;

  SilentReplicaCheck(FirstViolations findings) {
    this.findings = findings;
  }

  void replicaStarted(Id replica, long micros) {
    lastSentMicros.put(replica, micros);
  }

  /** Notes that a replica may be silent from now on: it is down, paused, or to be removed. */
  void mayBeSilent(Id replica) {
    lastSentMicros.remove(replica);
  }

  void sent(Id replica, long micros) {
    lastMicros = micros;
    lastSentMicros.computeIfPresent(replica, (id, before) -> micros);
  }

  /** Adds the remarks, unless all replicas were silent because the cluster or the run had ended. */
  void remarks(Event.Ended ended) {
    if (ended.atMicros() - lastMicros > MIN_SILENCE_MICROS) {
      return;
    }
    lastSentMicros.forEach(
        (replica, last) -> {
          if (ended.atMicros() - last > MIN_SILENCE_MICROS) {
            findings.remark(
                String.format(
                    Locale.ROOT,
                    "replica %s was up, and sent no message in the last %.1f s of the run",
                    replica,
                    (ended.atMicros() - last) / 1e6));
          }
        });
  }
}
