package raftlab.raft;

import raftlab.raft.RaftMessage.TimeoutNow;
import raftlab.wire.Id;

/**
 * Answers TimeoutNow (dissertation §3.10): "the target server starts a new election". Only the
 * leader that this replica follows may ask for that.
 */
final class TimeoutNowHandler {
  private final Replica replica;
  private final Election election;

  TimeoutNowHandler(Replica replica, Election election) {
    this.replica = replica;
    this.election = election;
  }

  void handle(Id sender, TimeoutNow message) {
    if (message.term() == replica.currentTerm() && sender.equals(replica.roles.leader())) {
      election.onTimeoutNow();
    }
  }
}
