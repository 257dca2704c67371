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
 * <p>It is one rule, applied after every event by {@link #drive}: see who must get a message by
 * now, then see with {@link Asking} whether enough followers have been asked for what is wanted.
 * Reads ride on the same messages.
 */
final class Leader {
  private final Replica replica;
  private final Timer alarm;
  private final Followers followers;
  private final Asking asking;
  private long openingIndex;
  private boolean leaseGivenUp;

  Leader(Replica replica) {
    this.replica = replica;
    alarm = new Timer(replica.host, "replication");
    followers = new Followers(replica);
    asking = new Asking(replica, followers);
  }

  String timer() {
    return alarm.name();
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
  void begin() {
    long now = replica.now();
    followers.begin(now);
    asking.begin();
    leaseGivenUp = false;
    openingIndex =
        propose(
            replica.log.lastIndex() == 0
                ? new Reconfigure(replica.members.configuration())
                : NoOp.INSTANCE);
    for (int place = 0; place < followers.count(); place++) {
      send(place, now);
    }
  }

  /** Appends a command to the log; {@link #drive} will send it. Returns the entry's index. */
  long propose(Command command) {
    long index = replica.log.append(LogEntry.of(replica.currentTerm(), command));
    followers.refresh(replica.now());
    return index;
  }

  /** The index of the entry that opened this leader's term. */
  long openingIndex() {
    return openingIndex;
  }

  /**
   * Whether this replica is surely still the only leader (dissertation §6.4.1): a majority has
   * answered messages so recently that none of them may have voted for anybody since. The clock is
   * read anew, for the process may have stood still since the event began.
   */
  boolean hasLease() {
    if (replica.peers.othersForMajority() == 0) {
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
  boolean isInTouch() {
    return followers.contactAge() < replica.settings.get(Setting.LEASE_TIME);
  }

  /** A follower's answer, of this term, to a message of this term. */
  void receive(Id sender, FollowerReply reply) {
    int place = replica.peers.placeOf(sender);
    if (place < 0 || reply.round() > followers.get(place).lastSentRound) {
      return; // a stranger, or an answer to what was never sent
    }
    FollowerProgress follower = followers.get(place);
    long now = replica.now();
    boolean isNews =
        follower.answered(reply.round(), followers.rounds().sentAt(reply.round()), now);
    if (isNews) {
      followers.lossRate().answered();
    }
    if (reply instanceof SnapshotReply part) {
      // A part that was repeated is answered twice; two next parts would each be answered as well.
      boolean hasOther = follower.hasOfSnapshot(part.lastIncludedIndex(), part.offset());
      if (isNews && (hasOther || !follower.isWaiting())) {
        send(place, now);
      }
    } else {
      receive(place, (AppendReply) reply, isNews, now);
    }
  }

  private void receive(int place, AppendReply reply, boolean isNews, long now) {
    FollowerProgress follower = followers.get(place);
    if (reply.success()) {
      if (reply.matchIndex() > replica.log.lastIndex()) {
        return; // nobody can agree with entries that we don't have
      }
      follower.matches(reply.matchIndex());
      advanceCommitIndex();
      if (follower.catchingUp && follower.hasRoom()) {
        send(place, now);
      }
    } else if (isNews
        && follower.rejected(reply.round(), followers.rounds().last(), resumeIndex(reply))) {
      send(place, now);
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
    if (index > replica.commits.commitIndex() && replica.log.term(index) == replica.currentTerm()) {
      replica.commits.advanceTo(index);
    }
  }

  /** The leader's timer has come. */
  void timeout() {
    alarm.rings(); // drive() follows every event, and sees itself what is due
  }

  /**
   * After any event: a leader that no majority is in touch with gives up (CheckQuorum, dissertation
   * §6.2).
   */
  void checkQuorum() {
    if (replica.roles.isLeader()
        && replica.settings.is(Setting.CHECK_QUORUM)
        && followers.contactAge() >= replica.settings.get(Setting.ELECTION_TIMEOUT_MAX)) {
      replica.roles.stepDown();
    }
  }

  /** After any event: sends what must be sent by now. */
  void drive() {
    if (!replica.roles.isLeader()) {
      alarm.cancel();
      return;
    }
    boolean mayHaveMajority =
        replica.peers.othersForMajority() == 0
            || replica.members.latest().index() > replica.commits.commitIndex();
    if (mayHaveMajority) {
      advanceCommitIndex(); // no answer needs to come if nobody, or fewer, must agree
    }
    long now = replica.now();
    for (int place = 0; place < followers.count(); place++) {
      if (now >= followers.dueAt(place)) {
        send(place, now);
      }
    }
    boolean isWanted = asking.isWanted();
    if (isWanted) {
      for (int next = asking.next(now); next != Asking.NOBODY; next = asking.next(now)) {
        send(next, now);
      }
    }
    setAlarm(now, isWanted);
  }

  private void setAlarm(long now, boolean isWanted) {
    long next = Long.MAX_VALUE;
    for (int place = 0; place < followers.count(); place++) {
      FollowerProgress follower = followers.get(place);
      next = Math.min(next, followers.dueAt(place));
      if (isWanted && follower.isWaiting() && follower.overdueAt() > now) {
        next = Math.min(next, follower.overdueAt());
      }
    }
    if (next != Long.MAX_VALUE) {
      alarm.setAt(now, next);
    }
  }

  /** Sends this follower what it lacks, in several messages if one can't hold it. */
  void send(int place, long now) {
    FollowerProgress follower = followers.get(place);
    if (follower.isOverdue(now) && follower.lost()) {
      followers.lossRate().lost();
    }
    do {
      if (follower.nextIndex <= replica.log.baseIndex()) {
        sendSnapshot(place, now);
        return;
      }
      sendEntries(place, now);
      follower.catchingUp = follower.nextIndex <= replica.log.lastIndex();
    } while (follower.catchingUp && follower.hasRoom());
  }

  private void sendEntries(int place, long now) {
    FollowerProgress follower = followers.get(place);
    RaftSettings settings = replica.settings;
    long prevLogIndex = follower.nextIndex - 1;
    List<LogEntry> entries =
        replica.log.batch(
            follower.nextIndex, settings.entriesPerMessage(), settings.get(Setting.BATCH_BYTES));
    long bytes = 0;
    for (int i = 0; i < entries.size(); i++) {
      bytes += entries.get(i).bytes();
    }
    long round = followers.rounds().next(now);
    follower.sent(
        round, now, follower.nextIndex + entries.size(), bytes, replica.commits.commitIndex());
    replica.send(
        replica.peers.id(place),
        new AppendEntries(
            replica.currentTerm(),
            round,
            prevLogIndex,
            replica.log.term(prevLogIndex),
            replica.commits.commitIndex(),
            entries));
  }

  /** Sends the next part of the snapshot that stands for the entries that were discarded (§7). */
  private void sendSnapshot(int place, long now) {
    FollowerProgress follower = followers.get(place);
    Snapshot snapshot = follower.snapshotToSend(replica.snapshots.latest());
    byte[] data = snapshot.data();
    int offset = follower.snapshotOffset();
    int end = Math.min(data.length, offset + replica.settings.get(Setting.SNAPSHOT_CHUNK));
    long round = followers.rounds().next(now);
    follower.sent(round, now, follower.nextIndex, end - offset, 0);
    follower.catchingUp = snapshot.index() < replica.log.lastIndex();
    replica.send(
        replica.peers.id(place),
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
