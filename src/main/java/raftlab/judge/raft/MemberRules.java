package raftlab.judge.raft;

import java.util.Locale;
import raftlab.node.StateChange.MembersChanged;
import raftlab.trace.Event;

/** Members change one step at a time (§6, dissertation §4.1). */
final class MemberRules {
  private final Findings findings;

  MemberRules(Findings findings) {
    this.findings = findings;
  }

  /** From now on a replica counts with other members. A leader has decided that itself. */
  void changed(MembersChanged now, Observed replica, Event.Reported report) {
    long before = replica.membersIndex;
    boolean isNext = now.index() > before;
    if (isNext
        && replica.leads()
        && before > replica.commitIndex
        && before == replica.membersLedIndex
        && findings.isFirst(Property.ONE_CHANGE)) {
      findings.violated(
          Property.ONE_CHANGE,
          String.format(
              Locale.ROOT,
              "replica %s, leader of term %d, changed the members with entry %d though the change"
                  + " before it, entry %d, was not committed",
              replica.id,
              replica.ledTerm,
              now.index(),
              before),
          replica.membersReport,
          report);
    }
    replica.membersIndex = now.index();
    replica.membersReport = report;
    replica.membersLedIndex = replica.leads() ? now.index() : -1;
  }
}
