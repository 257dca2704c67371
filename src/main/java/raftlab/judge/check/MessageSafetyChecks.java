package raftlab.judge.check;

import java.util.ArrayList;
import java.util.List;
import raftlab.judge.wire.WireFindings;
import raftlab.judge.wire.WireReview;
import raftlab.judge.wire.WireRule;
import raftlab.judge.wire.WireViolation;

/** What the messages alone prove, of replicas in any language that report nothing. */
public final class MessageSafetyChecks {
  private MessageSafetyChecks() {}

  /** Reads the trace once for all rules, and adds what is worth a remark. */
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
      return Verdict.pass(rule.check(), rule.promise(), "by all messages");
    }
    String text = first.text();
    Verdict verdict =
        rule.loadCanCause()
            ? Verdict.failUnlessLoaded(rule.check(), rule.promise(), text, first.evidence())
            : Verdict.fail(rule.check(), rule.promise(), text, first.evidence());
    return verdict.and(findings.count(rule) - 1);
  }
}
