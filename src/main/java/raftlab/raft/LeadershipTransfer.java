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
  private final Leader leader;
  private final ClientReplies replies;
  private final Timer timer;
  private ClientRequest.Transfer request;
  private Id target;
  private long term;
  private long deadline;
  private long timeoutNowSentAt;

  LeadershipTransfer(Replica replica, Leader leader, ClientReplies replies) {
    this.replica = replica;
    this.leader = leader;
    this.replies = replies;
    timer = new Timer(replica.host, "transfer");
  }

  String timer() {
    return timer.name();
  }

  /** Whether the leader waits for its successor, and so takes no writes. */
  boolean isRunning() {
    return request != null;
  }

  /** As the leader. */
  void start(ClientRequest.Transfer newRequest) {
    Id self = replica.peers.self();
    Id successor = newRequest.replica() == null ? mostUpToDateVoter() : newRequest.replica();
    String refusal = null;
    if (request != null) {
      refusal = "another transfer is under way, to " + target;
    } else if (successor == null) {
      refusal = "there is nobody else to lead";
    } else if (!replica.membership.configuration().isVoter(successor)) {
      refusal = successor + " is not a voter of this cluster";
    }
    if (refusal != null) {
      replies.fail(newRequest.client(), newRequest.mid(), refusal);
    } else if (successor.equals(self)) {
      replies.done(newRequest.client(), newRequest.mid());
    } else {
      request = newRequest;
      target = successor;
      term = replica.currentTerm();
      deadline = replica.now() + replica.settings.get(Setting.ELECTION_TIMEOUT_MAX);
      timeoutNowSentAt = NEVER;
      timer.setAt(replica.now(), deadline);
    }
  }

  /** The voter whose log is most nearly like the leader's; null if there is no other voter. */
  private Id mostUpToDateVoter() {
    Followers followers = leader.followers();
    int mostUpToDateVoter = -1;
    for (int slot = 0; slot < followers.count(); slot++) {
      if (replica.peers.isVoter(slot)
          && (mostUpToDateVoter < 0
              || followers.get(slot).matchIndex > followers.get(mostUpToDateVoter).matchIndex)) {
        mostUpToDateVoter = slot;
      }
    }
    return mostUpToDateVoter < 0 ? null : replica.peers.id(mostUpToDateVoter);
  }

  /** The timer of the transfer has come. */
  void onTimeout() {
    timer.hasExpired(); // drive() follows every event
  }

  /** After any event: takes the next step. */
  void advance() {
    if (request == null) {
      return;
    }
    long now = replica.now();
    if (replica.roles.isLeader() && replica.currentTerm() == term) {
      if (now >= deadline) {
        finish(target + " did not take over in time");
      } else {
        catchUpTarget(now);
      }
    } else if (replica.roles.isLeaderKnown()) {
      finish(replica.roles.leader().equals(target) ? null : "another replica leads now");
    } else if (now >= deadline) {
      finish("no leader is known yet");
    } else {
      timer.setAt(now, deadline);
    }
  }

  private void finish(String refusal) {
    if (refusal == null) {
      replies.done(request.client(), request.mid());
    } else {
      replies.fail(request.client(), request.mid(), refusal);
    }
    request = null;
    timer.cancel();
  }

  /** Brings the successor up to date, and then asks it; again if no answer comes. */
  private void catchUpTarget(long now) {
    int slot = replica.peers.slotOf(target);
    if (slot < 0) {
      finish(target + " is no member any more");
      return;
    }
    FollowerProgress follower = leader.followers().get(slot);
    if (follower.matchIndex < replica.log.lastIndex()) {
      if (follower.nextIndex <= replica.log.lastIndex() && follower.hasRoom()) {
        leader.send(slot, now);
      }
    } else if (timeoutNowSentAt == NEVER
        || now - timeoutNowSentAt >= replica.settings.get(Setting.VOTE_RETRANSMIT)) {
      timeoutNowSentAt = now;
      sendTimeoutNow(target);
      long again = now + replica.settings.get(Setting.VOTE_RETRANSMIT);
      timer.setAt(now, Math.min(deadline, again));
    }
  }

  /** Nobody keeps to the promise that the lease rests on once one is asked to stand. */
  private void sendTimeoutNow(Id successor) {
    leader.giveUpLease();
    replica.send(successor, new TimeoutNow(replica.currentTerm()));
  }

  /**
   * This leader is no member any more: asks the best one to stand, and gives up (dissertation
   * §4.2.2).
   */
  void stepDownAfterRemoval() {
    Id successor = mostUpToDateVoter();
    if (successor != null) {
      sendTimeoutNow(successor);
    }
    replica.roles.stepDown();
  }
}
