package raftlab.judge.load;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import raftlab.wire.Id;

/** Remarks about the load that the replicas themselves cause. */
public final class LoadNotes {
  private LoadNotes() {}

  /** Returns the remark about one run; empty unless its replicas overload the machine. */
  public static Optional<String> replicaLoadText(MachineLoad load) {
    Map<Id, Integer> busy = load.busyWaiting();
    if (!busy.isEmpty()) {
      return Optional.of(busyWaitingText(busy, "") + slack(load));
    }
    return load.slack() > 1
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "the replicas kept all processors busy themselves for %.1f s%s",
                load.starvedByReplicasSeconds(),
                slack(load)))
        : Optional.empty();
  }

  /**
   * Returns the remark that these replicas poll.
   *
   * @param busy the part of a processor that each uses while idle, in percent
   * @param when the runs, such as {@code " in 3 of 4 runs"}; may be empty
   */
  public static String busyWaitingText(Map<Id, Integer> busy, String when) {
    int least = busy.values().stream().mapToInt(Integer::intValue).min().orElse(0);
    int most = busy.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    String names = busy.keySet().stream().map(Id::toString).collect(Collectors.joining(", "));
    boolean one = busy.size() == 1;
    return (one ? "replica " : "replicas ")
        + names
        + (one ? " uses " : " use ")
        + (least == most ? "" : least + " to ")
        + most
        + " % of a core"
        + (one ? "" : " each")
        + " while idle"
        + when
        + (one ? " (it polls without waiting)" : " (they poll without waiting)");
  }

  private static String slack(MachineLoad load) {
    return load.slack() > 1
        ? String.format(
            Locale.ROOT,
            "; since they have to wait for each other, bounds on time are %.1f times as long",
            load.slack())
        : "";
  }
}
