package raftlab.judge.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.raft.ReportFindings;
import raftlab.judge.raft.ReportReview;

/**
 * Raft's safety properties, from the changes of state that replicas report: one verdict for each
 * invariant that the reports allow to judge. A replica may report only some of its changes.
 */
public final class RaftSafetyChecks {
  private RaftSafetyChecks() {}

  /**
   * Reads the trace once for all invariants. Adds remarks on reports that make no sense, and on
   * invariants that were not checked since reports are missing.
   */
  public static List<Verdict> verdicts(JudgedRun run, List<String> remarks) {
    ReportFindings findings = ReportReview.of(run.trace(), run.scenario().needsStorage());
    List<Verdict> verdicts = new ArrayList<>();
    Map<String, List<String>> unchecked = new TreeMap<>();
    if (findings.isAnythingReported()) {
      for (Invariant invariant : Invariant.of(Invariant.Source.REPORTS)) {
        findings
            .missingFor(invariant)
            .ifPresentOrElse(
                missing ->
                    unchecked
                        .computeIfAbsent(missing, kind -> new ArrayList<>())
                        .add(invariant.check().key()),
                () -> verdicts.add(Verdict.of(invariant, findings, "checked on all reports")));
      }
    }
    remarks.addAll(findings.remarks());
    unchecked.forEach(
        (missing, checks) ->
            remarks.add(
                "not checked, since no replica reported "
                    + missing
                    + ": "
                    + String.join(", ", checks)));
    return verdicts;
  }
}
