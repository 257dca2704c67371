package raftlab.judge.check;

import java.util.ArrayList;
import java.util.List;
import raftlab.judge.invariant.FirstViolations;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.protocol.ProtocolReview;
import raftlab.judge.wire.WireReview;

/** Checks safety from messages alone, for replicas in any language that report no state. */
public final class MessageSafetyChecks {
  private MessageSafetyChecks() {}

  /** Reads the trace once for all invariants, and adds remarks. */
  public static List<Verdict> verdicts(JudgedRun run, List<String> remarks) {
    FirstViolations findings = WireReview.of(run.trace(), run.scenario().needsStorage());
    List<Verdict> verdicts = new ArrayList<>();
    for (Invariant invariant : Invariant.of(Invariant.Source.MESSAGES)) {
      verdicts.add(Verdict.of(invariant, findings, "checked on all messages"));
    }
    remarks.addAll(findings.remarks());
    FirstViolations protocol = ProtocolReview.of(run.trace());
    Verdict verdict =
        Verdict.of(Invariant.PROTOCOL, protocol, "as far as the messages were understood");
    if (run.scenario().hasCourseClients() && verdict.status() == Verdict.Status.FAIL) {
      remarks.add("by its messages, " + verdict.text() + "; this decides nothing here");
    } else {
      verdicts.add(verdict);
    }
    return verdicts;
  }
}
