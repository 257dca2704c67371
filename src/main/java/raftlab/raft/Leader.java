package raftlab.raft;

import java.util.Arrays;
import java.util.List;
import raftlab.raft.Command.NoOp;
import raftlab.raft.Command.Reconfigure;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.raft.RaftMessage.FollowerReply;
import raftlab.raft.RaftMessage.InstallSnapshot;
import raftlab.raft.RaftMessage.SnapshotReply;
import raftlab.wire.Id;

/**
 * The leader's work (§5.3): brings its log to the followers, and learns what is committed.
 *
 * <p>It is one rule, applied after every event by {@link #sendDue}: see who must get a message by
 * now, then see with {@link Asking} whether enough followers have been asked for what is wanted.
 * Reads ride on the same messages.
 */
final class Leader {
  private final Replica replica;
  private final Timer timer;
  private final Followers followers;
  private final Asking asking;
  private long firstIndexOfTerm;
  private boolean leaseGivenUp;

  Leader(Replica replica) {
    this.replica = replica;
    timer = new Timer(replica.host, "replication");
    followers = new Followers(replica);
    asking = new Asking(replica, followers);
  }

  String timer() {
    return timer.name();
  }

  Followers followers() {
    return followers;
  }

  Asking asking() {
    return asking;
  }

  /**
   * This replica is leader now: it opens its term with an entry that does nothing (§8), and tells
   * everybody. But the very first entry of all says who the members are, so that whoever joins
   * later and gets the log knows as much as those who were started with it.
   */
  void onElected() {
    long now = replica.now();
    followers.reset(now);
    asking.reset();
    leaseGivenUp = false;
    firstIndexOfTerm =
        propose(
            replica.log.lastIndex() == 0
                ? new Reconfigure(replica.membership.configuration())
                : NoOp.INSTANCE);
    for (int slot = 0; slot < followers.count(); slot++) {
      send(slot, now);
    }
  }

  /** Appends a command to the log; {@link #sendDue} will send it. Returns the entry's index. */
  long propose(Command command) {
    long index = replica.log.append(LogEntry.of(replica.currentTerm(), command));
    followers.refresh(replica.now());
    return index;
  }

  /** The index of the entry that opened this leader's term. */
  long firstIndexOfTerm() {
    return firstIndexOfTerm;
  }

  /**
   * Whether this replica is surely still the only leader (dissertation §6.4.1): a majority has
   * answered messages so recently that none of them may have voted for anybody since. The clock is
   * read anew, for the process may have stood still since the event began.
   */
  boolean hasLease() {
    if (replica.peers.otherVotesForMajority() == 0) {
      return true;
    }
    if (!replica.settings.is(Setting.LEASE) || leaseGivenUp) {
      return false;
    }
    long sentAt = followers.answeredByMajoritySentAt();
    return sentAt != SentMessages.UNKNOWN
        && replica.now() - sentAt < replica.settings.get(Setting.LEASE_TIME);
  }

  /**
   * From now on voters may forget their promise to this leader, since it asked one to take its
   * place (dissertation §3.10): it has no lease any more in this term.
   */
  void giveUpLease() {
    leaseGivenUp = true;
  }

  /** Whether a majority has been in touch lately, so that a new entry is likely to be committed. */
  boolean hasRecentQuorum() {
    return followers.millisSinceQuorum() < replica.settings.get(Setting.LEASE_TIME);
  }

  /** A follower's answer, of this term, to a message of this term. */
  void handleReply(Id sender, FollowerReply reply) {
    int slot = replica.peers.slotOf(sender);
    if (slot < 0 || reply.round() > followers.get(slot).lastSentRound) {
      return; // a stranger, or an answer to what was never sent
    }
    FollowerProgress follower = followers.get(slot);
    long now = replica.now();
    boolean isNew =
        follower.receivedReply(reply.round(), followers.sentMessages().sentAt(reply.round()), now);
    if (isNew) {
      followers.lossEstimate().answered();
    }
    if (reply instanceof SnapshotReply part) {
      // A part that was repeated is answered twice; two next parts would each be answered as well.
      boolean hasOther = follower.hasOfSnapshot(part.lastIncludedIndex(), part.offset());
      if (isNew && (hasOther || !follower.isWaiting())) {
        send(slot, now);
      }
    } else {
      handleReply(slot, (AppendReply) reply, isNew, now);
    }
  }

  private void handleReply(int slot, AppendReply reply, boolean isNew, long now) {
    FollowerProgress follower = followers.get(slot);
    if (reply.success()) {
      if (reply.matchIndex() > replica.log.lastIndex()) {
        return; // nobody can agree with entries that we don't have
      }
      follower.matches(reply.matchIndex());
      advanceCommitIndex();
      if (follower.catchingUp && follower.hasRoom()) {
        send(slot, now);
      }
    } else if (isNew
        && follower.rejected(reply.round(), followers.sentMessages().last(), resumeIndex(reply))) {
      send(slot, now);
    }
  }

  /**
   * Where to go on after a rejection (§5.3, the optimisation at its end). An example, with the
   * terms of the entries:
   *
   * <pre>
   *   index      1  2  3  4  5  6  7
   *   leader     1  1  1  4  4  5  5      sends entry 7 with prevLogIndex 6, prevLogTerm 5
   *   follower   1  1  1  1  2  2  2      has term 2 at index 6: conflictTerm 2, conflictIndex 5
   * </pre>
   *
   * The leader has no entry of term 2, so all the follower's entries of that term must go: next it
   * sends entries from 5 on, with prevLogIndex 4. There the follower has term 1: conflictTerm 1,
   * conflictIndex 1. The leader has entries of term 1, up to index 3, and what lies behind its own
   * last one can't agree: it sends entries from 4 on. Two rejections, however many entries the
   * terms have.
   */
  private long resumeIndex(AppendReply rejection) {
    Log log = replica.log;
    long ours = rejection.conflictTerm() == 0 ? 0 : log.lastIndexOf(rejection.conflictTerm());
    long index = ours > 0 ? ours + 1 : rejection.conflictIndex();
    return Math.max(1, Math.min(index, log.lastIndex() + 1));
  }

  /**
   * An entry is committed when a majority has it, but only one of the leader's own term may be
   * counted (§5.4.2): one of an earlier term could still be overwritten, as Figure 8 shows. Those
   * before it are then committed as well.
   */
  private void advanceCommitIndex() {
    long index = followers.matchedByMajority();
    if (index > replica.commitState.commitIndex()
        && replica.log.term(index) == replica.currentTerm()) {
      replica.commitState.advanceTo(index);
    }
  }

  /** The leader's timer has come. */
  void onTimeout() {
    timer.hasExpired(); // drive() follows every event, and sees itself what is due
  }

  /**
   * After any event: a leader that no majority is in touch with gives up (CheckQuorum, dissertation
   * §6.2).
   */
  void checkQuorum() {
    if (replica.roles.isLeader()
        && replica.settings.is(Setting.CHECK_QUORUM)
        && followers.millisSinceQuorum() >= replica.settings.get(Setting.ELECTION_TIMEOUT_MAX)) {
      replica.roles.stepDown();
    }
  }

  /** After any event: sends what must be sent by now. */
  void sendDue() {
    if (!replica.roles.isLeader()) {
      timer.cancel();
      return;
    }
    boolean mayHaveMajority =
        replica.peers.otherVotesForMajority() == 0
            || replica.membership.latest().index() > replica.commitState.commitIndex();
    if (mayHaveMajority) {
      advanceCommitIndex(); // no answer needs to come if nobody, or fewer, must agree
    }
    long now = replica.now();
    for (int slot = 0; slot < followers.count(); slot++) {
      if (now >= followers.dueAt(slot)) {
        send(slot, now);
      }
    }
    boolean isWanted = asking.isWanted();
    if (isWanted) {
      for (int next = asking.next(now); next != Asking.NOBODY; next = asking.next(now)) {
        send(next, now);
      }
    }
    setTimer(now, isWanted);
  }

  private void setTimer(long now, boolean isWanted) {
    long next = Long.MAX_VALUE;
    for (int slot = 0; slot < followers.count(); slot++) {
      FollowerProgress follower = followers.get(slot);
      next = Math.min(next, followers.dueAt(slot));
      if (isWanted && follower.isWaiting() && follower.overdueAt() > now) {
        next = Math.min(next, follower.overdueAt());
      }
    }
    if (next != Long.MAX_VALUE) {
      timer.setAt(now, next);
    }
  }

  /** Sends this follower what it lacks, in several messages if one can't hold it. */
  void send(int slot, long now) {
    FollowerProgress follower = followers.get(slot);
    if (follower.isOverdue(now) && follower.timedOut()) {
      followers.lossEstimate().lost();
    }
    do {
      if (follower.nextIndex <= replica.log.baseIndex()) {
        sendSnapshot(slot, now);
        return;
      }
      sendEntries(slot, now);
      follower.catchingUp = follower.nextIndex <= replica.log.lastIndex();
    } while (follower.catchingUp && follower.hasRoom());
  }

  private void sendEntries(int slot, long now) {
    FollowerProgress follower = followers.get(slot);
    RaftSettings settings = replica.settings;
    long prevLogIndex = follower.nextIndex - 1;
    List<LogEntry> entries =
        replica.log.batch(
            follower.nextIndex, settings.entriesPerMessage(), settings.get(Setting.BATCH_BYTES));
    long bytes = 0;
    for (int i = 0; i < entries.size(); i++) {
      bytes += entries.get(i).bytes();
    }
    long round = followers.sentMessages().next(now);
    follower.sent(
        round, now, follower.nextIndex + entries.size(), bytes, replica.commitState.commitIndex());
    replica.send(
        replica.peers.id(slot),
        new AppendEntries(
            replica.currentTerm(),
            round,
            prevLogIndex,
            replica.log.term(prevLogIndex),
            replica.commitState.commitIndex(),
            entries));
  }

  /** Sends the next part of the snapshot that stands for the entries that were discarded (§7). */
  private void sendSnapshot(int slot, long now) {
    FollowerProgress follower = followers.get(slot);
    Snapshot snapshot = follower.snapshotToSend(replica.snapshots.latest());
    byte[] data = snapshot.data();
    int offset = follower.snapshotOffset();
    int end = Math.min(data.length, offset + replica.settings.get(Setting.SNAPSHOT_CHUNK));
    long round = followers.sentMessages().next(now);
    follower.sent(round, now, follower.nextIndex, end - offset, 0);
    follower.catchingUp = snapshot.index() < replica.log.lastIndex();
    replica.send(
        replica.peers.id(slot),
        new InstallSnapshot(
            replica.currentTerm(),
            round,
            snapshot.index(),
            snapshot.term(),
            data.length,
            offset,
            Arrays.copyOfRange(data, offset, end)));
  }
}
