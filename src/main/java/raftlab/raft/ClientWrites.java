package raftlab.raft;

import org.jspecify.annotations.Nullable;

/** Appends clients' writes as the leader, and recognizes repeated ones of a session (§8). */
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

  /** This replica has won an election: from now on its clock advances the cluster's time. */
  void onElected() {
    clusterTime = replica.machine.time();
    clusterTimeAt = replica.now();
  }

  PendingWrites pending() {
    return pending;
  }

  /**
   * Executes a write as the leader. Returns when its client must have got a reply; {@link
   * Long#MAX_VALUE} if it has got one.
   */
  long handle(ClientRequest.Write request) {
    CommandResult previous = previousResult(request);
    if (previous != null) {
      replies.result(request.client(), request.mid(), previous);
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
   * The result of the write if it was applied before. §8: "If it receives a command whose serial
   * number has already been executed, it responds immediately without re-executing the request". A
   * write that is not applied yet is appended again, and recognized when it is applied.
   */
  private @Nullable CommandResult previousResult(ClientRequest.Write request) {
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
