package raftlab.raft;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import raftlab.raft.RaftMessage.TimeoutNow;
import raftlab.wire.Id;

/**
 * Leadership transfer (dissertation §3.10): the leader stops accepting writes, brings the target's
 * log up to date, and sends it TimeoutNow. If the target isn't leader within an election timeout,
 * the transfer is aborted. Until then a second one is refused.
 */
final class LeadershipTransfer {
  private static final long NEVER = Long.MIN_VALUE;

  private final Replica replica;
  private final Leader leader;
  private final ClientReplies replies;
  private final Timer timer;
  private ClientRequest.@Nullable Transfer request;

  /** The successor; {@link Id#BROADCAST} before the first transfer. */
  private Id target = Id.BROADCAST;

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

  /** Whether a transfer is under way, so that the leader accepts no writes. */
  boolean isRunning() {
    return request != null;
  }

  /** A client asks this leader for a transfer. */
  void start(ClientRequest.Transfer newRequest) {
    Id self = replica.peers.self();
    Id successor = newRequest.replica() == null ? mostUpToDateVoter() : newRequest.replica();
    String refusal = null;
    if (request != null) {
      refusal = "another transfer is under way, to " + target;
    } else if (successor == null) {
      refusal = "there is no other voter";
    } else if (!replica.membership.configuration().isVoter(successor)) {
      refusal = successor + " is not a voter of this cluster";
    }
    if (refusal != null) {
      replies.fail(newRequest.client(), newRequest.mid(), refusal);
    } else if (self.equals(successor)) {
      replies.done(newRequest.client(), newRequest.mid());
    } else {
      request = newRequest;
      target = Objects.requireNonNull(successor, "refused above");
      term = replica.currentTerm();
      deadline = replica.now() + replica.settings.get(Setting.ELECTION_TIMEOUT_MAX);
      timeoutNowSentAt = NEVER;
      timer.setAt(replica.now(), deadline);
    }
  }

  /** The voter with the highest matchIndex; null if there is no other voter. */
  private @Nullable Id mostUpToDateVoter() {
    Followers followers = leader.followers();
    int best = -1;
    for (int slot = 0; slot < followers.count(); slot++) {
      if (replica.peers.isVoter(slot)
          && (best < 0 || followers.get(slot).matchIndex > followers.get(best).matchIndex)) {
        best = slot;
      }
    }
    return best < 0 ? null : replica.peers.id(best);
  }

  /** The transfer's timer has expired. */
  void onTimeout() {
    timer.hasExpired(); // advance() follows every event
  }

  /** After any event: takes the next step. */
  void advance() {
    if (request == null) {
      return;
    }
    long now = replica.now();
    if (replica.roles.isLeader() && replica.currentTerm() == term) {
      if (now >= deadline) {
        // Dissertation §3.10: "If leadership transfer does not complete after about an election
        // timeout, the prior leader aborts the transfer and resumes accepting client requests"
        finish(target + " did not take over in time");
      } else {
        catchUpTarget(now);
      }
    } else if (replica.roles.isLeaderKnown()) {
      finish(target.equals(replica.roles.leader()) ? null : "another replica leads now");
    } else if (now >= deadline) {
      finish("no leader is known yet");
    } else {
      timer.setAt(now, deadline);
    }
  }

  /** Replies to the client: done, or with the reason why not. */
  private void finish(@Nullable String failure) {
    ClientRequest.Transfer ended = Objects.requireNonNull(request, "a transfer is under way");
    if (failure == null) {
      replies.done(ended.client(), ended.mid());
    } else {
      replies.fail(ended.client(), ended.mid(), failure);
    }
    request = null;
    timer.cancel();
  }

  /**
   * Dissertation §3.10: "The prior leader fully updates the target server's log to match its own",
   * and then "sends a TimeoutNow request to the target server". It is repeated if no new leader
   * appears.
   */
  private void catchUpTarget(long now) {
    int slot = replica.peers.slotOf(target);
    if (slot < 0) {
      finish(target + " is no longer a member");
      return;
    }
    FollowerProgress follower = leader.followers().get(slot);
    if (follower.matchIndex < replica.log.lastIndex()) {
      if (follower.nextToSend() <= replica.log.lastIndex() && follower.hasRoom()) {
        leader.replicateTo(slot, now);
      }
    } else if (timeoutNowSentAt == NEVER
        || now - timeoutNowSentAt >= replica.settings.get(Setting.VOTE_RETRANSMIT)) {
      timeoutNowSentAt = now;
      sendTimeoutNow(target);
      long again = now + replica.settings.get(Setting.VOTE_RETRANSMIT);
      timer.setAt(now, Math.min(deadline, again));
    }
  }

  private void sendTimeoutNow(Id successor) {
    leader.lease().giveUp();
    replica.send(successor, new TimeoutNow(replica.currentTerm()));
  }

  /** This leader was removed: asks the best voter to start an election (dissertation §4.2.2). */
  void stepDownAfterRemoval() {
    Id successor = mostUpToDateVoter();
    if (successor != null) {
      sendTimeoutNow(successor);
    }
    replica.roles.stepDown();
  }
}
