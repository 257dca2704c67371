package raftlab.judge.check;

import java.util.ArrayList;
import java.util.List;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.raft.ReportFindings;
import raftlab.judge.raft.ReportReview;

/**
 * Raft's safety properties, from the changes of state that replicas report: one verdict for each
 * invariant, and none where no replica reports anything.
 */
public final class RaftSafetyChecks {
  private RaftSafetyChecks() {}

  /** Reads the trace once for all invariants, and adds remarks on reports that make no sense. */
  public static List<Verdict> verdicts(JudgedRun run, List<String> remarks) {
    ReportFindings findings = ReportReview.of(run.trace(), run.scenario().needsStorage());
    List<Verdict> verdicts = new ArrayList<>();
    if (findings.isAnythingReported()) {
      for (Invariant invariant : Invariant.of(Invariant.Source.REPORTS)) {
        verdicts.add(Verdict.of(invariant, findings, "checked on all reports"));
      }
    }
    remarks.addAll(findings.remarks());
    return verdicts;
  }
}
