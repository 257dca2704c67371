package raftlab.judge.check;

import java.util.List;
import raftlab.judge.figures.ClientRequests;
import raftlab.judge.figures.RunStatistics;
import raftlab.judge.invariant.CheckName;
import raftlab.trace.Event.EndReason;

/** Checks that at least one put succeeds. */
public final class PutSucceedsCheck implements RunCheck {
  private static final String REQUIREMENT = "at least one put succeeds";

  /** If a storm ended the run, fewer puts than this may have lacked time. */
  private static final int MIN_PUTS_IN_STORM = 10;

  @Override
  public Verdict judge(JudgedRun run) {
    RunStatistics statistics = run.statistics();
    if (statistics.okPuts() > 0) {
      return Verdict.pass(CheckName.NO_STATE, REQUIREMENT, statistics.okPuts() + " did");
    }
    // A storm of messages between replicas may itself be the reason that no put was answered.
    boolean isStorm =
        statistics.end() == EndReason.PACKET_STORM
            && statistics.messages() <= run.scenario().maxPackets()
            && statistics.puts() >= MIN_PUTS_IN_STORM;
    if (!run.isComplete() && !isStorm) {
      return Verdict.unknown(CheckName.NO_STATE, REQUIREMENT, "the run ended early");
    }
    if (statistics.puts() == 0) {
      return Verdict.pass(CheckName.NO_STATE, REQUIREMENT, "no put was asked for");
    }
    RequestOutcomes refusals =
        RequestOutcomes.of(run.trace(), request -> !ClientRequests.isGet(request));
    return Verdict.failUnlessLoaded(
        CheckName.NO_STATE,
        REQUIREMENT,
        "none of " + statistics.puts() + " puts was answered ok: " + refusals.counts(),
        List.copyOf(run.requests().all().subList(0, 1)));
  }
}
