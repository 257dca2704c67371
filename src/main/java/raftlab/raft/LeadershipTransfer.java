package raftlab.raft;

import raftlab.raft.RaftMessage.TimeoutNow;
import raftlab.wire.Id;

/**
 * Lets another replica lead (dissertation §3.10): the leader takes no more writes, brings its
 * successor's log up to date, and asks it to stand for election at once. If that one doesn't lead
 * within an election timeout, this one goes on. Until then a second transfer is refused.
 */
final class LeadershipTransfer {
  private static final long NEVER = Long.MIN_VALUE;

  private final Replica replica;
  private final Leader replication;
  private final ClientReplies answers;
  private final Timer alarm;
  private ClientRequest.Transfer request;
  private Id target;
  private long term;
  private long deadline;
  private long askedAt;

  LeadershipTransfer(Replica replica, Leader replication, ClientReplies answers) {
    this.replica = replica;
    this.replication = replication;
    this.answers = answers;
    alarm = new Timer(replica.host, "transfer");
  }

  String timer() {
    return alarm.name();
  }

  /** Whether the leader waits for its successor, and so takes no writes. */
  boolean isRunning() {
    return request != null;
  }

  /** As the leader. */
  void take(ClientRequest.Transfer wanted) {
    Id self = replica.peers.self();
    Id successor = wanted.replica() == null ? best() : wanted.replica();
    String complaint = null;
    if (request != null) {
      complaint = "another transfer is under way, to " + target;
    } else if (successor == null) {
      complaint = "there is nobody else to lead";
    } else if (!replica.members.configuration().isVoter(successor)) {
      complaint = successor + " is not a voter of this cluster";
    }
    if (complaint != null) {
      answers.fail(wanted.client(), wanted.mid(), complaint);
    } else if (successor.equals(self)) {
      answers.done(wanted.client(), wanted.mid());
    } else {
      request = wanted;
      target = successor;
      term = replica.currentTerm();
      deadline = replica.now() + replica.settings.get(Setting.ELECTION_TIMEOUT_MAX);
      askedAt = NEVER;
      alarm.setAt(replica.now(), deadline);
    }
  }

  /** The voter whose log is most nearly like the leader's; null if there is no other voter. */
  private Id best() {
    Followers followers = replication.followers();
    int best = -1;
    for (int place = 0; place < followers.count(); place++) {
      if (replica.peers.isVoter(place)
          && (best < 0 || followers.get(place).matchIndex > followers.get(best).matchIndex)) {
        best = place;
      }
    }
    return best < 0 ? null : replica.peers.id(best);
  }

  /** The timer of the transfer has come. */
  void timeout() {
    alarm.rings(); // drive() follows every event
  }

  /** After any event: takes the next step. */
  void drive() {
    if (request == null) {
      return;
    }
    long now = replica.now();
    if (replica.roles.isLeader() && replica.currentTerm() == term) {
      if (now >= deadline) {
        end(target + " did not take over in time");
      } else {
        help(now);
      }
    } else if (replica.roles.isLeaderKnown()) {
      end(replica.roles.leader().equals(target) ? null : "another replica leads now");
    } else if (now >= deadline) {
      end("no leader is known yet");
    } else {
      alarm.setAt(now, deadline);
    }
  }

  private void end(String complaint) {
    if (complaint == null) {
      answers.done(request.client(), request.mid());
    } else {
      answers.fail(request.client(), request.mid(), complaint);
    }
    request = null;
    alarm.cancel();
  }

  /** Brings the successor up to date, and then asks it; again if no answer comes. */
  private void help(long now) {
    int place = replica.peers.placeOf(target);
    if (place < 0) {
      end(target + " is no member any more");
      return;
    }
    FollowerProgress follower = replication.followers().get(place);
    if (follower.matchIndex < replica.log.lastIndex()) {
      if (follower.nextIndex <= replica.log.lastIndex() && follower.hasRoom()) {
        replication.send(place, now);
      }
    } else if (askedAt == NEVER || now - askedAt >= replica.settings.get(Setting.VOTE_RETRANSMIT)) {
      askedAt = now;
      ask(target);
      long again = now + replica.settings.get(Setting.VOTE_RETRANSMIT);
      alarm.setAt(now, Math.min(deadline, again));
    }
  }

  /** Nobody keeps to the promise that the lease rests on once one is asked to stand. */
  private void ask(Id successor) {
    replication.giveUpLease();
    replica.send(successor, new TimeoutNow(replica.currentTerm()));
  }

  /**
   * This leader is no member any more: asks the best one to stand, and gives up (dissertation
   * §4.2.2).
   */
  void abdicate() {
    Id successor = best();
    if (successor != null) {
      ask(successor);
    }
    replica.roles.stepDown();
  }
}
