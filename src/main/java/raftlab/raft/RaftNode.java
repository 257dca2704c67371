package raftlab.raft;

import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.raft.RaftMessage.FollowerReply;
import raftlab.raft.RaftMessage.LeaderRequest;
import raftlab.raft.RaftMessage.RequestVote;
import raftlab.raft.RaftMessage.TimeoutNow;
import raftlab.raft.RaftMessage.VoteReply;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * The reference replica: a key-value store that is replicated with Raft.
 *
 * <p>"The paper" is <i>In Search of an Understandable Consensus Algorithm (Extended Version)</i> by
 * Ongaro and Ousterhout; sections without further mention (§5.2) are its, those of "the
 * dissertation" are of Ongaro's <i>Consensus: Bridging Theory and Practice</i>. Read the classes in
 * this order:
 *
 * <ol>
 *   <li>{@link Replica} with {@link TermAndVote}, {@link Log} and {@link CommitState}: the state of
 *       Figure 2; {@link Journal} makes it durable; {@link RaftMessage}: what replicas say to each
 *       other;
 *   <li>{@link Roles}: who may become what;
 *   <li>{@link Election} and {@link RequestVoteHandler}: how a leader is found (§5.2);
 *   <li>{@link AppendEntriesHandler} and {@link Leader} with {@link Followers}, {@link
 *       FollowerProgress} and {@link Asking}: how its log gets to the others (§5.3, §5.4);
 *   <li>{@link ClientRequestHandler} with {@link ClientReads} and {@link ClientWrites}, {@link
 *       StateMachine} with {@link ClientSessions}: what clients see of it (§8);
 *   <li>{@link Snapshots}: how the log stays short (§7);
 *   <li>{@link Membership} and {@link MembershipChanges}: how replicas come and go (§6); {@link
 *       LeadershipTransfer}: how one leader hands over to another.
 * </ol>
 *
 * <p>This class only takes events to where they belong. After each it goes once through all that
 * may follow from it, always in the same order; so the parts needn't call each other back.
 */
public final class RaftNode implements Node {
  /**
   * A message of a term that is so much later than ours is nonsense, and would use up the terms.
   */
  private static final long MAX_TERM_LEAP = 1_000_000;

  private final Replica replica;
  private final Election election;
  private final Leader leader;
  private final RequestVoteHandler requestVoteHandler;
  private final AppendEntriesHandler appendEntriesHandler;
  private final ClientRequestHandler clientRequests;

  /** A replica with {@link RaftSettings#DEFAULT}. */
  public RaftNode(Host host) {
    this(host, RaftSettings.DEFAULT);
  }

  /** A replica on this host. */
  public RaftNode(Host host, RaftSettings settings) {
    replica = new Replica(host, settings);
    leader = new Leader(replica);
    election = new Election(replica, this::onElected);
    requestVoteHandler = new RequestVoteHandler(replica, election, leader);
    appendEntriesHandler = new AppendEntriesHandler(replica, election);
    clientRequests = new ClientRequestHandler(replica, leader);
  }

  /** This replica has won an election. */
  private void onElected() {
    clientRequests.onElected();
    leader.onElected();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if the storage holds what no replica has written
   */
  @Override
  public void start() {
    boolean ranBefore = replica.restore();
    replica.roles.start();
    election.start(!ranBefore);
    afterEvent();
  }

  @Override
  public void receive(Message message) {
    Id self = replica.peers.self();
    if (message.src().equals(self) || message.src().isBroadcast()) {
      return;
    }
    if (ClientRequestReader.isRequest(message.type())) {
      if (message.dst().equals(self) && replica.peers.slotOf(message.src()) < 0) {
        clientRequests.handle(message);
        afterEvent();
      }
    } else if (message.dst().equals(self) || message.dst().isBroadcast()) {
      RaftMessage raftMessage = MessageCodec.decode(message);
      if (raftMessage != null && raftMessage.term() - replica.currentTerm() <= MAX_TERM_LEAP) {
        receive(message.src(), raftMessage);
        afterEvent();
      }
    }
  }

  private void receive(Id sender, RaftMessage message) {
    if (message instanceof RequestVote request) {
      requestVoteHandler.handle(sender, request); // the only one whose later term may be ignored
      return;
    }
    // "If RPC request or response contains term T > currentTerm: set currentTerm = T, convert to
    // follower" (Figure 2)
    if (message.term() > replica.currentTerm()) {
      replica.roles.adoptTerm(message.term());
    }
    if (message instanceof LeaderRequest ofLeader) {
      if (appendEntriesHandler.handle(sender, ofLeader)) {
        clientRequests.onLeaderKnown();
      }
    } else if (message instanceof TimeoutNow && isFromCurrentLeader(sender, message)) {
      election.timeoutNow();
    } else if (message instanceof VoteReply vote) {
      election.handleReply(sender, vote);
    } else if (message instanceof FollowerReply reply
        && reply.term() == replica.currentTerm()
        && reply.requestTerm() == replica.currentTerm()
        && replica.roles.isLeader()) {
      leader.handleReply(sender, reply);
    }
  }

  private boolean isFromCurrentLeader(Id sender, RaftMessage message) {
    return message.term() == replica.currentTerm() && replica.roles.leader().equals(sender);
  }

  @Override
  public void timeout(String timer) {
    if (timer.equals(leader.timer())) {
      leader.onTimeout();
    } else if (timer.equals(election.electionTimer())) {
      election.onElectionTimeout();
    } else if (timer.equals(election.retransmitTimer())) {
      election.onRetransmitTimeout();
    } else if (timer.equals(clientRequests.timer())) {
      clientRequests.onTimeout();
    } else if (timer.equals(clientRequests.transfer().timer())) {
      clientRequests.transfer().onTimeout();
    }
    afterEvent();
  }

  /** The state after all that has been applied: the same on all replicas that have applied it. */
  Snapshot snapshot() {
    return replica.snapshots.capture();
  }

  /** The key's value in the state machine, as far as this replica has applied the log. */
  String valueOf(String key) {
    return replica.machine.get(key);
  }

  private void afterEvent() {
    leader.checkQuorum();
    clientRequests.resumeWaiting();
    leader.sendDue();
    clientRequests.sendReplies();
    replica.snapshots.compactIfDue(
        replica.roles.isLeader() ? leader.followers().neededByFollowers() : Long.MAX_VALUE);
    election.updateTimer();
  }
}
