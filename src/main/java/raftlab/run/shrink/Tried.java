package raftlab.run.shrink;

import raftlab.judge.Verdict;
import raftlab.judge.Verdict.Status;
import raftlab.run.Outcome;
import raftlab.run.concrete.Draft;
import raftlab.trace.Event;

/**
 * A draft that was played and failed as it should.
 *
 * @param verdict what the judge says
 * @param evidence how long after the scenario's start the last event came that proves it, in
 *     microseconds; negative if there is none
 */
record Tried(Draft draft, Outcome outcome, Verdict verdict, long evidence) {
  /** What came of a run; null if this check didn't fail in it. */
  static Tried of(Draft draft, Outcome outcome, String check) {
    for (Verdict verdict : outcome.judgement().verdicts()) {
      if (verdict.check().equals(check) && verdict.status() == Status.FAIL) {
        long last = verdict.evidence().stream().mapToLong(Event::atMicros).max().orElse(-1);
        long start =
            outcome.judgement().statistics().beganMicros()
                + outcome.scenario().startWaitMillis() * 1000;
        return new Tried(draft, outcome, verdict, last < 0 ? -1 : last - start);
      }
    }
    return null;
  }
}
