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
  private final Leader replication;
  private final RequestVoteHandler voting;
  private final AppendEntriesHandler following;
  private final ClientRequestHandler clients;

  /** A replica with {@link RaftSettings#DEFAULT}. */
  public RaftNode(Host host) {
    this(host, RaftSettings.DEFAULT);
  }

  /** A replica on this host. */
  public RaftNode(Host host, RaftSettings settings) {
    replica = new Replica(host, settings);
    replication = new Leader(replica);
    election = new Election(replica, this::begin);
    voting = new RequestVoteHandler(replica, election, replication);
    following = new AppendEntriesHandler(replica, election);
    clients = new ClientRequestHandler(replica, replication);
  }

  /** This replica has won an election. */
  private void begin() {
    clients.begin();
    replication.begin();
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
      if (message.dst().equals(self) && replica.peers.placeOf(message.src()) < 0) {
        clients.receive(message);
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
      voting.receive(sender, request); // the only one whose later term may be ignored
      return;
    }
    // "If RPC request or response contains term T > currentTerm: set currentTerm = T, convert to
    // follower" (Figure 2)
    if (message.term() > replica.currentTerm()) {
      replica.roles.adopt(message.term());
    }
    if (message instanceof LeaderRequest ofLeader) {
      if (following.receive(sender, ofLeader)) {
        clients.leaderHasSpoken();
      }
    } else if (message instanceof TimeoutNow && isOfMyLeader(sender, message)) {
      election.timeoutNow();
    } else if (message instanceof VoteReply vote) {
      election.receive(sender, vote);
    } else if (message instanceof FollowerReply reply
        && reply.term() == replica.currentTerm()
        && reply.requestTerm() == replica.currentTerm()
        && replica.roles.isLeader()) {
      replication.receive(sender, reply);
    }
  }

  private boolean isOfMyLeader(Id sender, RaftMessage message) {
    return message.term() == replica.currentTerm() && replica.roles.leader().equals(sender);
  }

  @Override
  public void timeout(String timer) {
    if (timer.equals(replication.timer())) {
      replication.timeout();
    } else if (timer.equals(election.electionTimer())) {
      election.electionTimeout();
    } else if (timer.equals(election.retransmitTimer())) {
      election.retransmit();
    } else if (timer.equals(clients.timer())) {
      clients.timeout();
    } else if (timer.equals(clients.transfer().timer())) {
      clients.transfer().timeout();
    }
    afterEvent();
  }

  /** The state after all that has been applied: the same on all replicas that have applied it. */
  Snapshot picture() {
    return replica.snapshots.picture();
  }

  /** The key's value in the state machine, as far as this replica has applied the log. */
  String valueOf(String key) {
    return replica.machine.get(key);
  }

  private void afterEvent() {
    replication.checkQuorum();
    clients.resume();
    replication.drive();
    clients.settle();
    replica.snapshots.takeIfDue(
        replica.roles.isLeader() ? replication.followers().stillNeeded() : Long.MAX_VALUE);
    election.keepAlarm();
  }
}
