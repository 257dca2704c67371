package raftlab.judge.check;

import java.util.ArrayList;
import java.util.List;
import raftlab.judge.raft.Findings;
import raftlab.judge.raft.Property;
import raftlab.judge.raft.Review;
import raftlab.judge.raft.Violation;

/**
 * Raft's safety properties, as far as replicas report changes of their state: one verdict a
 * property, and none where nobody reports anything.
 */
public final class RaftSafetyChecks {
  private RaftSafetyChecks() {}

  /** Reads the trace once for all properties, and adds what is odd about the reports. */
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
      return Verdict.pass(property.check(), property.promise(), "by all that replicas report")
          .of(property.section());
    }
    String text = first.text();
    Verdict verdict =
        property.loadCanBreakIt()
            ? Verdict.failUnlessLoaded(property.check(), property.promise(), text, first.evidence())
            : Verdict.fail(property.check(), property.promise(), text, first.evidence());
    return verdict.of(property.section()).and(findings.count(property) - 1);
  }
}
