package raftlab.judge;

import java.util.List;
import java.util.Locale;

/** Clients find something to read: puts succeed early enough. */
final class GetGenerated implements Judge {
  @Override
  public Verdict judge(RunRecord run) {
    double fraction = run.thresholds().maximumGetGenerationFailFraction();
    String promise =
        String.format(
            Locale.ROOT,
            "clients find nothing to read at most %.0f %% as often as they read",
            fraction * 100);
    if (!run.isComplete()) {
      return Verdict.unknown("get_generated", promise, "the run ended early");
    }
    Statistics statistics = run.statistics();
    String text = statistics.getsNotGenerated() + " times, against " + statistics.gets() + " gets";
    if (statistics.getsNotGenerated() <= statistics.gets() * fraction) {
      return Verdict.pass("get_generated", promise, text);
    }
    // Whatever the replicas do, each client's first request may be a get that has nothing to read.
    // Where few gets are
    // asked for, the course's bound is below that, and would fail a correct replica by bad luck.
    if (statistics.getsNotGenerated() <= run.trace().header().clients().size()) {
      return Verdict.pass(
          "get_generated",
          promise,
          text
              + "; more than the course allows, but at most one a client, which no replica can avoid");
    }
    return Verdict.failUnlessLoaded("get_generated", promise, text, List.of());
  }
}
