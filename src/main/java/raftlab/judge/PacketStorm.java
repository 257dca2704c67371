package raftlab.judge;

import java.util.List;
import raftlab.trace.Event.End;

/** The messages between replicas stay below the scenario's {@code max_packets}. */
final class PacketStorm implements Judge {
  @Override
  public Verdict judge(RunRecord run) {
    String promise = "at most " + run.scenario().maxPackets() + " messages between replicas";
    String text = run.statistics().messages() + " were sent";
    if (run.statistics().end() != End.PACKET_STORM) {
      return Verdict.pass("packet_storm", promise, text);
    }
    return Verdict.fail(
        "packet_storm",
        promise,
        "a packet storm ended the run: " + text + others(run) + Loudest.of(run),
        List.of(run.trace().events().get(run.trace().events().size() - 1)));
  }

  /** What else a storm can be made of: it ends a run too, before it fills the memory. */
  private static String others(RunRecord run) {
    Statistics statistics = run.statistics();
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
