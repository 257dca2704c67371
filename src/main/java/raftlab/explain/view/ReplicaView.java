package raftlab.explain.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import raftlab.dialect.RaftMessageView;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.trace.Event;
import raftlab.trace.ReportedLog;
import raftlab.trace.ReportedState;
import raftlab.wire.Id;

/**
 * The reconstructed state of one replica, from its reports or its messages, and the messages
 * delivered to it.
 */
public final class ReplicaView {
  /** A time before all others. */
  public static final long NEVER = Long.MIN_VALUE / 2;

  /** The appends of leaders are kept for the latest terms only. */
  private static final int MAX_TERMS = 4;

  private final Id id;

  // What happens to it.
  private boolean isUp = true;
  private boolean isPaused;
  private int lives = 1;
  private long upSince;
  private long disturbedAt = NEVER;

  // Its state.
  private final ReportedState state = ReportedState.withLog();
  private boolean reports;
  private long termSince;
  private long leaderSince = NEVER;
  private long firstOwnEntry = RaftMessageView.UNKNOWN;
  private int stepDowns;
  private boolean isLogKnown = true;
  private int logShownInLife = 1;
  private @Nullable Event overtakenBy;
  private Event.@Nullable Delivered deposedBy;

  // What was delivered to it.
  private final TreeMap<Long, LeaderAppends> appends = new TreeMap<>();
  private final Map<Long, Set<Id>> votes = new HashMap<>();
  private final Map<Id, Long> matchIndex = new HashMap<>();
  private final Map<Id, Long> repliedAt = new HashMap<>();
  private long repliesOfTerm = RaftMessageView.UNKNOWN;
  private long verifiedIndex;

  /** Creates a view of a replica in an unknown state. */
  public ReplicaView(Id id) {
    this.id = id;
  }

  // ---- what happens to it ----

  /** Starts it; returns whether it ran before. */
  boolean started(long atMicros) {
    if (isUp && upSince == 0) {
      upSince = Math.max(1, atMicros);
      return false;
    }
    lives++;
    isUp = true;
    isPaused = false;
    overtakenBy = null;
    deposedBy = null;
    upSince = atMicros;
    state.restart();
    firstOwnEntry = RaftMessageView.UNKNOWN;
    matchIndex.clear();
    repliedAt.clear();
    repliesOfTerm = RaftMessageView.UNKNOWN;
    return true;
  }

  void ended(long atMicros) {
    isUp = false;
    disturbedAt = atMicros;
  }

  void paused(boolean now, long atMicros) {
    isPaused = now;
    disturbedAt = atMicros;
  }

  void disturbed(long atMicros) {
    disturbedAt = atMicros;
  }

  /** A change of its state, reported or inferred. */
  void apply(Event.Reported event, boolean isReported) {
    reports |= isReported;
    long termBefore = state.term();
    boolean wasLeader = state.isLeader();
    state.apply(event);
    termSince = state.term() == termBefore ? termSince : event.atMicros();
    deposedBy = state.isLeader() && state.term() == termBefore ? deposedBy : null;
    if (event.change() instanceof RoleChanged now) {
      if (now.role() == Role.LEADER) {
        leaderSince = event.atMicros();
        firstOwnEntry = RaftMessageView.UNKNOWN;
      } else {
        stepDowns += wasLeader ? 1 : 0;
      }
    } else if (event.change() instanceof Appended entry
        && state.isLeader()
        && firstOwnEntry == RaftMessageView.UNKNOWN
        && (entry.term() == state.term() || entry.term() == RaftMessageView.UNKNOWN)) {
      firstOwnEntry = entry.index();
    }
  }

  /** Sets whether its messages show its log as it is now. */
  void logIsKnown(boolean isKnown) {
    isLogKnown = isKnown;
  }

  /** Its log ends here at least, by a message of this life. */
  void logIsShown() {
    logShownInLife = lives;
    overtakenBy = null;
  }

  void overtaken(Event by) {
    overtakenBy = by;
  }

  ReportedState state() {
    return state;
  }

  /** Its ID. */
  public Id id() {
    return id;
  }

  /** Whether it runs, or is paused. */
  public boolean isUp() {
    return isUp;
  }

  /** Whether it is paused: what is delivered to it waits in its socket. */
  public boolean isPaused() {
    return isPaused;
  }

  /** How often it was started. */
  public int lives() {
    return lives;
  }

  /** When it was started. */
  public long upSince() {
    return upSince;
  }

  /** When it was last paused or resumed, its machine was changed or busy, or it ended. */
  public long disturbedAt() {
    return disturbedAt;
  }

  // ---- its state ----

  /** Whether it reports its state; if not, its state is inferred from its messages. */
  public boolean reports() {
    return reports;
  }

  /** Its current term. */
  public long term() {
    return state.term();
  }

  /** When it entered its term. */
  public long termSince() {
    return termSince;
  }

  /** Its role. */
  public Role role() {
    return state.role();
  }

  /** Whether its role is leader. */
  public boolean isLeader() {
    return state.isLeader();
  }

  /** Whether it is leader and up. */
  public boolean leads() {
    return state.isLeader() && isUp;
  }

  /** Whether it stands for election, or asks whether it would be elected. */
  public boolean isCandidate() {
    return state.isCandidate();
  }

  /** The leader that it follows; {@link Id#BROADCAST} if none. */
  public Id leader() {
    return state.leader();
  }

  /** The report by which it became leader; null if it isn't leader. */
  public Event.@Nullable Reported leaderReport() {
    return state.leaderReport();
  }

  /** When it last became leader. */
  public long leaderSince() {
    return leaderSince;
  }

  /** The first entry of its term that it appended as leader. */
  public long firstOwnEntry() {
    return firstOwnEntry;
  }

  /** How often it has lost leadership. */
  public int stepDowns() {
    return stepDowns;
  }

  /** Its log, including entries that a snapshot may have replaced. */
  public ReportedLog log() {
    return Objects.requireNonNull(state.log(), "this state keeps its log");
  }

  /** Whether its log is known. */
  public boolean isLogKnown() {
    return isLogKnown;
  }

  /** Whether its messages have shown its log since it was last started. */
  public boolean isLogShownInLife() {
    return logShownInLife >= lives;
  }

  /**
   * An older message of its leader, or its answer to one, after it had acknowledged more entries;
   * null if there was none.
   */
  public @Nullable Event overtakenBy() {
    return overtakenBy;
  }

  /** Its commit index. */
  public long commitIndex() {
    return state.commitIndex();
  }

  /** Its last applied entry. */
  public long appliedIndex() {
    return state.appliedIndex();
  }

  /** Up to this entry a snapshot may have replaced its log. */
  public long snapshotIndex() {
    return state.snapshotIndex();
  }

  /**
   * The first message of a later term that a leader may not ignore, if it is known as leader only
   * because it has sent nothing since; null else.
   */
  public Event.@Nullable Delivered deposedBy() {
    return deposedBy;
  }

  /** Whether it reports nothing, led, and has received such a message. */
  public boolean isDeposed() {
    return !reports && deposedBy != null;
  }

  // ---- what was delivered to it ----

  void delivered(InFlightMessage message, Event.Delivered event) {
    RaftMessageView content = message.content();
    boolean isBinding = content.isFromLeader() || content instanceof RaftMessageView.AppendReply;
    if (isBinding
        && message.hasTerm()
        && content.term() > term()
        && isLeader()
        && !isPaused
        && deposedBy == null) {
      deposedBy = event;
    }
    if (content instanceof RaftMessageView.Append append) {
      LeaderAppends known = appendsToAdd(append.term(), message.from());
      known.add(append, event);
      verifiedIndex = Math.max(verifiedIndex, known.verified());
    } else if (content instanceof RaftMessageView.Install install) {
      LeaderAppends known = appendsToAdd(install.term(), message.from());
      known.add(install);
      verifiedIndex = Math.max(verifiedIndex, known.verified());
    } else if (content.isVote()) {
      votes.computeIfAbsent(content.term(), term -> new HashSet<>()).add(message.from());
    } else if (content instanceof RaftMessageView.AppendReply reply) {
      replied(message.from(), reply, event.atMicros());
    }
  }

  private LeaderAppends appendsToAdd(long ofTerm, Id leader) {
    LeaderAppends known = appends.computeIfAbsent(ofTerm, term -> new LeaderAppends(term, leader));
    if (appends.size() > MAX_TERMS) {
      appends.pollFirstEntry();
    }
    return known;
  }

  private void replied(Id follower, RaftMessageView.AppendReply reply, long atMicros) {
    if (reply.term() != term()) {
      return; // of an earlier term, or of a removed replica, which it may ignore
    }
    if (repliesOfTerm != term()) {
      repliesOfTerm = term();
      matchIndex.clear();
      repliedAt.clear();
    }
    repliedAt.put(follower, atMicros);
    if (reply.success()) {
      matchIndex.merge(follower, reply.matchIndex(), Math::max);
    }
  }

  /** What the leader of a term has sent it; null if nothing, or too long ago. */
  public @Nullable LeaderAppends appends(long ofTerm) {
    return appends.get(ofTerm);
  }

  /** What leaders of earlier terms have sent it, latest first. */
  public Iterable<LeaderAppends> appendsBefore(long ofTerm) {
    return new ArrayList<>(appends.headMap(ofTerm, false).descendingMap().values());
  }

  /** The replicas that have voted for it in this term. */
  public Set<Id> votes(long ofTerm) {
    return votes.getOrDefault(ofTerm, Set.of());
  }

  /** The last entry that a follower has acknowledged in this term; 0 if none. */
  public long matchIndex(Id follower, long ofTerm) {
    return ofTerm == repliesOfTerm ? matchIndex.getOrDefault(follower, 0L) : 0;
  }

  /** The last entry that this many other voters have acknowledged; 0 if none. */
  public long agreedBy(List<Id> otherVoters, int othersNeeded) {
    if (othersNeeded <= 0) {
      return log().lastIndex();
    }
    long[] all =
        otherVoters.stream().mapToLong(each -> matchIndex(each, term())).sorted().toArray();
    return othersNeeded > all.length ? 0 : all[all.length - othersNeeded];
  }

  /** When a follower has last answered it in its latest term; {@link #NEVER} if it hasn't. */
  public long repliedAt(Id follower) {
    return repliedAt.getOrDefault(follower, NEVER);
  }

  /** The last entry that leaders' messages ever allowed it to commit. */
  public long verifiedIndex() {
    return verifiedIndex;
  }
}
