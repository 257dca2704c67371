package raftlab.raft;

import java.util.List;
import raftlab.raft.Command.NoOp;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.wire.Id;

/**
 * The leader's work (§5.3): brings its log to the followers, and learns what is committed.
 *
 * <p><b>Majority first.</b> An entry is sent at once, but only to as many followers as a majority
 * needs: of those that answer well, the ones that have waited longest for a message. Consecutive
 * entries thus go round; each message carries all that its follower lacks, so nobody lags. With
 * five replicas a write costs two messages and two answers.
 *
 * <p><b>Losses.</b> A message that isn't answered in time counts as lost, and its follower as
 * unresponsive until it answers again. Another follower is asked in its place; only when there is
 * no other, it is sent to again, at growing intervals up to that of heartbeats. One loss is
 * forgiven with the next entry. When many messages are lost, all responsive followers are asked at
 * once; then waiting costs more than messages.
 *
 * <p><b>Reads</b> ride on the same messages: {@link #confirmAfter} makes the leader ask a majority
 * once more.
 *
 * <p>All this is one rule, applied after every event by {@link #drive}: see who must get a message
 * by now, then see whether enough followers have been asked.
 */
final class Replication {
  private static final long NOTHING = -1;

  private final Replica replica;
  private final Alarm alarm;
  private final Progress[] followers;
  private final long[] values;
  private Rounds rounds = new Rounds();
  private long leaderSince;
  private long noOpIndex;
  private long confirmAfter = NOTHING;

  /** The last message that was sent while nothing was wanted. */
  private long wantedAfter;

  private LossRate lossRate = new LossRate();

  Replication(Replica replica) {
    this.replica = replica;
    alarm = new Alarm(replica.host, "replication");
    followers = new Progress[replica.peers.count()];
    values = new long[followers.length];
  }

  String timer() {
    return alarm.name();
  }

  /**
   * This replica is leader now: it opens its term with an entry that does nothing (§8), and tells
   * everybody.
   */
  void begin() {
    long now = replica.now();
    rounds = new Rounds();
    leaderSince = now;
    confirmAfter = NOTHING;
    wantedAfter = NOTHING;
    lossRate = new LossRate();
    for (int place = 0; place < followers.length; place++) {
      followers[place] = new Progress(replica.settings, lossRate, replica.log.lastIndex() + 1, now);
    }
    noOpIndex = propose(NoOp.INSTANCE);
    for (int place = 0; place < followers.length; place++) {
      send(place, now);
    }
  }

  /** Appends a command to the log; {@link #drive} will send it. Returns the entry's index. */
  long propose(Command command) {
    long index = replica.log.append(Entry.of(replica.currentTerm(), command));
    advanceCommitIndex(); // a cluster of one has its majority already
    return index;
  }

  /** The index of the entry that opened this leader's term. */
  long noOpIndex() {
    return noOpIndex;
  }

  /**
   * For how many ms no majority has been in touch, counted from when the answered messages were
   * sent.
   */
  long contactAge() {
    return replica.peers.othersForMajority() == 0
        ? 0
        : replica.now() - Math.max(leaderSince, answeredByMajoritySentAt());
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
    long sentAt = answeredByMajoritySentAt();
    return sentAt != Rounds.UNKNOWN && replica.now() - sentAt < replica.settings.leaseMillis();
  }

  private long answeredByMajoritySentAt() {
    for (int place = 0; place < values.length; place++) {
      values[place] = followers[place].answeredSentAt;
    }
    return replica.peers.reachedByMajority(values);
  }

  /** The number of the last message sent. */
  long lastRound() {
    return rounds.last();
  }

  /** Whether a majority has answered messages that were sent after this one. */
  boolean isConfirmed(long round) {
    for (int place = 0; place < values.length; place++) {
      values[place] = followers[place].answeredRound;
    }
    return replica.peers.reachedByMajority(values) > round;
  }

  /**
   * Asks a majority to answer messages that are sent after this one (ReadIndex, dissertation §6.4).
   */
  void confirmAfter(long round) {
    confirmAfter = round;
  }

  /** No reads wait for a confirmation any more. */
  void confirmNothing() {
    confirmAfter = NOTHING;
  }

  /** A follower's answer, of this term. */
  void receive(Id sender, AppendReply reply) {
    int place = replica.peers.placeOf(sender);
    Progress follower = followers[place];
    if (reply.round() > follower.lastSentRound) {
      return; // never sent
    }
    long now = replica.now();
    boolean isNews = follower.answered(reply.round(), rounds.sentAt(reply.round()), now);
    if (isNews) {
      lossRate.answered();
    }
    if (reply.success()) {
      if (reply.matchIndex() > replica.log.lastIndex()) {
        return; // nobody can agree with entries that we don't have
      }
      follower.matches(reply.matchIndex());
      advanceCommitIndex();
      if (follower.catchingUp && follower.hasRoom()) {
        send(place, now);
      }
    } else if (isNews && follower.rejected(reply.round(), rounds.last(), resumeIndex(reply))) {
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
    for (int place = 0; place < values.length; place++) {
      values[place] = followers[place].matchIndex;
    }
    long index = Math.min(replica.peers.reachedByMajority(values), replica.log.lastIndex());
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
    if (replica.roles.isLeader() && contactAge() >= replica.settings.electionTimeoutMax()) {
      replica.roles.stepDown();
    }
  }

  /** After any event: sends what must be sent by now. */
  void drive() {
    if (!replica.roles.isLeader()) {
      alarm.cancel();
      return;
    }
    long now = replica.now();
    for (int place = 0; place < followers.length; place++) {
      if (now >= followers[place].dueAt(leaderSince)) {
        send(place, now);
      }
    }
    if (!isWanted()) {
      wantedAfter = rounds.last();
      setAlarm(now, false);
    } else {
      askEnough(now);
      setAlarm(now, true);
    }
  }

  /** Whether entries wait to be committed, or reads to be confirmed. */
  private boolean isWanted() {
    return replica.commits.commitIndex() < replica.log.lastIndex()
        || (confirmAfter != NOTHING && !isConfirmed(confirmAfter));
  }

  private void askEnough(long now) {
    int enough = lossRate.isHigh() ? followers.length : replica.peers.othersForMajority();
    int asked = 0;
    for (Progress follower : followers) {
      if (isAsked(follower, now)) {
        asked++;
      }
    }
    while (asked < enough) {
      int place = nextToAsk(now);
      if (place < 0) {
        return;
      }
      send(place, now);
      asked++;
    }
  }

  /** Whether this follower has, or may be about to get, all that is wanted. */
  private boolean isAsked(Progress follower, long now) {
    return follower.nextIndex > replica.log.lastIndex()
        && follower.lastSentRound > confirmAfter
        && !follower.isOverdue(now);
  }

  /**
   * Of the responsive followers that haven't been asked, or else of those whose message was lost,
   * the one that has waited longest; -1 if there is none.
   */
  private int nextToAsk(long now) {
    int found = -1;
    for (int place = 0; place < followers.length; place++) {
      Progress follower = followers[place];
      boolean isResponsive = follower.isResponsive(now, wantedAfter) && follower.hasRoom();
      if (isAsked(follower, now) || !(isResponsive || follower.isOverdue(now))) {
        continue;
      }
      if (found < 0 || isBetter(follower, followers[found], now)) {
        found = place;
      }
    }
    return found;
  }

  private boolean isBetter(Progress a, Progress b, long now) {
    boolean isResponsive = a.isResponsive(now, wantedAfter);
    return isResponsive == b.isResponsive(now, wantedAfter)
        ? a.lastSentRound < b.lastSentRound
        : isResponsive;
  }

  private void setAlarm(long now, boolean isWanted) {
    long next = Long.MAX_VALUE;
    for (Progress follower : followers) {
      next = Math.min(next, follower.dueAt(leaderSince));
      if (isWanted && follower.isWaiting() && follower.overdueAt() > now) {
        next = Math.min(next, follower.overdueAt());
      }
    }
    if (followers.length > 0) {
      alarm.setAt(now, next);
    }
  }

  /** Sends this follower what it lacks, in several messages if one can't hold it. */
  private void send(int place, long now) {
    Progress follower = followers[place];
    if (follower.isOverdue(now) && follower.lost()) {
      lossRate.lost();
    }
    do {
      sendOne(place, now);
      follower.catchingUp = follower.nextIndex <= replica.log.lastIndex();
    } while (follower.catchingUp && follower.hasRoom());
  }

  private void sendOne(int place, long now) {
    Progress follower = followers[place];
    RaftSettings settings = replica.settings;
    long prevLogIndex = follower.nextIndex - 1;
    List<Entry> entries =
        replica.log.batch(follower.nextIndex, settings.batchEntries(), settings.batchBytes());
    long round = rounds.next(now);
    follower.sent(round, now, follower.nextIndex + entries.size());
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
}
