package raftlab.run.shrink;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.invariant.CheckName;
import raftlab.run.concrete.ScenarioDraft;
import raftlab.scenario.Scenario;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;

/**
 * A draft that was played and failed the wanted check.
 *
 * @param played the scenario that was played
 * @param verdict the verdict of the check
 * @param evidenceMicros the time of the last event that proves the failure, in microseconds since
 *     the scenario's start; negative for none
 * @param keys the keys of the evidence; empty for none
 * @param durationMillis how long the run took, in milliseconds of its own time
 */
record FailingDraft(
    ScenarioDraft draft,
    TraceHeader played,
    Verdict verdict,
    long evidenceMicros,
    Set<String> keys,
    long durationMillis) {
  /** Returns a failing draft; null if this check didn't fail in the run. */
  static @Nullable FailingDraft of(
      ScenarioDraft draft, Scenario scenario, Trace trace, CheckName check) {
    Judgement judgement = Judgement.of(scenario, trace);
    for (Verdict verdict : judgement.verdicts()) {
      if (verdict.check() == check && verdict.status() == Status.FAIL) {
        long last = verdict.evidence().stream().mapToLong(Event::atMicros).max().orElse(-1);
        long start = judgement.statistics().beganMicros() + scenario.startWaitMillis() * 1000;
        return new FailingDraft(
            draft,
            trace.header(),
            verdict,
            last < 0 ? -1 : last - start,
            keys(verdict, trace),
            durationMillis(trace));
      }
    }
    return null;
  }

  private static Set<String> keys(Verdict verdict, Trace trace) {
    Set<String> mids = new TreeSet<>();
    for (Event event : verdict.evidence()) {
      if (event instanceof Event.Requested request) {
        mids.add(request.mid());
      } else if (event instanceof Event.Answered answer) {
        mids.add(answer.mid());
      }
    }
    Set<String> keys = new TreeSet<>();
    for (Event event : trace.events()) {
      if (event instanceof Event.Requested request
          && mids.contains(request.mid())
          && !request.isAdministration()) {
        keys.add(request.key());
      }
    }
    return keys;
  }

  /** Returns how long a run took, in milliseconds of its own time. */
  static long durationMillis(Trace trace) {
    return trace.events().get(trace.events().size() - 1).atMicros() / 1000;
  }
}
