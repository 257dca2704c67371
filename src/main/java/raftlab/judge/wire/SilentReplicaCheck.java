package raftlab.judge.wire;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import raftlab.judge.invariant.FirstViolations;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * Who has fallen silent though nobody killed or stopped it: it hangs, has stopped itself, or sends
 * where nobody hears it. A cluster can do without a minority, so only a remark tells of it.
 */
final class SilentReplicaCheck {
  /** A follower that hears nothing for so long stands for election, or asks whether it could. */
  private static final long LONG_MICROS = 3_000_000;

  private final FirstViolations findings;

  /** When each replica that is up and may speak was last heard. */
  private final Map<Id, Long> heard = new TreeMap<>();

  private long lastMicros;

  SilentReplicaCheck(FirstViolations findings) {
    this.findings = findings;
  }

  void starts(Id replica, long micros) {
    heard.put(replica, micros);
  }

  /** A replica that may be silent from now on: it is down, or stopped, or asked to leave. */
  void mayBeSilent(Id replica) {
    heard.remove(replica);
  }

  void heard(Id replica, long micros) {
    lastMicros = micros;
    heard.computeIfPresent(replica, (id, before) -> micros);
  }

  /** Nothing is said of a run in which all fell silent: the cluster, or the run, was at its end. */
  void remarks(Event.Ended ended) {
    if (ended.atMicros() - lastMicros > LONG_MICROS) {
      return;
    }
    heard.forEach(
        (replica, last) -> {
          if (ended.atMicros() - last > LONG_MICROS) {
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
