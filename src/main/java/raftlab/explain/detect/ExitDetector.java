package raftlab.explain.detect;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import raftlab.dialect.RaftMessageView.AppendReply;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Handles unexpected exits: the last message that the replica received, and its output. */
public final class ExitDetector implements Detector {
  private final Suspicions suspicions;
  private final Map<Id, InFlightMessage> last = new HashMap<>();

  ExitDetector(Suspicions suspicions) {
    this.suspicions = suspicions;
  }

  /** Whether a replica printed one of these words at its end, in any case. */
  public static boolean printed(Event.Exited exited, String... words) {
    for (String line : exited.lastWords()) {
      String small = line.toLowerCase(Locale.ROOT);
      for (String word : words) {
        if (small.contains(word)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    last.put(to.id(), message);
  }

  @Override
  public void exited(ReplicaView replica, Event.Exited event) {
    InFlightMessage message = last.get(replica.id());
    if (message != null
        && message.content() instanceof AppendReply reply
        && !reply.success()
        && printed(event, "index -", "index: -", "out of bounds", "out of range", "outofbounds")) {
      suspicions.probable(
          KnownMistake.NEXT_INDEX_BELOW_ONE,
          event.atMicros(),
          Evidence.of(message.sent(), event),
          "leader %s ended with an index out of the bounds of its log, after %s had rejected its"
              + " entries",
          replica.id(),
          message.from());
    }
  }
}
