package raftlab.raft;

import raftlab.node.StateChange.Role;
import raftlab.raft.RaftMessage.RequestVote;
import raftlab.raft.RaftMessage.VoteReply;
import raftlab.wire.Id;

/**
 * Leader election (§5.2): when an election starts, who is asked for votes, and who has won.
 *
 * <p>A follower whose election timeout elapses first asks for pre-votes (PreVote, dissertation
 * §9.6): would a majority vote for it? Only then it begins a new term and becomes a candidate. So a
 * server that can't win, because the others have a leader or its log is too old, doesn't disturb
 * the cluster.
 *
 * <p>Requests may be lost. Voters that haven't answered are asked again after {@code
 * vote-retransmit}, then after twice that time, and so on. Voters that refused a pre-vote are asked
 * again as well, because their election timeouts may have elapsed meanwhile. A server that fewer
 * than a majority answer is probably partitioned: it can't win, and asks less often.
 */
final class Election {
  /** A partitioned server doubles its timeout with each attempt, this often at most. */
  private static final int MAX_DOUBLINGS = 2;

  private final Replica replica;
  private final LeaderLease lease;
  private final Runnable onElected;
  private final Timer electionTimer;
  private final Timer retransmitTimer;

  // The current attempt to collect votes or pre-votes, by the slots of Peers.
  private boolean[] granted = {};
  private boolean[] answered = {};
  private int votes;
  private boolean isTransfer;

  /** After a restart the first attempt gets a random number up to this one. */
  private static final int MAX_FIRST_ROUND = 1 << 30;

  /** The number of the attempt in its term; a reply repeats both. */
  private long round;

  private long roundTerm;
  private long retransmitInterval;

  /** How many attempts in a row less than a majority has answered, up to MAX_DOUBLINGS. */
  private int attemptsWithoutMajority;

  private boolean hasReceivedFromLeader;
  private long receivedFromLeaderAt;

  /**
   * @param lease of this replica when it is leader
   * @param onElected is run as soon as the replica is leader
   */
  Election(Replica replica, LeaderLease lease, Runnable onElected) {
    this.replica = replica;
    this.lease = lease;
    this.onElected = onElected;
    electionTimer = new Timer(replica.host, "election");
    retransmitTimer = new Timer(replica.host, "votes");
  }

  String electionTimer() {
    return electionTimer.name();
  }

  String retransmitTimer() {
    return retransmitTimer.name();
  }

  /**
   * Starts the first election timeout. It is short for a replica that never ran before. After a
   * restart the replica may have answered a leader just before the crash. That leader's lease
   * relies on the answer, so the replica waits as if the message had arrived now. It may also have
   * asked for pre-votes in its term, and doesn't know the numbers of those attempts any more.
   */
  void start(boolean neverRan) {
    if (neverRan) {
      startTimer(Setting.FIRST_TIMEOUT_MIN, Setting.FIRST_TIMEOUT_MAX, 1);
    } else {
      receivedFromLeader();
      roundTerm = replica.currentTerm();
      round = replica.host.random().nextInt(MAX_FIRST_ROUND);
    }
  }

  /**
   * A message has arrived that only the leader of the current term sends. Returns whether the
   * sender is accepted as that leader: a term has one leader (§5.2), so a second one is not.
   */
  boolean followLeader(Id sender) {
    Id leader = replica.roles.leader();
    boolean isAnotherLeader = leader != null && !leader.equals(sender);
    if (isAnotherLeader) {
      return false;
    }
    // Figure 2, Candidates 3: "If AppendEntries RPC received from new leader: convert to follower"
    replica.roles.becomeFollowerOf(sender);
    receivedFromLeader();
    return true;
  }

  private void receivedFromLeader() {
    hasReceivedFromLeader = true;
    receivedFromLeaderAt = replica.now();
    attemptsWithoutMajority = 0;
    retransmitTimer.cancel();
    resetElectionTimer();
  }

  /**
   * Whether there is a current leader, so that votes are refused. Dissertation §4.2.3: "if a server
   * receives a RequestVote request within the minimum election timeout of hearing from a current
   * leader, it does not update its term or grant its vote". A leader counts as such a server while
   * a majority answers it. Leases rely on this (dissertation §6.4.1).
   */
  boolean hasCurrentLeader() {
    return replica.roles.isLeader() ? lease.refusesVotes() : hasReceivedFromLeaderRecently();
  }

  private boolean hasReceivedFromLeaderRecently() {
    return hasReceivedFromLeader
        && replica.now() - receivedFromLeaderAt
            < replica.settings.get(Setting.ELECTION_TIMEOUT_MIN);
  }

  /**
   * Starts a new election timeout. §5.2: "Raft uses randomized election timeouts to ensure that
   * split votes are rare".
   */
  void resetElectionTimer() {
    startTimer(Setting.ELECTION_TIMEOUT_MIN, Setting.ELECTION_TIMEOUT_MAX, 1);
  }

  /** A random time between these settings, multiplied by a factor. */
  private void startTimer(Setting min, Setting max, double factor) {
    int minMillis = (int) (replica.settings.get(min) * factor);
    int maxMillis = Math.max(minMillis + 1, (int) (replica.settings.get(max) * factor));
    long now = replica.now();
    electionTimer.setAt(now, now + replica.host.random().nextInt(minMillis, maxMillis));
  }

  /** After any event: a leader has no election timeout, and all others have one. */
  void updateTimers() {
    if (replica.roles.isLeader()) {
      electionTimer.cancel();
    } else if (!electionTimer.isSet()) {
      resetElectionTimer();
    }
    if (retransmitTimer.isSet() && !isCollectingVotes()) {
      retransmitTimer.cancel();
    }
  }

  private boolean isCollectingVotes() {
    Role role = replica.roles.role();
    return role == Role.CANDIDATE || role == Role.PRE_CANDIDATE;
  }

  /** Whether fewer than a majority have answered, with or without their votes. */
  private boolean isPartitioned() {
    int replies = 0;
    for (boolean answer : answered) {
      replies += answer ? 1 : 0;
    }
    return replies < replica.peers.otherVotesForMajority();
  }

  /** The timer of the election timeout has expired. */
  void onElectionTimeout() {
    if (!electionTimer.hasExpired() || replica.roles.isLeader() || !mayStartElection()) {
      return;
    }
    attemptsWithoutMajority =
        isCollectingVotes() && isPartitioned()
            ? Math.min(attemptsWithoutMajority + 1, MAX_DOUBLINGS)
            : 0;
    // Figure 2, Followers 2: "If election timeout elapses without receiving AppendEntries RPC from
    // current leader or granting vote to candidate: convert to candidate"
    // Figure 2, Candidates 4: "If election timeout elapses: start new election"
    if (replica.settings.is(Setting.PRE_VOTE)) {
      preVote();
    } else {
      startElection(false);
    }
  }

  /**
   * Dissertation §9.6: "a candidate only increments its term if it first learns from a majority of
   * the cluster that they would be willing to grant the candidate their votes".
   */
  private void preVote() {
    replica.roles.becomePreCandidate();
    requestVotes();
  }

  /**
   * Only voters start elections. A server that was removed may have to, until its removal is
   * committed, since no other may have an up-to-date log (dissertation §4.2.2). A learner never has
   * to: it is no voter yet.
   */
  private boolean mayStartElection() {
    return replica.membership.mayBeVoter(replica.peers.self(), replica.commitState.commitIndex());
  }

  /** The leader asks this replica to start an election at once (dissertation §3.10). */
  void onTimeoutNow() {
    if (replica.roles.role() == Role.FOLLOWER && mayStartElection()) {
      startElection(true);
    }
  }

  private void startElection(boolean leaderWantsIt) {
    isTransfer = leaderWantsIt;
    if (replica.currentTerm() >= MessageCodec.MAX_NUMBER) {
      return; // no message can carry a later term
    }
    // Figure 2, Candidates 1: "On conversion to candidate, start election: Increment currentTerm;
    // Vote for self; Reset election timer; Send RequestVote RPCs to all other servers"
    replica.roles.becomeCandidate();
    requestVotes();
  }

  /**
   * Starts to collect votes or pre-votes. The election timer is reset to half of an election
   * timeout: it waits for replies that are under way, not for a leader. A partitioned server waits
   * longer.
   */
  private void requestVotes() {
    granted = new boolean[replica.peers.count()];
    answered = new boolean[replica.peers.count()];
    votes = 0;
    round = roundTerm == replica.currentTerm() ? round + 1 : 1;
    roundTerm = replica.currentTerm();
    int factor = 1 << attemptsWithoutMajority;
    startTimer(Setting.ELECTION_TIMEOUT_MIN, Setting.ELECTION_TIMEOUT_MAX, 0.5 * factor);
    retransmitInterval = (long) replica.settings.get(Setting.VOTE_RETRANSMIT) * factor * factor;
    if (!checkMajority()) {
      sendRequests();
    }
  }

  private void sendRequests() {
    boolean preVote = replica.roles.role() == Role.PRE_CANDIDATE;
    RequestVote request =
        new RequestVote(
            replica.currentTerm(),
            preVote,
            isTransfer && !preVote,
            replica.log.lastIndex(),
            replica.log.lastTerm(),
            round);
    for (int slot = 0; slot < granted.length; slot++) {
      boolean isOpen = preVote ? !granted[slot] : !answered[slot];
      if (isOpen && replica.peers.isVoter(slot)) {
        replica.send(replica.peers.id(slot), request);
      }
    }
    long now = replica.now();
    retransmitTimer.setAt(now, now + retransmitInterval);
    retransmitInterval *= 2;
  }

  /** The timer for asking again has expired. */
  void onRetransmitTimeout() {
    if (retransmitTimer.hasExpired() && isCollectingVotes()) {
      sendRequests();
    }
  }

  /** A reply of the current term or an earlier one. */
  void handleReply(Id voter, VoteReply reply) {
    Role requestedAs = reply.preVote() ? Role.PRE_CANDIDATE : Role.CANDIDATE;
    if (replica.roles.role() != requestedAs) {
      return;
    }
    if (reply.requestTerm() != replica.currentTerm() || reply.round() != round) {
      return; // the reply to an earlier attempt
    }
    int slot = replica.peers.slotOf(voter);
    if (slot < 0 || !replica.peers.isVoter(slot)) {
      return;
    }
    answered[slot] = true;
    // A refusal may have an earlier term: a voter with a current leader doesn't adopt ours.
    if (reply.granted() && reply.term() == replica.currentTerm() && !granted[slot]) {
      granted[slot] = true;
      votes++;
      checkMajority();
    }
  }

  /** Takes the next step if a majority has granted its votes. Returns whether it has. */
  private boolean checkMajority() {
    if (votes < replica.peers.otherVotesForMajority()) {
      return false;
    }
    if (replica.roles.role() == Role.PRE_CANDIDATE) {
      startElection(false);
    } else {
      // Figure 2, Candidates 2: "If votes received from majority of servers: become leader"
      retransmitTimer.cancel();
      attemptsWithoutMajority = 0;
      replica.roles.becomeLeader();
      onElected.run();
    }
    return true;
  }
}
