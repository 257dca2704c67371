package raftlab.raft;

import raftlab.raft.Command.Reconfigure;
import raftlab.wire.Id;

/**
 * The leader's work when members come and go (§6; in the simpler way of the dissertation, §4): one
 * server at a time, so that any majority of the members before and any majority of those after have
 * a server in common.
 *
 * <ul>
 *   <li>The next change begins only when the one before is committed, and the leader has committed
 *       an entry of its own term (the rule that was missing in the dissertation, and that its
 *       author published in 2015: without it, two leaders could each change what the other counts
 *       on).
 *   <li>A new server is a learner first: it gets the log, in rounds, and becomes a voter when a
 *       round takes less than an election timeout (dissertation §4.2.1). Otherwise it could hold up
 *       the commitment of entries for as long as it has to catch up.
 *   <li>A leader that removes itself leads until that is committed, without counting itself; then
 *       it asks another one to follow it (dissertation §4.2.2).
 *   <li>A server that was removed is sent messages until it knows that this is committed (see
 *       {@link FollowerProgress#hasLeft}): then it doesn't stand for election any more.
 * </ul>
 */
final class MembershipChanges {
  /** A learner that needs more rounds than this is too slow. */
  private static final int MOST_ROUNDS = 10;

  /** A learner that says nothing for so many election timeouts is not there. */
  private static final int SILENCE = 10;

  private final Replica replica;
  private final Leader replication;
  private final LeadershipTransfer transfer;
  private final ClientReplies answers;

  /** Whose client waits for the change under way; null for nobody. */
  private ClientRequest.Administration request;

  /** Who catches up; null for nobody. */
  private Id learner;

  /** How many rounds it has finished. */
  private int rounds;

  /** The present round is over when the learner has this entry, the last of when it began. */
  private long roundEnd;

  private long roundSince;

  MembershipChanges(
      Replica replica, Leader replication, LeadershipTransfer transfer, ClientReplies answers) {
    this.replica = replica;
    this.replication = replication;
    this.transfer = transfer;
    this.answers = answers;
  }

  /** As the leader: an {@link ClientRequest.Add} or {@link ClientRequest.Remove}. */
  void take(ClientRequest.Administration wanted) {
    Configuration members = replica.members.configuration();
    Id server =
        wanted instanceof ClientRequest.Add add
            ? add.replica()
            : ((ClientRequest.Remove) wanted).replica();
    boolean isThere =
        wanted instanceof ClientRequest.Add ? members.isVoter(server) : !members.isMember(server);
    String complaint = complaint(wanted, server);
    if (complaint != null) {
      answers.fail(wanted.client(), wanted.mid(), complaint);
    } else if (isThere) {
      answers.done(wanted.client(), wanted.mid());
    } else {
      refuse("it was taken back");
      request = wanted;
      if (wanted instanceof ClientRequest.Remove) {
        propose(members.without(server));
      } else if (!members.isLearner(server)) {
        propose(members.withLearner(server));
      }
    }
  }

  /** Why the change can't begin now; null if it can. */
  private String complaint(ClientRequest.Administration wanted, Id server) {
    Configuration members = replica.members.configuration();
    if (replica.commits.commitIndex() < replication.openingIndex()) {
      return "this leader has not committed an entry of its own term yet";
    }
    if (!isCommitted()) {
      return "another change of members is under way";
    }
    boolean takesBack = wanted instanceof ClientRequest.Remove && members.isLearner(server);
    boolean goesOn =
        wanted instanceof ClientRequest.Add && members.isLearner(server) && request == null;
    if (!members.learners().isEmpty() && !takesBack && !goesOn) {
      return "another change of members is under way: " + members.learners() + " catches up";
    }
    boolean isLast =
        wanted instanceof ClientRequest.Remove && members.without(server).voters().isEmpty();
    return isLast ? server + " is the only voter" : null;
  }

  private boolean isCommitted() {
    return replica.members.latest().index() <= replica.commits.commitIndex();
  }

  private void propose(Configuration next) {
    replication.propose(new Reconfigure(next));
  }

  /** After any event, before messages are sent: takes the next step. */
  void drive() {
    if (!replica.roles.isLeader()) {
      refuse("it is not known whether the change survived");
      learner = null;
    } else if (isCommitted()) {
      Configuration members = replica.members.configuration();
      if (members.learners().isEmpty()) {
        learner = null;
      } else if (replica.commits.commitIndex() >= replication.openingIndex()) {
        catchUp(members.learners().get(0));
      }
    }
  }

  private void refuse(String reason) {
    if (request != null) {
      answers.fail(request.client(), request.mid(), reason);
      request = null;
    }
  }

  private void catchUp(Id server) {
    long now = replica.now();
    FollowerProgress follower = replication.followers().get(replica.peers.placeOf(server));
    if (!server.equals(learner)) {
      learner = server;
      rounds = 0;
      beginRound(now);
    } else if (follower.matchIndex >= roundEnd) {
      rounds++;
      if (now - roundSince < replica.settings.get(Setting.ELECTION_TIMEOUT_MAX)) {
        propose(replica.members.configuration().withVoter(server));
      } else if (rounds == MOST_ROUNDS) {
        giveUp("it is too slow to catch up");
      } else {
        beginRound(now);
      }
    } else if (now - Math.max(roundSince, follower.answeredSentAt)
        > (long) SILENCE * replica.settings.get(Setting.ELECTION_TIMEOUT_MAX)) {
      giveUp("it says nothing");
    }
  }

  private void beginRound(long now) {
    roundSince = now;
    roundEnd = replica.log.lastIndex();
  }

  private void giveUp(String reason) {
    refuse(learner + " was not added: " + reason);
    propose(replica.members.configuration().without(learner));
  }

  /** After any event, last: a change that is committed is done. */
  void settle() {
    boolean isDone =
        replica.roles.isLeader()
            && isCommitted()
            && replica.members.configuration().learners().isEmpty();
    if (!isDone) {
      return;
    }
    if (request != null) {
      answers.done(request.client(), request.mid());
      request = null;
    }
    if (!replica.peers.selfIsVoter()) {
      transfer.abdicate();
    }
  }
}
