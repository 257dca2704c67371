package raftlab.raft;

/** The leader's part of clients' writes: appends them, once at most if they belong to a session. */
final class ClientWrites {
  private final Replica replica;
  private final Leader leader;
  private final ClientReplies replies;
  private final PendingWrites pending;
  private long clusterTime;
  private long clusterTimeAt;

  ClientWrites(Replica replica, Leader leader, ClientReplies replies) {
    this.replica = replica;
    this.leader = leader;
    this.replies = replies;
    pending = new PendingWrites(replica, replies);
    replica.commitState.setApplyListener(pending);
  }

  /** This replica is leader now: the cluster's time goes on with its clock. */
  void onElected() {
    clusterTime = replica.machine.time();
    clusterTimeAt = replica.now();
  }

  PendingWrites pending() {
    return pending;
  }

  /**
   * As the leader that may append. When the write's client must have got an answer; {@link
   * Long#MAX_VALUE} if it has.
   */
  long handle(ClientRequest.Write request) {
    CommandResult previousResult = previousResult(request);
    if (previousResult != null) {
      replies.outcome(request.client(), request.mid(), previousResult);
    } else if (pending.isFull()) {
      replies.fail(request.client(), request.mid(), "too many writes are under way");
    } else {
      long now = replica.now();
      pending.add(request, leader.propose(command(request, now)), now);
      return now + replica.settings.get(Setting.PENDING_TIME);
    }
    return Long.MAX_VALUE;
  }

  /**
   * What became of the write if it was executed before: what is applied is committed, so that may
   * be told at once. One that is under way is appended again, and recognised when it is applied.
   */
  private CommandResult previousResult(ClientRequest.Write request) {
    ClientRequest.Session session = request.session();
    return session == null ? null : replica.machine.find(session.client(), session.seq());
  }

  private Command command(ClientRequest.Write request, long now) {
    ClientRequest.Session session = request.session();
    return session == null
        ? request.write()
        : new Command.Once(
            session.client(), session.seq(), clusterTime + now - clusterTimeAt, request.write());
  }
}
