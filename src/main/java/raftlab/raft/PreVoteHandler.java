package raftlab.raft;

import raftlab.raft.RaftMessage.RequestVote;
import raftlab.raft.RaftMessage.VoteReply;
import raftlab.wire.Id;

/**
 * Answers PreVote (dissertation §9.6): would this server grant its vote? The answer changes neither
 * votedFor nor the election timer, so several candidates may get it in the same term.
 */
final class PreVoteHandler {
  private final Replica replica;
  private final Election election;

  PreVoteHandler(Replica replica, Election election) {
    this.replica = replica;
    this.election = election;
  }

  /** Answers a request whose term is the sender's current one, not the one that it would begin. */
  void handle(Id candidate, RequestVote request) {
    if (election.hasCurrentLeader()) {
      reply(candidate, request, false);
      return;
    }
    // Figure 2, All Servers 2: "If RPC request or response contains term T > currentTerm: set
    // currentTerm = T, convert to follower"
    if (request.term() > replica.currentTerm()) {
      replica.roles.adoptTerm(request.term());
    }
    boolean isEligible =
        request.term() == replica.currentTerm()
            && replica.log.isUpToDate(request.lastLogIndex(), request.lastLogTerm());
    reply(candidate, request, isEligible);
  }

  private void reply(Id candidate, RequestVote request, boolean granted) {
    replica.send(
        candidate,
        new VoteReply(replica.currentTerm(), true, granted, request.term(), request.round()));
  }
}
