package raftlab.console;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import raftlab.node.StateChange.MembersChanged;
import raftlab.node.StateChange.Restored;
import raftlab.trace.Event;
import raftlab.trace.ReportedLog;
import raftlab.trace.ReportedState;
import raftlab.wire.Id;

/** What each replica has reported of its state. */
final class ReplicaReports {
  /** Stands for what a replica hasn't reported. */
  static final String UNKNOWN = "-";

  /** The entries of a log that are kept. */
  private static final int ENTRIES_KEPT = 10_000;

  private static final ReportedState EMPTY = new ReportedState();

  private final Map<Id, ReportedState> reports = new HashMap<>();

  /** The replicas that have reported something before, but not since their last start. */
  private final Set<Id> silent = new HashSet<>();

  /** Takes note of an event. */
  void accept(Event event) {
    if (event instanceof Event.Reported report) {
      silent.remove(report.replica());
      ReportedState state =
          reports.computeIfAbsent(report.replica(), id -> ReportedState.withLog());
      state.apply(report);
      ReportedLog log = state.log();
      if (log != null) {
        log.keepLast(ENTRIES_KEPT);
      }
    } else if (event instanceof Event.Started started) {
      // What it stored is still there; what it had in memory is lost.
      ReportedState state = reports.get(started.replica());
      if (state != null) {
        state.restart();
        silent.add(started.replica());
      }
    }
  }

  /** Whether a replica has reported its role or its term. */
  boolean hasReports(Id replica) {
    ReportedState state = reportOf(replica);
    return state.hasReportedRole() || state.term() >= 0;
  }

  /** The state that a replica has reported. */
  ReportedState reportOf(Id replica) {
    return reports.getOrDefault(replica, EMPTY);
  }

  private static String number(long number, boolean isReported) {
    return !isReported || number < 0 ? UNKNOWN : Long.toString(number);
  }

  /** The part that it plays. */
  String role(Id replica) {
    ReportedState state = reportOf(replica);
    return state.hasReportedRole()
        ? state.role().name().toLowerCase(Locale.ROOT).replace('_', '-')
        : UNKNOWN;
  }

  /** Its current term. */
  String term(Id replica) {
    return number(reportOf(replica).term(), true);
  }

  /** The last entry of its log. */
  String lastIndex(Id replica) {
    return number(reportOf(replica).lastIndex(), reportOf(replica).hasReportedLog());
  }

  /** The last entry that it knows to be committed. */
  String commitIndex(Id replica) {
    return number(reportOf(replica).commitIndex(), reportOf(replica).hasReportedCommitIndex());
  }

  /** What it found in its storage; null if it reported nothing of that. */
  @Nullable Restored restored(Id replica) {
    return reportOf(replica).restored();
  }

  /** Which members it counts; null if it reported nothing of that. */
  @Nullable MembersChanged members(Id replica) {
    return reportOf(replica).members();
  }

  /** Whether these replicas, as far as they report it, have the same commit index. */
  boolean areCaughtUp(List<Id> replicas) {
    return replicas.stream()
            .map(this::reportOf)
            .filter(ReportedState::hasReportedCommitIndex)
            .map(ReportedState::commitIndex)
            .distinct()
            .count()
        == 1;
  }

  /** Whether it may be waited for: it has ever reported anything, but not since its last start. */
  boolean isReportExpected(Id replica) {
    return silent.contains(replica);
  }
}
