package raftlab.run.findings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import raftlab.judge.Judgement;
import raftlab.judge.Statistics;
import raftlab.judge.Verdict;
import raftlab.judge.Verdict.Status;
import raftlab.run.Outcome;
import raftlab.run.SmallScenario;
import raftlab.trace.Header;
import raftlab.trace.Trace;

/** Outcomes of runs that nobody played. */
public final class MadeUp {
  private MadeUp() {}

  /** One with a judgement of this status that rests on these verdicts. */
  public static Outcome outcome(long seed, Status status, Verdict... verdicts) {
    Header header = new Header("small", "", "sim", seed, List.of(), List.of(), List.of());
    Statistics statistics = Statistics.of(new Trace(header));
    Judgement judgement =
        new Judgement(status, "", List.of(verdicts), Map.of(), List.of(), statistics, List.of());
    return new Outcome(
        SmallScenario.with(""), header, judgement, Optional.empty(), Optional.empty(), 0, false);
  }

  /** A verdict of a check. */
  public static Verdict verdict(String check, Status status, String text) {
    return new Verdict(check, "", status, text, List.of(), true, "", 0);
  }
}
