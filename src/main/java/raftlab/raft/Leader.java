package raftlab.raft;

import java.util.List;
import raftlab.raft.Command.NoOp;
import raftlab.raft.Command.Reconfigure;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.raft.RaftMessage.FollowerReply;
import raftlab.raft.RaftMessage.SnapshotReply;
import raftlab.wire.Id;

/**
 * The rules for leaders of Figure 2: nextIndex and matchIndex of each follower ({@link
 * FollowerProgress}), what AppendEntries carries, what its reply changes, and when an entry is
 * committed.
 *
 * <p>When a message is sent, and to which followers, is decided by a {@link SendPolicy}. {@link
 * SendToAllPolicy} does what Figure 2 says and nothing more; {@link MajorityFirstPolicy} sends
 * fewer messages. Both are correct: Raft's safety doesn't depend on when the leader sends.
 */
final class Leader {
  private static final long NONE = -1;

  private final Replica replica;
  private final Timer timer;
  private final Followers followers;
  private final LeaderLease lease;
  private final SnapshotSender snapshotSender;
  private final SendPolicy policy;
  private long firstIndexOfTerm;
  private long confirmAfter = NONE;

  Leader(Replica replica) {
    this.replica = replica;
    timer = new Timer(replica.host, "replication");
    followers = new Followers(replica);
    lease = new LeaderLease(replica, followers);
    snapshotSender = new SnapshotSender(replica, followers);
    policy =
        replica.settings.is(Setting.PLAIN_SENDING)
            ? new SendToAllPolicy(replica, this)
            : new MajorityFirstPolicy(replica, this);
  }

  String timer() {
    return timer.name();
  }

  Followers followers() {
    return followers;
  }

  LeaderLease lease() {
    return lease;
  }

  /**
   * This replica has won an election. It appends an entry of its own term, because only such an
   * entry commits those of earlier terms (§5.4.2, §8). The entry is a no-op; the first entry of the
   * log is the configuration instead, so that servers that join later get it with the log.
   */
  void onElected() {
    long now = replica.now();
    policy.reset();
    followers.reset(now, policy);
    lease.reset();
    confirmAfter = NONE;
    boolean isFirstEntry = replica.log.lastIndex() == 0;
    firstIndexOfTerm =
        propose(isFirstEntry ? new Reconfigure(replica.membership.configuration()) : NoOp.INSTANCE);
    // Figure 2, Leaders 1: "Upon election: send initial empty AppendEntries RPCs (heartbeat) to
    // each server; repeat during idle periods to prevent election timeouts"
    for (int slot = 0; slot < followers.count(); slot++) {
      replicateTo(slot, now);
    }
  }

  /** Appends a command to the log. {@link #sendDue} sends it. Returns the entry's index. */
  long propose(Command command) {
    // Figure 2, Leaders 2: "If command received from client: append entry to local log, respond
    // after entry applied to state machine"
    long index = replica.log.append(LogEntry.of(replica.currentTerm(), command));
    followers.refresh(replica.now());
    return index;
  }

  /** The index of the first entry of this leader's term. */
  long firstIndexOfTerm() {
    return firstIndexOfTerm;
  }

  /** Sends what the follower needs: entries, a part of a snapshot, or an empty heartbeat. */
  void replicateTo(int slot, long now) {
    FollowerProgress follower = followers.get(slot);
    if (follower.isOverdue(now)) {
      follower.onTimeout(); // §5.3: "the leader retries AppendEntries RPCs indefinitely"
    }
    do {
      if (follower.nextToSend() <= replica.log.baseIndex()) {
        snapshotSender.send(slot, now); // the entry was discarded (§7)
        return;
      }
      long lastSent = sendAppendEntries(slot, now);
      follower.isBehind = lastSent < replica.log.lastIndex();
    } while (follower.isBehind && follower.hasRoom());
  }

  /** Returns the index of the last entry that the follower has, or is sent now. */
  private long sendAppendEntries(int slot, long now) {
    FollowerProgress follower = followers.get(slot);
    RaftSettings settings = replica.settings;
    // Figure 2, Leaders 3: "If last log index ≥ nextIndex for a follower: send AppendEntries RPC
    // with log entries starting at nextIndex"
    long first = follower.nextToSend();
    List<LogEntry> entries =
        replica.log.entriesFrom(
            first, settings.entriesPerMessage(), settings.get(Setting.BATCH_BYTES));
    long prevLogIndex = first - 1;
    long commitIndex = replica.commitState.commitIndex();
    long round = followers.sentMessages().next(now);
    follower.onSent(round, now, commitIndex);
    follower.onEntriesSent(entries);
    replica.send(
        replica.peers.id(slot),
        new AppendEntries(
            replica.currentTerm(),
            round,
            prevLogIndex,
            replica.log.term(prevLogIndex),
            commitIndex,
            entries));
    return prevLogIndex + entries.size();
  }

  /** A follower's reply, of this term, to a message of this term. */
  void handleReply(Id sender, FollowerReply reply) {
    int slot = replica.peers.slotOf(sender);
    if (slot < 0 || reply.round() > followers.get(slot).lastSentRound) {
      return; // not a member, or the reply to a message that was never sent
    }
    long now = replica.now();
    long sentAt = followers.sentMessages().sentAt(reply.round());
    FollowerProgress follower = followers.get(slot);
    boolean isNew = follower.onReply(reply.round(), sentAt, now);
    if (reply instanceof SnapshotReply part) {
      // The follower answers a repeated part twice, and a reply may be overtaken by a later one.
      // Only
      // a new reply moves the offset, and brings the next part.
      if (isNew
          && (follower.onSnapshotOffset(part.lastIncludedIndex(), part.offset())
              || !follower.isWaiting())) {
        replicateTo(slot, now);
      }
    } else {
      handleAppendReply(slot, (AppendReply) reply, isNew, now);
    }
  }

  private void handleAppendReply(int slot, AppendReply reply, boolean isNew, long now) {
    FollowerProgress follower = followers.get(slot);
    if (reply.success()) {
      if (reply.matchIndex() > replica.log.lastIndex()) {
        return; // no follower can match entries that the leader doesn't have
      }
      // Figure 2, Leaders 3: "If successful: update nextIndex and matchIndex for follower". The
      // reply may be an old one, so neither goes back.
      follower.matchIndex = Math.max(follower.matchIndex, reply.matchIndex());
      follower.nextIndex = Math.max(follower.nextIndex, follower.matchIndex + 1);
      follower.onMatch();
      advanceCommitIndex();
      if (follower.isBehind && follower.hasRoom()) {
        replicateTo(slot, now);
      }
    } else if (isNew && follower.isNewRejection(reply.round(), followers.sentMessages().last())) {
      // Figure 2, Leaders 3: "If AppendEntries fails because of log inconsistency: decrement
      // nextIndex and retry". A follower that lost entries that it had acknowledged violates
      // §5.1; nextIndex goes back below matchIndex then, which stays.
      follower.nextIndex = nextIndexAfter(reply);
      follower.onRejection();
      replicateTo(slot, now);
    }
  }

  /**
   * The new nextIndex after a rejection. §5.3: "the follower can include the term of the
   * conflicting entry and the first index it stores for that term", so that nextIndex skips a whole
   * term. An example, with the terms of the entries:
   *
   * <pre>
   *   index      1  2  3  4  5  6  7
   *   leader     1  1  1  4  4  5  5      sends entry 7 with prevLogIndex 6, prevLogTerm 5
   *   follower   1  1  1  1  2  2  2      has term 2 at index 6: conflictTerm 2, conflictIndex 5
   * </pre>
   *
   * The leader has no entry of term 2, so the follower must delete all its entries of that term:
   * nextIndex becomes 5, and prevLogIndex 4. There the follower has term 1: conflictTerm 1,
   * conflictIndex 1. The leader's last entry of term 1 is at index 3, so the logs can't agree
   * behind it: nextIndex becomes 4. This takes two rejections, however many entries a term has.
   */
  private long nextIndexAfter(AppendReply rejection) {
    Log log = replica.log;
    long lastOfTerm = rejection.conflictTerm() == 0 ? 0 : log.lastIndexOf(rejection.conflictTerm());
    long index = lastOfTerm > 0 ? lastOfTerm + 1 : rejection.conflictIndex();
    return Math.max(1, Math.min(index, log.lastIndex() + 1));
  }

  private void advanceCommitIndex() {
    // Figure 2, Leaders 4: "If there exists an N such that N > commitIndex, a majority of
    // matchIndex[i] ≥ N, and log[N].term == currentTerm: set commitIndex = N". An entry of an
    // earlier term could still be overwritten, as Figure 8 shows (§5.4.2).
    long n = followers.matchedByMajority();
    if (n > replica.commitState.commitIndex() && replica.log.term(n) == replica.currentTerm()) {
      replica.commitState.advanceTo(n);
    }
  }

  /** After any event: sends what is due, and sets the timer for what is due next. */
  void sendDue() {
    if (!replica.roles.isLeader()) {
      timer.cancel();
      return;
    }
    boolean needsNoReply =
        replica.peers.otherVotesForMajority() == 0
            || replica.membership.latest().index() > replica.commitState.commitIndex();
    if (needsNoReply) {
      advanceCommitIndex(); // this replica is the majority, or the majority has become smaller
    }
    long now = replica.now();
    policy.sendDue(now);
    long next = policy.nextDueAt(now);
    if (next != Long.MAX_VALUE) {
      timer.setAt(now, next);
    }
  }

  /** The leader's timer has expired. */
  void onTimeout() {
    timer.hasExpired(); // sendDue() follows every event
  }

  /** A majority must answer messages that were sent after this one (ReadIndex, §8). */
  void confirmAfter(long round) {
    confirmAfter = round;
  }

  /** No read waits for a majority any more. */
  void confirmNothing() {
    confirmAfter = NONE;
  }

  /** Followers must answer a message after this one; -1 if no read waits for that. */
  long confirmAfter() {
    return confirmAfter;
  }

  /** Whether entries wait to be committed, or reads for a majority to answer. */
  boolean needsReplies() {
    return replica.commitState.commitIndex() < replica.log.lastIndex()
        || (confirmAfter != NONE && !followers.isConfirmed(confirmAfter));
  }
}
