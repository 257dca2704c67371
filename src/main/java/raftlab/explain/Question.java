package raftlab.explain;

import raftlab.trace.Event;
import raftlab.wire.Message;

/** A client's request, and how things stood when it reached the replica. */
final class Question {
  final Event.Requested request;
  boolean isAnswered;
  boolean hasArrived;
  long arrivedMicros;

  /** The latest term of which a leader had been reported by then. */
  long ledTerm;

  /** How often the replica had lost the lead by then. */
  int depositions;

  Question(Event.Requested request) {
    this.request = request;
  }

  void arrived(long atMicros, long latestLedTerm, int itsDepositions) {
    if (!hasArrived) {
      hasArrived = true;
      arrivedMicros = atMicros;
      ledTerm = latestLedTerm;
      depositions = itsDepositions;
    }
  }

  boolean isRead() {
    return request.type().equals(Message.GET);
  }
}
