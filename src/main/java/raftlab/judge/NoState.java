package raftlab.judge;

import java.util.List;

/** At least one put succeeds. */
final class NoState implements Judge {
  private static final String PROMISE = "at least one put succeeds";

  @Override
  public Verdict judge(RunRecord run) {
    Statistics statistics = run.statistics();
    if (statistics.okPuts() > 0) {
      return Verdict.pass("no_state", PROMISE, statistics.okPuts() + " did");
    }
    if (!run.isComplete()) {
      return Verdict.unknown("no_state", PROMISE, "the run ended early");
    }
    if (statistics.puts() == 0) {
      return Verdict.pass("no_state", PROMISE, "no put was asked for");
    }
    return Verdict.failUnlessLoaded(
        "no_state",
        PROMISE,
        "none of " + statistics.puts() + " puts was answered with ok",
        List.copyOf(statistics.requests().subList(0, 1)));
  }
}
