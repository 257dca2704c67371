package raftlab.judge.check;

import java.util.List;
import raftlab.judge.figures.RunStatistics;
import raftlab.judge.invariant.CheckName;
import raftlab.trace.Event.EndReason;

/** Checks that the messages between replicas stay below the scenario's {@code max_packets}. */
public final class PacketStormCheck implements RunCheck {
  @Override
  public Verdict judge(JudgedRun run) {
    String requirement = "at most " + run.scenario().maxPackets() + " messages between replicas";
    String text = run.statistics().messages() + " were sent";
    if (run.statistics().end() != EndReason.PACKET_STORM) {
      return Verdict.pass(CheckName.PACKET_STORM, requirement, text);
    }
    return Verdict.fail(
        CheckName.PACKET_STORM,
        requirement,
        "a packet storm ended the run: " + text + others(run) + StormSource.of(run),
        List.of(run.trace().events().get(run.trace().events().size() - 1)));
  }

  /** Returns other events that can end a run as a storm, before they fill the memory. */
  private static String others(JudgedRun run) {
    RunStatistics statistics = run.statistics();
    return statistics.messages() > run.scenario().maxPackets()
        ? ""
        : "; besides, there were "
            + statistics.redirects()
            + " redirects, "
            + statistics.duplicates()
            + " duplicate answers, "
            + statistics.malformed().size()
            + " malformed messages and "
            + statistics.leaderChanges()
            + " changes of leader";
  }
}
