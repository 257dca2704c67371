package raftlab.trace;

import org.jspecify.annotations.Nullable;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.MembersChanged;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.SnapshotTaken;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Truncated;
import raftlab.node.StateChange.Voted;
import raftlab.wire.Id;

/**
 * The state of one replica, from the changes that it has reported: the fold over its {@link
 * Event.Reported} events. Judges, explanations, conditions of steps and the console all use it.
 * Indices are 0 until one is reported.
 */
public final class ReportedState {
  /** Stands for a term that isn't known. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  private final @Nullable ReportedLog log;
  private long term = UNKNOWN;
  private Event.@Nullable Reported termReport;
  private Event.@Nullable Reported voteReport;
  private Event.@Nullable Reported roleReport;
  private @Nullable RoleChanged role;
  private long commitIndex;
  private Event.@Nullable Reported commitReport;
  private long appliedIndex;
  private Event.@Nullable Reported appliedReport;
  private long lastIndex;
  private boolean hasReportedLog;
  private long snapshotIndex;
  private @Nullable Restored restored;
  private @Nullable MembersChanged members;
  private Event.@Nullable Reported membersReport;

  private ReportedState(@Nullable ReportedLog log) {
    this.log = log;
  }

  /** Keeps only the last index of the log. */
  public ReportedState() {
    this(null);
  }

  /** A state that keeps the entries of the log as well. */
  public static ReportedState withLog() {
    return new ReportedState(new ReportedLog());
  }

  /** Whether a change has all its fields; stored traces may lack some. */
  public static boolean isComplete(StateChange change) {
    if (change instanceof Voted vote) {
      return vote.candidate() != null;
    } else if (change instanceof RoleChanged now) {
      return now.role() != null && now.leader() != null;
    } else if (change instanceof Restored found) {
      return found.votedFor() != null;
    }
    return change != null;
  }

  /** Takes over the change that was reported. */
  public void apply(Event.Reported report) {
    StateChange change = report.change();
    if (change instanceof Appended appended) {
      endsAt(appended.index());
      if (log != null) {
        log.apply(appended, report);
      }
    } else if (change instanceof Applied applied) {
      appliedIndex = applied.index();
      appliedReport = report;
    } else if (change instanceof Committed committed) {
      commitIndex = committed.index();
      commitReport = report;
    } else if (change instanceof Truncated truncated) {
      endsAt(truncated.fromIndex() - 1);
      if (log != null) {
        log.apply(truncated);
      }
    } else if (change instanceof TermChanged now) {
      isIn(now.term(), report);
    } else if (change instanceof Voted vote) {
      isIn(vote.term(), report);
      voteReport = report;
    } else if (change instanceof RoleChanged now) {
      isIn(now.term(), report);
      role = now;
      roleReport = report;
    } else if (change instanceof SnapshotTaken snapshot) {
      snapshotIndex = Math.max(snapshotIndex, snapshot.index());
    } else if (change instanceof SnapshotInstalled snapshot) {
      installed(snapshot, report);
    } else if (change instanceof MembersChanged now) {
      members = now;
      membersReport = report;
    } else if (change instanceof Restored found) {
      restored(found, report);
    }
  }

  private void isIn(long now, Event.Reported report) {
    if (now != term) {
      term = now;
      termReport = report;
    }
  }

  private void endsAt(long index) {
    lastIndex = index;
    hasReportedLog = true;
  }

  private void installed(SnapshotInstalled snapshot, Event.Reported report) {
    snapshotIndex = Math.max(snapshotIndex, snapshot.index());
    if (snapshot.index() > commitIndex) {
      commitIndex = snapshot.index();
      commitReport = report;
    }
    if (snapshot.index() > appliedIndex) {
      appliedIndex = snapshot.index();
      appliedReport = report;
    }
    endsAt(snapshot.lastIndex());
    if (log != null) {
      log.apply(snapshot);
    }
  }

  private void restored(Restored found, Event.Reported report) {
    restored = found;
    term = found.term();
    termReport = report;
    snapshotIndex = Math.max(0, found.snapshotIndex());
    commitIndex = snapshotIndex;
    commitReport = report;
    appliedIndex = snapshotIndex;
    appliedReport = report;
    endsAt(found.lastIndex());
    if (log != null) {
      log.apply(found);
    }
  }

  /**
   * The replica was restarted and lost its volatile state. Term, vote and log stay as they were
   * reported before.
   */
  public void restart() {
    role = null;
    roleReport = null;
    commitIndex = 0;
    commitReport = null;
    appliedIndex = 0;
    appliedReport = null;
    restored = null;
  }

  /** What it found in its storage when it was started; null if it has not reported that. */
  public @Nullable Restored restored() {
    return restored;
  }

  /** Its current term; {@link #UNKNOWN} if it has reported none. */
  public long term() {
    return term;
  }

  /** The report by which it entered its term; null if there is none. */
  public Event.@Nullable Reported termReport() {
    return termReport;
  }

  /** Its latest vote; null if it has reported none. */
  public Event.@Nullable Reported voteReport() {
    return voteReport;
  }

  /** Its role; follower until it has reported one. */
  public Role role() {
    return role == null ? Role.FOLLOWER : role.role();
  }

  /** Whether it has reported a role since it was started. */
  public boolean hasReportedRole() {
    return role != null;
  }

  /** The report of its role; null if there is none. */
  public Event.@Nullable Reported roleReport() {
    return roleReport;
  }

  /** The term in which it took its role; {@link #UNKNOWN} if it has reported none. */
  public long roleTerm() {
    return role == null ? UNKNOWN : role.term();
  }

  /** The leader that it follows; {@link Id#BROADCAST} if none. */
  public Id leader() {
    return role == null ? Id.BROADCAST : role.leader();
  }

  /** Whether it has reported that it is leader. */
  public boolean isLeader() {
    return role() == Role.LEADER;
  }

  /** Whether it stands for election, or asks whether it would be elected. */
  public boolean isCandidate() {
    return role() == Role.CANDIDATE || role() == Role.PRE_CANDIDATE;
  }

  /** The report by which it became leader; null if it isn't leader. */
  public Event.@Nullable Reported leaderReport() {
    return isLeader() ? roleReport : null;
  }

  /** Its commit index. */
  public long commitIndex() {
    return commitIndex;
  }

  /** Whether it has reported its commit index since it was started. */
  public boolean hasReportedCommitIndex() {
    return commitReport != null;
  }

  /** The report of its commit index; null if there is none. */
  public Event.@Nullable Reported commitReport() {
    return commitReport;
  }

  /** Its last applied entry. */
  public long appliedIndex() {
    return appliedIndex;
  }

  /** The report of its last applied entry; null if there is none. */
  public Event.@Nullable Reported appliedReport() {
    return appliedReport;
  }

  /** The last entry of its log. */
  public long lastIndex() {
    return lastIndex;
  }

  /** Whether it has reported anything of its log. */
  public boolean hasReportedLog() {
    return hasReportedLog;
  }

  /** The entries of its log; null unless they are kept. */
  public @Nullable ReportedLog log() {
    return log;
  }

  /** The last entry that a snapshot covers. */
  public long snapshotIndex() {
    return snapshotIndex;
  }

  /** Its members; null if it has not reported them. */
  public @Nullable MembersChanged members() {
    return members;
  }

  /** The report of its members; null if there is none. */
  public Event.@Nullable Reported membersReport() {
    return membersReport;
  }

  /** The commit index is at least this, though no report says so. */
  public void raiseCommitIndex(long index) {
    commitIndex = Math.max(commitIndex, index);
  }
}
