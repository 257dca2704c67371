package raftlab.run.findings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.figures.RunStatistics;
import raftlab.judge.invariant.CheckName;
import raftlab.run.RunOutcome;
import raftlab.run.SmallScenario;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;

/** Outcomes of runs that were not played. */
public final class TestOutcomes {
  private TestOutcomes() {}

  /** One with a judgement of this status that rests on these verdicts. */
  public static RunOutcome outcome(long seed, Status status, Verdict... verdicts) {
    TraceHeader header = new TraceHeader("small", "", "sim", seed, List.of(), List.of(), List.of());
    RunStatistics statistics = RunStatistics.of(new Trace(header));
    Judgement judgement =
        new Judgement(status, "", List.of(verdicts), Map.of(), List.of(), statistics, List.of());
    return new RunOutcome(
        SmallScenario.with(""), header, judgement, Optional.empty(), Optional.empty(), 0, false);
  }

  /** A verdict of a check. */
  public static Verdict verdict(CheckName check, Status status, String text) {
    return new Verdict(check, "", status, text, text, null, List.of(), true, "", 0);
  }
}
