package raftlab.judge.check;

import java.util.ArrayList;
import java.util.List;
import raftlab.judge.wire.WireFindings;
import raftlab.judge.wire.WireReview;
import raftlab.judge.wire.WireRule;
import raftlab.judge.wire.WireViolation;

/** Checks safety from messages alone, for replicas in any language that report no state. */
public final class MessageSafetyChecks {
  private MessageSafetyChecks() {}

  /** Reads the trace once for all rules, and adds remarks. */
  public static List<Verdict> verdicts(JudgedRun run, List<String> remarks) {
    WireFindings findings = WireReview.of(run.trace(), run.scenario().needsStorage());
    List<Verdict> verdicts = new ArrayList<>();
    for (WireRule rule : WireRule.values()) {
      verdicts.add(verdict(rule, findings).of(rule.section()));
    }
    remarks.addAll(findings.remarks());
    return verdicts;
  }

  private static Verdict verdict(WireRule rule, WireFindings findings) {
    WireViolation first = findings.first(rule);
    if (first == null) {
      return Verdict.pass(rule.check(), rule.promise(), "in all messages");
    }
    int more = findings.count(rule) - 1;
    String text = more > 0 ? first.text() + "; " + more + " more such" : first.text();
    return rule.loadCanCause()
        ? Verdict.failUnlessLoaded(rule.check(), rule.promise(), text, first.evidence())
        : Verdict.fail(rule.check(), rule.promise(), text, first.evidence());
  }
}
