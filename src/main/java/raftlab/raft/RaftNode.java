package raftlab.raft;

import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.FollowerReply;
import raftlab.raft.RaftMessage.InstallSnapshot;
import raftlab.raft.RaftMessage.RequestVote;
import raftlab.raft.RaftMessage.TimeoutNow;
import raftlab.raft.RaftMessage.VoteReply;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * The reference replica: a key-value store that is replicated with Raft.
 *
 * <p>"The paper" is <i>In Search of an Understandable Consensus Algorithm (Extended Version)</i> by
 * Ongaro and Ousterhout; sections without further mention (§5.2) are of the paper. "The
 * dissertation" is Ongaro's <i>Consensus: Bridging Theory and Practice</i>. Read the classes in
 * this order:
 *
 * <ol>
 *   <li>{@link Replica} with {@link TermAndVote}, {@link Log} and {@link CommitState}: the state of
 *       Figure 2; {@link Journal} makes it durable; {@link RaftMessage}: the messages;
 *   <li>{@link Roles}: follower, candidate and leader;
 *   <li>{@link Election} and {@link RequestVoteHandler}: leader election (§5.2);
 *   <li>{@link AppendEntriesHandler} and {@link Leader} with {@link FollowerProgress} and {@link
 *       SendToAllPolicy}: log replication (§5.3, §5.4); {@link MajorityFirstPolicy} and {@link
 *       PipelinedProgress}: its optimisations;
 *   <li>{@link ClientRequestHandler} with {@link ClientReads} and {@link ClientWrites}, {@link
 *       StateMachine} with {@link ClientSessions}: client interaction (§8);
 *   <li>{@link Snapshots}, {@link SnapshotSender} and {@link InstallSnapshotHandler}: log
 *       compaction (§7);
 *   <li>{@link Membership} and {@link MembershipChanges}: cluster membership changes (§6); {@link
 *       LeadershipTransfer} and {@link TimeoutNowHandler}: leadership transfer.
 * </ol>
 *
 * <p>This class only dispatches events. After each event it goes once through all that may follow
 * from it, always in the same order, so the parts needn't call each other back.
 */
public final class RaftNode implements Node {
  /** A message whose term is later than ours by more than this is ignored as nonsense. */
  private static final long MAX_TERM_INCREASE = 1_000_000;

  private final Replica replica;
  private final Election election;
  private final Leader leader;
  private final RequestVoteHandler requestVoteHandler;
  private final PreVoteHandler preVoteHandler;
  private final AppendEntriesHandler appendEntriesHandler;
  private final InstallSnapshotHandler installSnapshotHandler;
  private final TimeoutNowHandler timeoutNowHandler;
  private final ClientRequestHandler clientRequests;

  /** A replica with {@link RaftSettings#DEFAULT}. */
  public RaftNode(Host host) {
    this(host, RaftSettings.DEFAULT);
  }

  /** A replica on this host. */
  public RaftNode(Host host, RaftSettings settings) {
    replica = new Replica(host, settings);
    leader = new Leader(replica);
    election = new Election(replica, leader.lease(), this::onElected);
    requestVoteHandler = new RequestVoteHandler(replica, election);
    preVoteHandler = new PreVoteHandler(replica, election);
    appendEntriesHandler = new AppendEntriesHandler(replica, election);
    installSnapshotHandler = new InstallSnapshotHandler(replica, election);
    timeoutNowHandler = new TimeoutNowHandler(replica, election);
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
      if (raftMessage != null && raftMessage.term() - replica.currentTerm() <= MAX_TERM_INCREASE) {
        receive(message.src(), raftMessage);
        afterEvent();
      }
    }
  }

  private void receive(Id sender, RaftMessage message) {
    if (message instanceof RequestVote request) {
      // Not always adopts the term: see Election.hasCurrentLeader.
      if (request.preVote()) {
        preVoteHandler.handle(sender, request);
      } else {
        requestVoteHandler.handle(sender, request);
      }
      return;
    }
    // Figure 2, All Servers 2: "If RPC request or response contains term T > currentTerm: set
    // currentTerm = T, convert to follower"
    if (message.term() > replica.currentTerm()) {
      replica.roles.adoptTerm(message.term());
    }
    if (message instanceof AppendEntries append) {
      if (appendEntriesHandler.handle(sender, append)) {
        clientRequests.onLeaderKnown();
      }
    } else if (message instanceof InstallSnapshot install) {
      if (installSnapshotHandler.handle(sender, install)) {
        clientRequests.onLeaderKnown();
      }
    } else if (message instanceof TimeoutNow timeoutNow) {
      timeoutNowHandler.handle(sender, timeoutNow);
    } else if (message instanceof VoteReply vote) {
      election.handleReply(sender, vote);
    } else if (message instanceof FollowerReply reply
        && reply.term() == replica.currentTerm()
        && reply.requestTerm() == replica.currentTerm()
        && replica.roles.isLeader()) {
      leader.handleReply(sender, reply);
    }
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

  /** A snapshot of what has been applied: equal on all replicas that have applied the same. */
  Snapshot snapshot() {
    return replica.snapshots.capture();
  }

  /** The key's value in the state machine, as far as this replica has applied the log. */
  String valueOf(String key) {
    return replica.machine.get(key);
  }

  private void afterEvent() {
    leader.lease().checkQuorum();
    clientRequests.resumeWaiting();
    leader.sendDue();
    clientRequests.sendReplies();
    replica.snapshots.compactIfDue(
        replica.roles.isLeader() ? leader.followers().neededByFollowers() : Long.MAX_VALUE);
    election.updateTimers();
  }
}
