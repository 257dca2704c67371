package raftlab.judge.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import raftlab.judge.figures.RunStatistics;
import raftlab.judge.invariant.CheckName;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * Checks that clients have keys to read, which means that puts succeed early enough.
 *
 * <p>The course counts every get that became a put. That can fail correct replicas: a client's
 * first request may be a get, and no replica can acknowledge the first puts while there is no
 * leader. Here a get counts only if its client had waited for its first ok for a while.
 */
public final class GetsGeneratedCheck implements RunCheck {
  /** Twice the time of an election on a good network. */
  private static final long MAX_WAIT_MICROS = 2_000_000;

  @Override
  public Verdict judge(JudgedRun run) {
    double fraction = run.thresholds().maximumGetGenerationFailFraction();
    String requirement =
        String.format(
            Locale.ROOT,
            "gets replaced by puts because no key was known are at most %.0f %% of the gets sent",
            fraction * 100);
    if (!run.isComplete()) {
      return Verdict.unknown(CheckName.GET_GENERATED, requirement, "the run ended early");
    }
    RunStatistics statistics = run.statistics();
    String text =
        statistics.getsNotGenerated()
            + " found no key to read, against "
            + statistics.gets()
            + " gets";
    double bound = statistics.gets() * fraction;
    if (statistics.getsNotGenerated() <= bound) {
      return Verdict.pass(CheckName.GET_GENERATED, requirement, text);
    }
    List<Event> afterLongWait = afterLongWait(run);
    if (afterLongWait.size() <= bound) {
      return Verdict.pass(
          CheckName.GET_GENERATED,
          requirement,
          text
              + "; more than the course allows, but only "
              + afterLongWait.size()
              + " of them by a client that had waited 2 s for its first ok");
    }
    return Verdict.failUnlessLoaded(
        CheckName.GET_GENERATED,
        requirement,
        text,
        afterLongWait.subList(0, Math.min(3, afterLongWait.size())));
  }

  /** Returns the gets that became puts although their client had sent a put long before. */
  private static List<Event> afterLongWait(JudgedRun run) {
    Map<Id, Long> firstPuts = new HashMap<>();
    List<Event> found = new ArrayList<>();
    for (Event event : run.trace().events()) {
      if (event instanceof Event.Requested request) {
        firstPuts.putIfAbsent(request.client(), request.atMicros());
      } else if (event instanceof Event.GetNotGenerated missing) {
        Long first = firstPuts.get(missing.client());
        if (first != null && missing.atMicros() - first >= MAX_WAIT_MICROS) {
          found.add(missing);
        }
      }
    }
    return found;
  }
}
