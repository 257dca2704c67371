package raftlab.console;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import raftlab.node.StateChange;
import raftlab.node.StateChange.MembersChanged;
import raftlab.node.StateChange.Restored;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** What each replica has reported of its state since it was started. */
final class ReplicaReports {
  /** Stands for what a replica hasn't told. */
  static final String UNKNOWN = "-";

  private static final class Report {
    private String role = UNKNOWN;
    private long term = -1;
    private long lastIndex = -1;
    private long commitIndex = -1;
    private Restored restored;
    private MembersChanged members;

    void accept(StateChange change) {
      if (change instanceof StateChange.RoleChanged now) {
        role = now.role().name().toLowerCase(Locale.ROOT).replace('_', '-');
        term = now.term();
      } else if (change instanceof StateChange.TermChanged now) {
        term = now.term();
      } else if (change instanceof StateChange.Appended entry) {
        lastIndex = entry.index();
      } else if (change instanceof StateChange.Truncated cut) {
        lastIndex = cut.fromIndex() - 1;
      } else if (change instanceof StateChange.Committed now) {
        commitIndex = now.index();
      } else if (change instanceof StateChange.SnapshotInstalled snapshot) {
        lastIndex = snapshot.lastIndex();
        commitIndex = Math.max(commitIndex, snapshot.index());
      } else if (change instanceof Restored found) {
        restored = found;
        term = found.term();
        lastIndex = found.lastIndex();
        commitIndex = found.snapshotIndex();
      } else if (change instanceof MembersChanged now) {
        members = now;
      }
    }
  }

  private static final Report NOTHING = new Report();

  private final Map<Id, Report> reports = new HashMap<>();
  private final Set<Id> talkative = new HashSet<>();

  /** Takes note of an event. */
  void accept(Event event) {
    if (event instanceof Event.Reported report) {
      talkative.add(report.replica());
      reports.computeIfAbsent(report.replica(), id -> new Report()).accept(report.change());
    } else if (event instanceof Event.Started started) {
      reports.remove(started.replica());
    }
  }

  private Report of(Id replica) {
    return reports.getOrDefault(replica, NOTHING);
  }

  private static String number(long number) {
    return number < 0 ? UNKNOWN : Long.toString(number);
  }

  /** The part that it plays. */
  String role(Id replica) {
    return of(replica).role;
  }

  /** Its current term. */
  String term(Id replica) {
    return number(of(replica).term);
  }

  /** The last entry of its log. */
  String lastIndex(Id replica) {
    return number(of(replica).lastIndex);
  }

  /** The last entry that it knows to be committed. */
  String commitIndex(Id replica) {
    return number(of(replica).commitIndex);
  }

  /** What it found in its storage; null if it reported nothing of that. */
  Restored restored(Id replica) {
    return of(replica).restored;
  }

  /** Which members it counts; null if it reported nothing of that. */
  MembersChanged members(Id replica) {
    return of(replica).members;
  }

  /** Whether it may be waited for: it has ever reported anything, but not since its last start. */
  boolean isDue(Id replica) {
    return talkative.contains(replica) && !reports.containsKey(replica);
  }
}
