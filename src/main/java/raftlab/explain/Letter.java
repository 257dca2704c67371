package raftlab.explain;

import raftlab.trace.Event;
import raftlab.wire.Id;

/** A message from replica to replica on its way, and what it says. */
record Letter(Event.Sent sent, Said said) {
  Id from() {
    return sent.from();
  }

  Id to() {
    return sent.to();
  }
}
