package raftlab.console;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import raftlab.explain.detect.DetectorRunner;
import raftlab.explain.view.ClusterView;
import raftlab.explain.view.ReplicaView;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Role;
import raftlab.trace.Event;
import raftlab.trace.ReportedLog;
import raftlab.trace.ReportedState;
import raftlab.wire.Id;

/**
 * The state of a replica as it is shown: by its reports, else inferred from its messages. A number
 * that isn't known is negative.
 *
 * @param inferred whether it was inferred from messages
 * @param role its role; empty if it isn't known
 * @param vote its vote in this term; FFFF if it isn't known
 * @param log its log as far as it is known
 */
record ShownState(
    boolean inferred,
    Optional<Role> role,
    long term,
    Id vote,
    long lastIndex,
    long commitIndex,
    long appliedIndex,
    ReportedLog log) {

  /** The states of all replicas of a cluster at this moment. */
  static Map<Id, ShownState> of(LiveCluster cluster) {
    Map<Id, ShownState> states = new HashMap<>();
    ClusterView view = null;
    for (Id id : cluster.lab().replicas()) {
      if (cluster.reports().hasReports(id)) {
        states.put(id, reported(cluster.reports().reportOf(id)));
      } else {
        view = view == null ? view(cluster) : view;
        states.put(id, inferred(view.replica(id)));
      }
    }
    return states;
  }

  /** The states by reports alone, quickly; what isn't reported is not known. */
  static Map<Id, ShownState> reportedOnly(LiveCluster cluster) {
    Map<Id, ShownState> states = new HashMap<>();
    for (Id id : cluster.lab().replicas()) {
      states.put(
          id,
          cluster.reports().hasReports(id)
              ? reported(cluster.reports().reportOf(id))
              : inferred(null));
    }
    return states;
  }

  private static ClusterView view(LiveCluster cluster) {
    return DetectorRunner.of(cluster.lab().trace(), true, List.of()).cluster();
  }

  private static ShownState reported(ReportedState state) {
    Event.Reported report = state.voteReport();
    Id vote =
        report != null
                && report.change() instanceof StateChange.Voted its
                && its.term() == state.term()
            ? its.candidate()
            : Id.BROADCAST;
    return new ShownState(
        false,
        state.hasReportedRole() ? Optional.of(state.role()) : Optional.empty(),
        state.term(),
        vote,
        state.hasReportedLog() ? state.lastIndex() : -1,
        state.hasReportedCommitIndex() ? state.commitIndex() : -1,
        state.appliedReport() != null ? state.appliedIndex() : -1,
        Objects.requireNonNull(state.log(), "reports keep the log"));
  }

  private static ShownState inferred(@Nullable ReplicaView view) {
    if (view == null || view.term() < 0) {
      return new ShownState(
          true, Optional.empty(), -1, Id.BROADCAST, -1, -1, -1, new ReportedLog());
    }
    boolean isLogKnown = view.isLogKnown() && view.log().lastIndex() > 0;
    return new ShownState(
        true,
        Optional.of(view.role()),
        view.term(),
        Id.BROADCAST,
        isLogKnown ? view.log().lastIndex() : -1,
        view.commitIndex() > 0 ? view.commitIndex() : -1,
        -1,
        view.log());
  }

  /** The role in words; {@code -} if it isn't known. */
  String roleText() {
    return role.map(known -> known.name().toLowerCase(Locale.ROOT).replace('_', '-')).orElse("-");
  }

  /** A number; {@code -} if it isn't known. */
  static String number(long number) {
    return number < 0 ? "-" : Long.toString(number);
  }
}
