package raftlab.raft;

import raftlab.node.StateChange.Role;
import raftlab.raft.RaftMessage.RequestVote;
import raftlab.raft.RaftMessage.VoteReply;
import raftlab.wire.Id;

/**
 * Leader election (§5.2): when to stand, whom to ask, and who has won.
 *
 * <p>A follower that hears from no leader for a random time first canvasses (PreVote, dissertation
 * §9.6): would a majority vote for it? Only then it begins a new term and stands. Somebody who
 * can't win, since others hear the leader well or its log is too old, so disturbs nobody.
 *
 * <p>Requests may be lost. Whoever hasn't answered is asked again after {@code voteRetransmit},
 * then after twice that time, and so on. In a canvass those who refused are asked again as well:
 * their patience with the leader may have ended meanwhile. A replica that fewer than a majority
 * answer is probably cut off: it can't win, and asks less and less.
 */
final class Election {
  /** One that is cut off waits twice as long after each attempt; it doubles so often at most. */
  private static final int MOST_DOUBLINGS = 2;

  private final Replica replica;
  private final Runnable onElected;
  private final Timer electionTimer;
  private final Timer retransmitTimer;

  // The present canvass or election, by Peers' places.
  private boolean[] granted = {};
  private boolean[] answered = {};
  private int votes;
  private boolean isTransfer;

  /** Its number in its term; an answer repeats both, and answers no other attempt. */
  private long round;

  private long roundTerm;
  private long retransmitInterval;

  /** How many attempts in a row too few have answered, up to {@link #MOST_DOUBLINGS}. */
  private int attemptsWithoutMajority;

  private boolean hasReceivedFromLeader;
  private long receivedFromLeaderAt;

  /**
   * @param onElected what to do as soon as the replica is leader
   */
  Election(Replica replica, Runnable onElected) {
    this.replica = replica;
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
   * Waits for the first time. A replica that has never run before can stand soon; after a restart
   * it may have answered a leader just before the crash, and must wait as if it had: that leader's
   * lease counts on it.
   */
  void start(boolean neverRan) {
    if (neverRan) {
      startTimer(Setting.FIRST_TIMEOUT_MIN, Setting.FIRST_TIMEOUT_MAX, 1);
    } else {
      receivedFromLeader();
    }
  }

  /** The leader of the current term has spoken: a new election timeout begins (§5.2). */
  void receivedFromLeader() {
    hasReceivedFromLeader = true;
    receivedFromLeaderAt = replica.now();
    attemptsWithoutMajority = 0;
    retransmitTimer.cancel();
    resetElectionTimer();
  }

  /**
   * Whether a leader spoke so recently that no vote may be given to anybody (dissertation §4.2.3,
   * §6.4.1).
   */
  boolean hasRecentLeader() {
    return hasReceivedFromLeader
        && replica.now() - receivedFromLeaderAt
            < replica.settings.get(Setting.ELECTION_TIMEOUT_MIN);
  }

  /**
   * A new election timeout begins, random so that replicas rarely stand at the same time (§5.2).
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

  /** After any event: whoever isn't leader must have a timeout to wait for, and a leader none. */
  void updateTimer() {
    if (replica.roles.isLeader()) {
      electionTimer.cancel();
    } else if (!electionTimer.isSet()) {
      resetElectionTimer();
    }
    if (retransmitTimer.isSet() && !isRunning()) {
      retransmitTimer.cancel();
    }
  }

  private boolean isRunning() {
    Role role = replica.roles.role();
    return role == Role.CANDIDATE || role == Role.PRE_CANDIDATE;
  }

  /** Whether fewer than a majority have answered at all. */
  private boolean lacksRepliesOfMajority() {
    int heard = 0;
    for (boolean answer : answered) {
      heard += answer ? 1 : 0;
    }
    return heard < replica.peers.otherVotesForMajority();
  }

  /** The timer of the election timeout has come. */
  void onElectionTimeout() {
    if (!electionTimer.hasExpired() || replica.roles.isLeader() || !mayStartElection()) {
      return;
    }
    attemptsWithoutMajority =
        isRunning() && lacksRepliesOfMajority()
            ? Math.min(attemptsWithoutMajority + 1, MOST_DOUBLINGS)
            : 0;
    if (replica.settings.is(Setting.PRE_VOTE)) {
      replica.roles.becomePreCandidate();
      requestVotes();
    } else {
      startElection(false);
    }
  }

  /**
   * Only voters stand. Except that one who isn't a voter any more may have to, until that is
   * committed: nobody else may have an up-to-date log (dissertation §4.2.2). A learner never has
   * to: it isn't a voter yet.
   */
  private boolean mayStartElection() {
    return replica.membership.mayBeVoter(replica.peers.self(), replica.commitState.commitIndex());
  }

  /** The leader wants this replica to take its place, now (dissertation §3.10). */
  void timeoutNow() {
    if (replica.roles.role() == Role.FOLLOWER && mayStartElection()) {
      startElection(true);
    }
  }

  private void startElection(boolean transfer) {
    isTransfer = transfer;
    if (replica.currentTerm() >= MessageCodec.MAX_NUMBER) {
      return; // no later term can be written down
    }
    replica.roles.becomeCandidate();
    requestVotes();
  }

  /**
   * Begins to ask for votes or pre-votes. If nobody wins within half an election timeout, the next
   * attempt follows: half, since this wait is not about a leader's silence but about answers that
   * are under way. One that seems to be cut off waits longer.
   */
  private void requestVotes() {
    granted = new boolean[replica.peers.count()];
    answered = new boolean[replica.peers.count()];
    votes = 0;
    round = roundTerm == replica.currentTerm() ? round + 1 : 1;
    roundTerm = replica.currentTerm();
    int patience = 1 << attemptsWithoutMajority;
    startTimer(Setting.ELECTION_TIMEOUT_MIN, Setting.ELECTION_TIMEOUT_MAX, 0.5 * patience);
    retransmitInterval = (long) replica.settings.get(Setting.VOTE_RETRANSMIT) * patience * patience;
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

  /** The timer for asking again has come. */
  void onRetransmitTimeout() {
    if (retransmitTimer.hasExpired() && isRunning()) {
      sendRequests();
    }
  }

  /** An answer, of our term or an earlier one. */
  void handleReply(Id voter, VoteReply vote) {
    Role asked = vote.preVote() ? Role.PRE_CANDIDATE : Role.CANDIDATE;
    if (replica.roles.role() != asked) {
      return;
    }
    if (vote.requestTerm() != replica.currentTerm() || vote.round() != round) {
      return; // it answers an earlier attempt
    }
    int slot = replica.peers.slotOf(voter);
    if (slot < 0 || !replica.peers.isVoter(slot)) {
      return;
    }
    answered[slot] = true;
    // A vote counts in its own term only. A refusal may come from one who didn't adopt our term.
    if (vote.granted() && vote.term() == replica.currentTerm() && !granted[slot]) {
      granted[slot] = true;
      votes++;
      checkMajority();
    }
  }

  /** Goes on to the next step if a majority has agreed. Whether it did. */
  private boolean checkMajority() {
    if (votes < replica.peers.otherVotesForMajority()) {
      return false;
    }
    if (replica.roles.role() == Role.PRE_CANDIDATE) {
      startElection(false);
    } else {
      retransmitTimer.cancel();
      attemptsWithoutMajority = 0;
      replica.roles.becomeLeader();
      onElected.run();
    }
    return true;
  }
}
