package raftlab.judge.raft;

import java.util.List;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange.MembersChanged;
import raftlab.trace.Event;

/** Members change one step at a time (§6, dissertation §4.1). */
final class MembershipRule {
  private final ReportFindings findings;

  MembershipRule(ReportFindings findings) {
    this.findings = findings;
  }

  /** A replica uses other members from now on; a leader has decided on the change itself. */
  void changed(MembersChanged now, ObservedReplica replica, Event.Reported report) {
    MembersChanged members = replica.state.members();
    long before = members == null ? 0 : members.index();
    if (now.index() > before
        && replica.state.isLeader()
        && before > replica.state.commitIndex()
        && before == replica.membersLedIndex) {
      findings.violated(
          Invariant.ONE_CHANGE,
          KnownMistake.TWO_CHANGES_AT_ONCE,
          List.of(replica.id),
          Evidence.of(replica.state.membersReport(), report),
          "replica %s, leader of term %d, changed the members with entry %d though its change"
              + " before, entry %d, was not committed",
          replica.id,
          replica.state.roleTerm(),
          now.index(),
          before);
    }
    replica.membersLedIndex = replica.state.isLeader() ? now.index() : -1;
  }
}
