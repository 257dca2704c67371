package raftlab.judge.raft;

import java.util.HashSet;
import java.util.Set;
import raftlab.judge.invariant.FirstViolations;
import raftlab.wire.Id;

/** What the reports of a run show: violations, and remarks on reports that make no sense. */
public final class ReportFindings extends FirstViolations {
  private static final int MAX_REMARKS = 5;

  private final Set<String> kinds = new HashSet<>();
  private boolean isAnythingReported;

  ReportFindings() {}

  /** Whether any replica reported anything; if none did, nothing was judged. */
  public boolean isAnythingReported() {
    return isAnythingReported;
  }

  void reported() {
    isAnythingReported = true;
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
