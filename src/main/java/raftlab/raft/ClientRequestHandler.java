package raftlab.raft;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import raftlab.raft.ClientRequestReader.WrongRequestException;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * Answers clients' requests (§8). The leader executes them. §8: "If the client's first choice is
 * not the leader, that server will reject the client's request and supply information about the
 * most recent leader it has heard from".
 *
 * <p>Where a redirect would send the client in circles, the request waits instead:
 *
 * <ul>
 *   <li>while this replica knows no leader;
 *   <li>if the client was redirected to the leader already, and no message of that leader has
 *       arrived since: the leader has probably crashed;
 *   <li>a write, while this replica is leader but no majority answers: if it were appended, it
 *       might be committed later or not;
 *   <li>a write, while this leader transfers its leadership.
 * </ul>
 *
 * A waiting request has no effect. It is redirected or executed as soon as there is a leader. After
 * {@link Setting#HOLD_TIME} without one the client is sent to any other replica, because this one
 * may be partitioned. On a replica that is no member no request waits, because it may never receive
 * a message of a leader.
 *
 * <p>A redirect guarantees that the request will never be executed. So a write that was appended is
 * not redirected; see {@link PendingWrites}.
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
  private final RequestsAwaitingLeader waiting = new RequestsAwaitingLeader();
  private final RecentRequests recent = new RecentRequests();
  private final Set<Id> redirected = new HashSet<>(); // never iterated
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

  /** This replica has won an election. */
  void onElected() {
    writes.onElected();
  }

  /**
   * Answers a request. One without a message ID can't be answered. One that has arrived before is
   * ignored.
   */
  void handle(Message message) {
    Id client = message.src();
    String mid = message.mid();
    if (mid == null || mid.length() > MAX_MID_LENGTH || !recent.add(client, mid)) {
      return;
    }
    try {
      handle(ClientRequestReader.read(message, mid));
    } catch (WrongRequestException wrong) {
      replies.fail(
          client, mid, Objects.requireNonNull(wrong.getMessage(), "each says what is wrong"));
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

  /** Executes a request as the leader. */
  private void execute(ClientRequest request) {
    if (request instanceof ClientRequest.Get get) {
      reads.add(get);
    } else if (request instanceof ClientRequest.Transfer to && leader.lease().hasRecentQuorum()) {
      transfer.start(to);
    } else if (!acceptsWrites()) {
      awaitLeader(request);
    } else if (request instanceof ClientRequest.Write write) {
      long expiresAt = writes.handle(write);
      timer.setNoLaterThan(replica.now(), expiresAt);
    } else {
      membershipChanges.handle((ClientRequest.Administration) request);
    }
  }

  /**
   * Dissertation §3.10: during a transfer "the prior leader stops accepting new client requests".
   */
  private boolean acceptsWrites() {
    return leader.lease().hasRecentQuorum() && !transfer.isRunning();
  }

  private void awaitLeader(ClientRequest request) {
    long now = replica.now();
    boolean isMember = replica.membership.configuration().isMember(replica.peers.self());
    if (isMember && waiting.add(request, now)) {
      timer.setNoLaterThan(now, now + replica.settings.get(Setting.HOLD_TIME));
    } else {
      replies.redirect(request.client(), request.mid(), null);
    }
  }

  /** A message of the current leader has arrived: the waiting requests are redirected to it. */
  void onLeaderKnown() {
    if (!redirected.isEmpty()) {
      redirected.clear();
    }
    while (!waiting.isEmpty()) {
      ClientRequest request = waiting.remove();
      redirected.add(request.client());
      replies.redirect(request.client(), request.mid(), replica.roles.leader());
    }
  }

  /** After any event, first: continues what the present role allows. */
  void resumeWaiting() {
    transfer.advance();
    membershipChanges.advance();
    if (replica.roles.isLeader()) {
      if (!waiting.isEmpty() && acceptsWrites()) {
        for (int count = waiting.size(); count > 0; count--) {
          execute(waiting.remove());
        }
      }
      reads.answerReady();
    } else if (!reads.isEmpty()) {
      for (ClientRequest request : reads.removeAll()) {
        handle(request);
      }
    }
  }

  /** After any event, last: replies to what has been decided. */
  void sendReplies() {
    writes.pending().sendReplies();
    membershipChanges.sendReplies();
  }

  /** The timer for requests that have waited too long has expired. */
  void onTimeout() {
    if (!timer.hasExpired()) {
      return;
    }
    long now = replica.now();
    long holdMillis = replica.settings.get(Setting.HOLD_TIME);
    while (!waiting.isEmpty() && now - waiting.oldestSince() >= holdMillis) {
      ClientRequest request = waiting.remove();
      replies.redirect(request.client(), request.mid(), null);
    }
    PendingWrites pending = writes.pending();
    pending.expire(now);
    if (!waiting.isEmpty()) {
      timer.setNoLaterThan(now, waiting.oldestSince() + holdMillis);
    }
    if (!pending.isEmpty()) {
      timer.setNoLaterThan(now, pending.expiresAt());
    }
  }
}
