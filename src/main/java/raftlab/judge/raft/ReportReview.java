package raftlab.judge.raft;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.MembersChanged;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.SnapshotTaken;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Truncated;
import raftlab.node.StateChange.Voted;
import raftlab.trace.Event;
import raftlab.trace.ReportedState;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/**
 * Reads a trace once, and checks Raft's invariants in what replicas report. A replica that reports
 * only some of its changes is judged by these.
 */
public final class ReportReview {
  private final boolean durable;
  private final ReportFindings findings = new ReportFindings();

  /** By the numbers of their IDs. */
  private ObservedReplica[] replicas = new ObservedReplica[64];

  private final TermRules terms;
  private final LogRules logs;
  private final CommitRules commits;
  private final DurabilityRule durability;
  private final MembershipRule members;
  private final ElectionTimerRule electionTimers = new ElectionTimerRule();

  private ReportReview(boolean durable, long mostEntries) {
    this.durable = durable;
    LogMatchingRule entries = new LogMatchingRule(findings);
    terms = new TermRules(findings);
    logs = new LogRules(findings, entries, mostEntries);
    commits = new CommitRules(findings, terms, mostEntries);
    members = new MembershipRule(findings);
    durability = new DurabilityRule(findings, entries, terms);
  }

  /**
   * Reads all of it.
   *
   * @param durable whether replicas had storage; without it, nothing is judged after the first
   *     restart
   */
  public static ReportFindings of(Trace trace, boolean durable) {
    // No log can be longer that is reported entry by entry.
    ReportReview review =
        new ReportReview(durable, Math.min(trace.events().size(), Integer.MAX_VALUE / 4));
    for (Event event : trace.events()) {
      if (event instanceof Event.Reported report) {
        review.reported(report);
      } else if (event instanceof Event.Sent sent) {
        review.sent(sent);
      } else if (event instanceof Event.Started started && !review.started(started.replica())) {
        break;
      }
    }
    review.end();
    return review.findings;
  }

  /** A replica that lost all of its storage reports nothing of it. */
  private void end() {
    electionTimers.violations().forEach(findings::add);
    for (ObservedReplica replica : replicas) {
      if (replica != null
          && replica.hasReported
          && replica.hasSent
          && !replica.isRestored
          && replica.storedTerm > 0) {
        findings.remark(
            replica.id,
            "was in term "
                + replica.storedTerm
                + " when it was killed, and did not report (Restored) what it found in its storage"
                + " after the restart");
      }
    }
  }

  /** A replica starts; returns whether the rest of the run can be judged. */
  private boolean started(Id id) {
    ObservedReplica replica = known(id);
    if (replica == null) {
      observed(id);
      return true;
    }
    if (durable) {
      replica.started();
      terms.restarted(replica);
    }
    return durable;
  }

  private @Nullable ObservedReplica known(Id id) {
    return id.value() < replicas.length ? replicas[id.value()] : null;
  }

  private ObservedReplica observed(Id id) {
    ObservedReplica replica = known(id);
    if (replica == null) {
      if (id.value() >= replicas.length) {
        replicas = Arrays.copyOf(replicas, id.value() + 1);
      }
      replica = new ObservedReplica(id);
      replicas[id.value()] = replica;
      replica.started();
    }
    return replica;
  }

  private void sent(Event.Sent sent) {
    ObservedReplica replica = known(sent.from());
    if (replica == null) {
      return; // a client
    }
    ObservedReplica to = known(sent.to());
    if (to != null) {
      to.timer.sent(sent);
    }
    replica.hasSent = true;
    if (replica.hasUnsent) {
      logs.sent(replica);
      replica.sent();
    }
  }

  private void reported(Event.Reported report) {
    findings.reported(report.change());
    if (!ReportedState.isComplete(report.change())) {
      return;
    }
    ObservedReplica replica = observed(report.replica());
    if (check(report.change(), replica, report)) {
      replica.state.apply(report);
      if (replica.state.leaderReport() == report) {
        commits.elected(replica);
      }
    }
    replica.hasReported = true;
    replica.hasUnsent = true;
  }

  /** Checks a change against the state before it; returns whether there can be such a change. */
  private boolean check(StateChange change, ObservedReplica replica, Event.Reported report) {
    if (change instanceof Appended appended) {
      commits.appends(appended, replica);
      logs.appended(appended, replica, report);
    } else if (change instanceof Applied applied) {
      return commits.applied(applied, replica, report);
    } else if (change instanceof Committed committed) {
      return commits.committed(committed.index(), replica, report);
    } else if (change instanceof Truncated cut) {
      logs.truncated(cut, replica, report);
    } else if (change instanceof TermChanged now) {
      return terms.isIn(now.term(), replica, report);
    } else if (change instanceof Voted vote) {
      replica.timer.voted(report, vote.candidate());
      return terms.voted(vote, replica, report);
    } else if (change instanceof RoleChanged now) {
      electionTimers.roleChanged(replica.timer, now, report);
      return terms.roleChanged(now, replica, report);
    } else if (change instanceof SnapshotTaken snapshot) {
      commits.taken(snapshot, replica, report);
    } else if (change instanceof SnapshotInstalled snapshot) {
      if (!logs.canBeInstalled(snapshot, replica)) {
        return false;
      }
      logs.installed(snapshot, replica);
      commits.installed(snapshot, replica, report);
    } else if (change instanceof MembersChanged now) {
      members.changed(now, replica, report);
    } else if (change instanceof Restored found) {
      return durability.restored(found, replica, report);
    }
    return true;
  }
}
