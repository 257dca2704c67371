package raftlab.raft;

import raftlab.raft.RaftMessage.RequestVote;
import raftlab.raft.RaftMessage.VoteReply;
import raftlab.wire.Id;

/** Answers those who ask for a vote (RequestVote RPC, Figure 2). */
final class RequestVoteHandler {
  private final Replica replica;
  private final Election election;
  private final Leader leader;

  RequestVoteHandler(Replica replica, Election election, Leader leader) {
    this.replica = replica;
    this.election = election;
    this.leader = leader;
  }

  /**
   * Grants or refuses. Whoever hears a leader well refuses, and doesn't even adopt the candidate's
   * term (dissertation §4.2.3): otherwise a replica that was cut off could depose a good leader;
   * and the leader's lease rests on it. Unless it is the leader's own wish (dissertation §3.10).
   *
   * <p>Whether the candidate is a member doesn't matter here: a replica may not have heard yet that
   * it is (dissertation §4.1).
   */
  void handle(Id candidate, RequestVote request) {
    if (hasCurrentLeader() && !request.transfer()) {
      reply(candidate, request, false);
      return;
    }
    if (request.term() > replica.currentTerm()) {
      replica.roles.adoptTerm(request.term());
    }
    boolean isEligible =
        request.term() == replica.currentTerm()
            && replica.log.isUpToDate(request.lastLogIndex(), request.lastLogTerm());
    if (request.preVote()) {
      // Nothing is promised: the same answer may be given to others.
      reply(candidate, request, isEligible);
      return;
    }
    boolean granted = isEligible && replica.termAndVote.mayVoteFor(candidate);
    if (granted) {
      replica.termAndVote.voteFor(candidate);
      election.resetElectionTimer(); // it is likely to win: don't compete (§5.2)
    }
    reply(candidate, request, granted);
  }

  private boolean hasCurrentLeader() {
    return replica.roles.isLeader()
        ? leader.followers().millisSinceQuorum()
            < replica.settings.get(Setting.ELECTION_TIMEOUT_MIN)
        : election.hasRecentLeader();
  }

  private void reply(Id candidate, RequestVote request, boolean granted) {
    replica.send(
        candidate,
        new VoteReply(
            replica.currentTerm(), request.preVote(), granted, request.term(), request.round()));
  }
}
