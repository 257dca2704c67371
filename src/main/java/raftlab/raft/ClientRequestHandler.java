package raftlab.raft;

import java.util.HashSet;
import java.util.Set;
import raftlab.raft.ClientRequestReader.WrongRequestException;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * Takes the clients' requests (§8): executes them as the leader, else sends the client to the
 * leader.
 *
 * <p>A request is <i>held</i> where a redirect would make the client run in circles:
 *
 * <ul>
 *   <li>while no leader is known;
 *   <li>when the client was redirected to the leader already since that was last heard of:
 *       evidently it came back because the leader is dead, which this replica hasn't noticed yet;
 *   <li>a write, while this replica is leader but has lost touch with the majority: appended, it
 *       might survive or not;
 *   <li>a write, while this leader waits for its successor.
 * </ul>
 *
 * A held request has no effect. It is redirected, or executed, as soon as there is a leader; after
 * {@link Setting#HOLD_TIME} without one the client is told to ask any other replica, for this one
 * may be cut off. One that is no member of the cluster holds nothing: it may never hear of a
 * leader.
 *
 * <p>A redirect promises that the request will never be executed. So it is no answer to a write
 * that was appended; see {@link PendingWrites}.
 */
final class ClientRequestHandler {
  private static final int MAX_MID_LENGTH = 256;
  private static final int MAX_REDIRECTED = 1_024;

  private final Replica replica;
  private final Leader leader;
  private final ClientReplies replies;
  private final ClientReads reads;
  private final ClientWrites writes;
  private final LeadershipTransfer transfer;
  private final MembershipChanges membershipChanges;
  private final RequestsAwaitingLeader awaitingLeader = new RequestsAwaitingLeader();
  private final RecentRequests recent = new RecentRequests();
  private final Set<Id> redirected = new HashSet<>(); // only looked up, never walked through
  private final Timer timer;

  ClientRequestHandler(Replica replica, Leader leader) {
    this.replica = replica;
    this.leader = leader;
    replies = new ClientReplies(replica);
    reads = new ClientReads(replica, leader, replies);
    writes = new ClientWrites(replica, leader, replies);
    transfer = new LeadershipTransfer(replica, leader, replies);
    membershipChanges = new MembershipChanges(replica, leader, transfer, replies);
    timer = new Timer(replica.host, "clients");
  }

  String timer() {
    return timer.name();
  }

  LeadershipTransfer transfer() {
    return transfer;
  }

  /** This replica is leader now. */
  void onElected() {
    writes.onElected();
  }

  /**
   * A request. One without a message ID can't be answered, and one that came before isn't answered
   * again.
   */
  void handle(Message message) {
    Id client = message.src();
    String mid = message.mid();
    if (mid == null || mid.length() > MAX_MID_LENGTH || !recent.add(client, mid)) {
      return;
    }
    try {
      handle(ClientRequestReader.read(message));
    } catch (WrongRequestException wrong) {
      replies.fail(client, mid, wrong.getMessage());
    }
  }

  private void handle(ClientRequest request) {
    if (replica.roles.isLeader()) {
      execute(request);
    } else if (replica.roles.isLeaderKnown() && redirected.add(request.client())) {
      replies.redirect(request.client(), request.mid(), replica.roles.leader());
      if (redirected.size() > MAX_REDIRECTED) {
        redirected.clear();
      }
    } else {
      awaitLeader(request);
    }
  }

  /** As the leader. */
  private void execute(ClientRequest request) {
    if (request instanceof ClientRequest.Get get) {
      reads.add(get);
    } else if (request instanceof ClientRequest.Transfer wanted && leader.hasRecentQuorum()) {
      transfer.start(wanted);
    } else if (!acceptsWrites()) {
      awaitLeader(request);
    } else if (request instanceof ClientRequest.Write write) {
      long expiresAt = writes.handle(write);
      timer.setNoLaterThan(replica.now(), expiresAt);
    } else {
      membershipChanges.handle((ClientRequest.Administration) request);
    }
  }

  private boolean acceptsWrites() {
    return leader.hasRecentQuorum() && !transfer.isRunning();
  }

  private void awaitLeader(ClientRequest request) {
    long now = replica.now();
    boolean isMember = replica.membership.configuration().isMember(replica.peers.self());
    if (isMember && awaitingLeader.add(request, now)) {
      timer.setNoLaterThan(now, now + replica.settings.get(Setting.HOLD_TIME));
    } else {
      replies.redirect(request.client(), request.mid(), Id.BROADCAST);
    }
  }

  /** The leader of the current term has spoken: whoever waits for it can be sent there. */
  void onLeaderKnown() {
    if (!redirected.isEmpty()) {
      redirected.clear();
    }
    while (!awaitingLeader.isEmpty()) {
      ClientRequest request = awaitingLeader.remove();
      redirected.add(request.client());
      replies.redirect(request.client(), request.mid(), replica.roles.leader());
    }
  }

  /** After any event, first: lets go on what can go on in the present role. */
  void resumeWaiting() {
    transfer.advance();
    membershipChanges.advance();
    if (replica.roles.isLeader()) {
      if (!awaitingLeader.isEmpty() && acceptsWrites()) {
        for (int count = awaitingLeader.size(); count > 0; count--) {
          execute(awaitingLeader.remove());
        }
      }
      reads.answerReady();
    } else if (!reads.isEmpty()) {
      for (ClientRequest request : reads.removeAll()) {
        handle(request);
      }
    }
  }

  /** After any event, last: answers what has been decided. */
  void sendReplies() {
    writes.pending().sendReplies();
    membershipChanges.sendReplies();
  }

  /** The timer for requests that have waited too long has come. */
  void onTimeout() {
    if (!timer.hasExpired()) {
      return;
    }
    long now = replica.now();
    long holdMillis = replica.settings.get(Setting.HOLD_TIME);
    while (!awaitingLeader.isEmpty() && now - awaitingLeader.oldestSince() >= holdMillis) {
      ClientRequest request = awaitingLeader.remove();
      replies.redirect(request.client(), request.mid(), Id.BROADCAST);
    }
    PendingWrites pending = writes.pending();
    pending.expire(now);
    if (!awaitingLeader.isEmpty()) {
      timer.setNoLaterThan(now, awaitingLeader.oldestSince() + holdMillis);
    }
    if (!pending.isEmpty()) {
      timer.setNoLaterThan(now, pending.expiresAt());
    }
  }
}
