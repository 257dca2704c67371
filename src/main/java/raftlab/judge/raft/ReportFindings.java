package raftlab.judge.raft;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import raftlab.judge.invariant.FirstViolations;
import raftlab.judge.invariant.Invariant;
import raftlab.node.StateChange;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.Voted;
import raftlab.wire.Id;

/** What the reports of a run show: violations, and remarks on reports that make no sense. */
public final class ReportFindings extends FirstViolations {
  private static final int MAX_REMARKS = 5;

  /** What can't be judged unless a replica reports its role, or its votes. */
  private static final Set<Invariant> OF_ROLES =
      EnumSet.of(
          Invariant.VOTER_WAITS,
          Invariant.ELECTION_SAFETY,
          Invariant.FOLLOWS_LEADER,
          Invariant.LEADER_APPEND_ONLY,
          Invariant.OWN_TERM,
          Invariant.LEADER_COMPLETENESS);

  private static final Set<Invariant> OF_VOTES =
      EnumSet.of(Invariant.ONE_VOTE, Invariant.VOTER_WAITS);

  private final Set<String> kinds = new HashSet<>();
  private boolean isAnythingReported;
  private boolean isRoleReported;
  private boolean isVoteReported;

  ReportFindings() {}

  /** Whether any replica reported anything; if none did, nothing was judged. */
  public boolean isAnythingReported() {
    return isAnythingReported;
  }

  /** The kind of reports without which an invariant was not judged, in words; empty if it was. */
  public Optional<String> missingFor(Invariant invariant) {
    if (OF_ROLES.contains(invariant) && !isRoleReported) {
      return Optional.of(RoleChanged.class.getSimpleName());
    }
    return OF_VOTES.contains(invariant) && !isVoteReported
        ? Optional.of(Voted.class.getSimpleName())
        : Optional.empty();
  }

  void reported(StateChange change) {
    isAnythingReported = true;
    isRoleReported |= change instanceof RoleChanged;
    isVoteReported |= change instanceof Voted;
  }

  /** A report makes no sense and is ignored; one of each kind is remarked on for each replica. */
  void invalid(Id replica, String kind, String text) {
    remarkOnce(replica + kind, "replica " + replica + " reported what makes no sense: it " + text);
  }

  void remark(Id replica, String text) {
    remarkOnce(text + replica, "replica " + replica + " " + text);
  }

  private void remarkOnce(String kind, String text) {
    if (remarks().size() < MAX_REMARKS && kinds.add(kind)) {
      remark(text);
    }
  }
}
