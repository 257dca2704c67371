package raftlab.explain.detect;

import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.trace.Event;

/** A message must fit into a datagram. */
final class OversizedMessageDetector implements Detector {
  private final Suspicions suspicions;

  OversizedMessageDetector(Suspicions suspicions) {
    this.suspicions = suspicions;
  }

  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    if (!message.sent().message().fitsDatagram()) {
      suspicions.proven(
          KnownMistake.MESSAGE_TOO_LARGE,
          message.atMicros(),
          Evidence.of(message.sent()),
          "replica %s sent a message of %d bytes",
          from.id(),
          (long) message.sent().message().bytes().length);
    }
  }

  @Override
  public void exited(ReplicaView replica, Event.Exited event) {
    if (ExitDetector.printed(event, "fit into a datagram", "message too long", "emsgsize")) {
      suspicions.proven(
          KnownMistake.MESSAGE_TOO_LARGE,
          event.atMicros(),
          Evidence.of(event),
          "replica %s ended over a message that is too large",
          replica.id());
    }
  }
}
