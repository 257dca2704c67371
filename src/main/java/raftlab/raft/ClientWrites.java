package raftlab.raft;

/** The leader's part of clients' writes: appends them, once at most if they belong to a session. */
final class ClientWrites {
  private final Replica replica;
  private final Leader replication;
  private final ClientReplies answers;
  private final PendingWrites pending;
  private long clusterTime;
  private long clusterTimeAt;

  ClientWrites(Replica replica, Leader replication, ClientReplies answers) {
    this.replica = replica;
    this.replication = replication;
    this.answers = answers;
    pending = new PendingWrites(replica, answers);
    replica.commits.witness(pending);
  }

  /** This replica is leader now: the cluster's time goes on with its clock. */
  void begin() {
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
  long take(ClientRequest.Write request) {
    CommandResult former = former(request);
    if (former != null) {
      answers.outcome(request.client(), request.mid(), former);
    } else if (pending.isFull()) {
      answers.fail(request.client(), request.mid(), "too many writes are under way");
    } else {
      long now = replica.now();
      pending.add(request, replication.propose(command(request, now)), now);
      return now + replica.settings.get(Setting.PENDING_TIME);
    }
    return Long.MAX_VALUE;
  }

  /**
   * What became of the write if it was executed before: what is applied is committed, so that may
   * be told at once. One that is under way is appended again, and recognised when it is applied.
   */
  private CommandResult former(ClientRequest.Write request) {
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
