package raftlab.judge.raft;

import java.util.Arrays;
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
import raftlab.trace.Trace;
import raftlab.wire.Id;

/**
 * Reads a trace once, and compares what replicas report with what Raft promises. A replica that
 * reports nothing, or only some of its changes, is judged by what it reports.
 */
public final class Review {
  private final boolean durable;
  private final Findings findings = new Findings();

  /** By the numbers of their IDs. */
  private Observed[] replicas = new Observed[64];

  private final TermRules terms;
  private final LogRules logs;
  private final CommitRules commits;
  private final RestartRules restarts;
  private final MemberRules members;
  private final Patience patience;

  private Review(boolean durable, long mostEntries) {
    this.durable = durable;
    KnownEntries entries = new KnownEntries(findings);
    terms = new TermRules(findings);
    logs = new LogRules(findings, entries, mostEntries);
    commits = new CommitRules(findings, terms, mostEntries);
    members = new MemberRules(findings);
    patience = new Patience(findings);
    restarts = new RestartRules(findings, entries);
  }

  /**
   * Reads all of it.
   *
   * @param durable whether replicas had a place to store what must survive a crash; without, Raft
   *     promises nothing any more once a replica has started again, and nothing more is judged
   */
  public static Findings of(Trace trace, boolean durable) {
    // No log can be longer that is reported entry by entry.
    Review review = new Review(durable, Math.min(trace.events().size(), Integer.MAX_VALUE / 4));
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

  /** Whoever lost all of its storage has nothing to report of it. */
  private void end() {
    patience.end();
    for (Observed replica : replicas) {
      if (replica != null
          && replica.hasReported
          && replica.hasSpoken
          && !replica.isRestored
          && replica.mustFindTerm > 0) {
        findings.remark(
            replica.id,
            "was in term "
                + replica.mustFindTerm
                + " when it was killed, and reported nothing (Restored) that it found in its"
                + " storage afterwards");
      }
    }
  }

  /** A replica starts; returns whether the rest of the run can be judged. */
  private boolean started(Id id) {
    Observed replica = known(id);
    if (replica == null) {
      observed(id);
      return true;
    }
    if (durable) {
      replica.begin();
    }
    return durable;
  }

  private Observed known(Id id) {
    return id.value() < replicas.length ? replicas[id.value()] : null;
  }

  private Observed observed(Id id) {
    Observed replica = known(id);
    if (replica == null) {
      if (id.value() >= replicas.length) {
        replicas = Arrays.copyOf(replicas, id.value() + 1);
      }
      replica = new Observed(id);
      replicas[id.value()] = replica;
      replica.begin();
    }
    return replica;
  }

  private void sent(Event.Sent sent) {
    Observed replica = known(sent.from());
    if (replica == null) {
      return; // a client
    }
    Observed to = known(sent.to());
    if (to != null) {
      Patience.sent(sent, to.waiting);
    }
    replica.hasSpoken = true;
    if (replica.hasUnpromised) {
      logs.spoke(replica);
      replica.promise();
    }
  }

  private void reported(Event.Reported report) {
    findings.reported();
    Observed replica = observed(report.replica());
    StateChange change = report.change();
    if (change instanceof Appended appended) {
      commits.appends(appended, replica);
      logs.appended(appended, replica, report);
    } else if (change instanceof Applied applied) {
      commits.applied(applied, replica, report);
    } else if (change instanceof Committed committed) {
      commits.committed(committed.index(), replica, report);
    } else if (change instanceof Truncated cut) {
      logs.truncated(cut, replica, report);
    } else if (change instanceof TermChanged now) {
      terms.isIn(now.term(), replica, report);
    } else if (change instanceof Voted vote) {
      terms.voted(vote, replica, report);
      Patience.voted(report, vote.candidate(), replica.waiting);
    } else if (change instanceof RoleChanged now) {
      terms.roleChanged(now, replica, report);
      patience.roleChanged(now, report, replica.waiting);
      if (replica.leads == report) {
        commits.leads(replica);
      }
    } else if (change instanceof SnapshotTaken snapshot) {
      commits.taken(snapshot, replica, report);
    } else if (change instanceof SnapshotInstalled snapshot
        && logs.canBeInstalled(snapshot, replica)) {
      logs.installed(snapshot, replica);
      commits.installed(snapshot, replica, report);
    } else if (change instanceof MembersChanged now) {
      members.changed(now, replica, report);
    } else if (change instanceof Restored found) {
      restarts.restored(found, replica, report);
    }
    replica.hasReported = true;
    replica.hasUnpromised = true;
  }
}
