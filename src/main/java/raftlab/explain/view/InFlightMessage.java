package raftlab.explain.view;

import raftlab.dialect.RaftMessageView;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * A message between replicas, and its content in the paper's terms.
 *
 * @param hasTerm whether it has its sender's term; if not, the content's term was inferred
 */
public record InFlightMessage(Event.Sent sent, RaftMessageView content, boolean hasTerm) {
  /** The sender. */
  public Id from() {
    return sent.from();
  }

  /** The receiver. */
  public Id to() {
    return sent.to();
  }

  /** When it was sent. */
  public long atMicros() {
    return sent.atMicros();
  }
}
