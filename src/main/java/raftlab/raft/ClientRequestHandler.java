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
  private final Leader replication;
  private final ClientReplies answers;
  private final ClientReads reads;
  private final ClientWrites writes;
  private final LeadershipTransfer transfer;
  private final MembershipChanges memberChanges;
  private final RequestsAwaitingLeader held = new RequestsAwaitingLeader();
  private final RecentRequests recent = new RecentRequests();
  private final Set<Id> redirected = new HashSet<>(); // only looked up, never walked through
  private final Timer alarm;

  ClientRequestHandler(Replica replica, Leader replication) {
    this.replica = replica;
    this.replication = replication;
    answers = new ClientReplies(replica);
    reads = new ClientReads(replica, replication, answers);
    writes = new ClientWrites(replica, replication, answers);
    transfer = new LeadershipTransfer(replica, replication, answers);
    memberChanges = new MembershipChanges(replica, replication, transfer, answers);
    alarm = new Timer(replica.host, "clients");
  }

  String timer() {
    return alarm.name();
  }

  LeadershipTransfer transfer() {
    return transfer;
  }

  /** This replica is leader now. */
  void begin() {
    writes.begin();
  }

  /**
   * A request. One without a message ID can't be answered, and one that came before isn't answered
   * again.
   */
  void receive(Message message) {
    Id client = message.src();
    String mid = message.mid();
    if (mid == null || mid.length() > MAX_MID_LENGTH || !recent.add(client, mid)) {
      return;
    }
    try {
      take(ClientRequestReader.read(message));
    } catch (WrongRequestException wrong) {
      answers.fail(client, mid, wrong.getMessage());
    }
  }

  private void take(ClientRequest request) {
    if (replica.roles.isLeader()) {
      execute(request);
    } else if (replica.roles.isLeaderKnown() && redirected.add(request.client())) {
      answers.redirect(request.client(), request.mid(), replica.roles.leader());
      if (redirected.size() > MAX_REDIRECTED) {
        redirected.clear();
      }
    } else {
      hold(request);
    }
  }

  /** As the leader. */
  private void execute(ClientRequest request) {
    if (request instanceof ClientRequest.Get get) {
      reads.take(get);
    } else if (request instanceof ClientRequest.Transfer wanted && replication.isInTouch()) {
      transfer.take(wanted);
    } else if (!mayChange()) {
      hold(request);
    } else if (request instanceof ClientRequest.Write write) {
      long expiresAt = writes.take(write);
      alarm.setNoLaterThan(replica.now(), expiresAt);
    } else {
      memberChanges.take((ClientRequest.Administration) request);
    }
  }

  private boolean mayChange() {
    return replication.isInTouch() && !transfer.isRunning();
  }

  private void hold(ClientRequest request) {
    long now = replica.now();
    boolean isMember = replica.members.configuration().isMember(replica.peers.self());
    if (isMember && held.add(request, now)) {
      alarm.setNoLaterThan(now, now + replica.settings.get(Setting.HOLD_TIME));
    } else {
      answers.redirect(request.client(), request.mid(), Id.BROADCAST);
    }
  }

  /** The leader of the current term has spoken: whoever waits for it can be sent there. */
  void leaderHasSpoken() {
    if (!redirected.isEmpty()) {
      redirected.clear();
    }
    while (!held.isEmpty()) {
      ClientRequest request = held.remove();
      redirected.add(request.client());
      answers.redirect(request.client(), request.mid(), replica.roles.leader());
    }
  }

  /** After any event, first: lets go on what can go on in the present role. */
  void resume() {
    transfer.drive();
    memberChanges.drive();
    if (replica.roles.isLeader()) {
      if (!held.isEmpty() && mayChange()) {
        for (int count = held.size(); count > 0; count--) {
          execute(held.remove());
        }
      }
      reads.serve();
    } else if (!reads.isEmpty()) {
      for (ClientRequest request : reads.abandon()) {
        take(request);
      }
    }
  }

  /** After any event, last: answers what has been decided. */
  void settle() {
    writes.pending().settle();
    memberChanges.settle();
  }

  /** The timer for requests that have waited too long has come. */
  void timeout() {
    if (!alarm.rings()) {
      return;
    }
    long now = replica.now();
    long holdMillis = replica.settings.get(Setting.HOLD_TIME);
    while (!held.isEmpty() && now - held.oldestSince() >= holdMillis) {
      ClientRequest request = held.remove();
      answers.redirect(request.client(), request.mid(), Id.BROADCAST);
    }
    PendingWrites pending = writes.pending();
    pending.expire(now);
    if (!held.isEmpty()) {
      alarm.setNoLaterThan(now, held.oldestSince() + holdMillis);
    }
    if (!pending.isEmpty()) {
      alarm.setNoLaterThan(now, pending.expiresAt());
    }
  }
}
