package raftlab.raft;

import raftlab.raft.RaftMessage.RequestVote;
import raftlab.raft.RaftMessage.VoteReply;
import raftlab.wire.Id;

/**
 * Answers RequestVote (receiver implementation, Figure 2). Figure 2, Followers 1: "Respond to RPCs
 * from candidates and leaders".
 */
final class RequestVoteHandler {
  private final Replica replica;
  private final Election election;

  RequestVoteHandler(Replica replica, Election election) {
    this.replica = replica;
    this.election = election;
  }

  /**
   * Grants or refuses the vote. It doesn't matter whether the candidate is a member: a server may
   * not have received that configuration yet (dissertation §4.1).
   */
  void handle(Id candidate, RequestVote request) {
    // Dissertation §3.10: RequestVote has a flag that the leader wants this election. Then the rule
    // of Election.hasCurrentLeader doesn't apply.
    if (election.hasCurrentLeader() && !request.transfer()) {
      reply(candidate, request, false);
      return;
    }
    // Figure 2, All Servers 2: "If RPC request or response contains term T > currentTerm: set
    // currentTerm = T, convert to follower"
    if (request.term() > replica.currentTerm()) {
      replica.roles.adoptTerm(request.term());
    }
    // Figure 2, RequestVote 1: "Reply false if term < currentTerm"
    boolean isEligible =
        request.term() == replica.currentTerm()
            && replica.log.isUpToDate(request.lastLogIndex(), request.lastLogTerm());
    // Figure 2, RequestVote 2: "If votedFor is null or candidateId, and candidate's log is at least
    // as up-to-date as receiver's log, grant vote"
    boolean granted = isEligible && replica.termAndVote.mayVoteFor(candidate);
    if (granted) {
      replica.termAndVote.voteFor(candidate);
      // Figure 2, Followers 2: "If election timeout elapses without receiving AppendEntries RPC
      // from current leader or granting vote to candidate: convert to candidate"
      election.resetElectionTimer();
    }
    reply(candidate, request, granted);
  }

  private void reply(Id candidate, RequestVote request, boolean granted) {
    replica.send(
        candidate,
        new VoteReply(
            replica.currentTerm(), request.preVote(), granted, request.term(), request.round()));
  }
}
