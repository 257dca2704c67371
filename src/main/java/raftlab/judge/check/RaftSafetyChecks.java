package raftlab.judge.check;

import java.util.ArrayList;
import java.util.List;
import raftlab.judge.raft.Findings;
import raftlab.judge.raft.Property;
import raftlab.judge.raft.Review;
import raftlab.judge.raft.Violation;

/**
 * Checks Raft's safety properties (Figure 3 of the paper) from the state changes that replicas
 * report. Returns one verdict for each property; none if no replica reports.
 */
public final class RaftSafetyChecks {
  private RaftSafetyChecks() {}

  /** Reads the trace once for all properties, and adds remarks about odd reports. */
  public static List<Verdict> verdicts(JudgedRun run, List<String> remarks) {
    Findings findings = Review.of(run.trace(), run.scenario().needsStorage());
    List<Verdict> verdicts = new ArrayList<>();
    if (findings.isAnythingReported()) {
      for (Property property : Property.values()) {
        verdicts.add(verdict(property, findings));
      }
    }
    remarks.addAll(findings.remarks());
    return verdicts;
  }

  private static Verdict verdict(Property property, Findings findings) {
    Violation first = findings.first(property);
    if (first == null) {
      return Verdict.pass(property.check(), property.promise(), "in all reports")
          .of(property.section());
    }
    int more = findings.count(property) - 1;
    String text = more > 0 ? first.text() + "; " + more + " more such" : first.text();
    Verdict verdict =
        property.loadCanBreakIt()
            ? Verdict.failUnlessLoaded(property.check(), property.promise(), text, first.evidence())
            : Verdict.fail(property.check(), property.promise(), text, first.evidence());
    return verdict.of(property.section());
  }
}
