package raftlab.raft;

import org.jspecify.annotations.Nullable;
import raftlab.raft.Command.Reconfigure;
import raftlab.wire.Id;

/**
 * Cluster membership changes (§6; in the simpler way of the dissertation, §4): one server is added
 * or removed at a time, so that any majority of the old configuration overlaps with any majority of
 * the new one.
 *
 * <ul>
 *   <li>The next change begins only when the one before is committed, and the leader has committed
 *       an entry of its own term (the dissertation lacks this rule; its author published it in
 *       2015. Without it two leaders could commit with majorities that don't overlap).
 *   <li>A new server is a learner first: it gets the log, in rounds, and becomes a voter when a
 *       round takes less than an election timeout (dissertation §4.2.1). As a voter it could delay
 *       the commitment of entries while it catches up.
 *   <li>A leader that removes itself stays leader until that is committed, without counting itself.
 *       Then it sends TimeoutNow to another server and steps down (dissertation §4.2.2).
 *   <li>A removed server gets messages until it has received that its removal is committed (see
 *       {@link FollowerProgress#needsNoMoreMessages}): then it starts no more elections.
 * </ul>
 */
final class MembershipChanges {
  /** A learner that needs more rounds than this is too slow. */
  private static final int MAX_ROUNDS = 10;

  /** A learner that doesn't answer for this many election timeouts has crashed. */
  private static final int MAX_TIMEOUTS_WITHOUT_REPLY = 10;

  private final Replica replica;
  private final Leader leader;
  private final LeadershipTransfer transfer;
  private final ClientReplies replies;

  /** The request for the change under way; null if no client waits for it. */
  private ClientRequest.@Nullable Administration request;

  /** The learner that catches up; null if there is none. */
  private @Nullable Id learner;

  /** How many rounds it has finished. */
  private int roundsFinished;

  /** The current round ends when the learner has this entry, the last one when it began. */
  private long roundEnd;

  private long roundSince;

  MembershipChanges(
      Replica replica, Leader leader, LeadershipTransfer transfer, ClientReplies replies) {
    this.replica = replica;
    this.leader = leader;
    this.transfer = transfer;
    this.replies = replies;
  }

  /** Executes an {@link ClientRequest.Add} or {@link ClientRequest.Remove} as the leader. */
  void handle(ClientRequest.Administration wanted) {
    Configuration members = replica.membership.configuration();
    Id server =
        wanted instanceof ClientRequest.Add add
            ? add.replica()
            : ((ClientRequest.Remove) wanted).replica();
    boolean isDone =
        wanted instanceof ClientRequest.Add ? members.isVoter(server) : !members.isMember(server);
    String refusalReason = refusalReason(wanted, server);
    if (refusalReason != null) {
      replies.fail(wanted.client(), wanted.mid(), refusalReason);
    } else if (isDone) {
      replies.done(wanted.client(), wanted.mid());
    } else {
      failPending("it was taken back");
      request = wanted;
      if (wanted instanceof ClientRequest.Remove) {
        propose(members.without(server));
      } else if (!members.isLearner(server)) {
        propose(members.withLearner(server));
      }
    }
  }

  /** Why the change can't begin now; null if it can. */
  private @Nullable String refusalReason(ClientRequest.Administration wanted, Id server) {
    Configuration members = replica.membership.configuration();
    if (replica.commitState.commitIndex() < leader.firstIndexOfTerm()) {
      return "this leader has not committed an entry of its own term yet";
    }
    if (!isCommitted()) {
      return "another change of members is under way";
    }
    boolean takesBack = wanted instanceof ClientRequest.Remove && members.isLearner(server);
    boolean continues =
        wanted instanceof ClientRequest.Add && members.isLearner(server) && request == null;
    if (!members.learners().isEmpty() && !takesBack && !continues) {
      return "another change of members is under way: " + members.learners() + " catches up";
    }
    boolean isLast =
        wanted instanceof ClientRequest.Remove && members.without(server).voters().isEmpty();
    return isLast ? server + " is the only voter" : null;
  }

  private boolean isCommitted() {
    return replica.membership.latest().index() <= replica.commitState.commitIndex();
  }

  private void propose(Configuration next) {
    leader.propose(new Reconfigure(next));
  }

  /** After any event, before messages are sent: takes the next step. */
  void advance() {
    if (!replica.roles.isLeader()) {
      failPending("it is not known whether the change survived");
      learner = null;
    } else if (isCommitted()) {
      Configuration members = replica.membership.configuration();
      if (members.learners().isEmpty()) {
        learner = null;
      } else if (replica.commitState.commitIndex() >= leader.firstIndexOfTerm()) {
        catchUpLearner(members.learners().get(0));
      }
    }
  }

  private void failPending(String reason) {
    if (request != null) {
      replies.fail(request.client(), request.mid(), reason);
      request = null;
    }
  }

  private void catchUpLearner(Id server) {
    long now = replica.now();
    FollowerProgress follower = leader.followers().get(replica.peers.slotOf(server));
    if (!server.equals(learner)) {
      learner = server;
      roundsFinished = 0;
      startRound(now);
    } else if (follower.matchIndex >= roundEnd) {
      roundsFinished++;
      if (now - roundSince < replica.settings.get(Setting.ELECTION_TIMEOUT_MAX)) {
        propose(replica.membership.configuration().withVoter(server));
      } else if (roundsFinished == MAX_ROUNDS) {
        abandonLearner(server, "it is too slow to catch up");
      } else {
        startRound(now);
      }
    } else if (now - Math.max(roundSince, follower.answeredSentAt)
        > (long) MAX_TIMEOUTS_WITHOUT_REPLY * replica.settings.get(Setting.ELECTION_TIMEOUT_MAX)) {
      abandonLearner(server, "it says nothing");
    }
  }

  private void startRound(long now) {
    roundSince = now;
    roundEnd = replica.log.lastIndex();
  }

  private void abandonLearner(Id server, String reason) {
    failPending(server + " was not added: " + reason);
    propose(replica.membership.configuration().without(server));
  }

  /** After any event, last: a change that is committed is done. */
  void sendReplies() {
    boolean isDone =
        replica.roles.isLeader()
            && isCommitted()
            && replica.membership.configuration().learners().isEmpty();
    if (!isDone) {
      return;
    }
    if (request != null) {
      replies.done(request.client(), request.mid());
      request = null;
    }
    if (!replica.peers.selfIsVoter()) {
      transfer.stepDownAfterRemoval();
    }
  }
}
