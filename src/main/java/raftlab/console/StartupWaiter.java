package raftlab.console;

import java.util.List;
import java.util.stream.Collectors;
import raftlab.run.ScenarioRunner;
import raftlab.run.lab.Lab;
import raftlab.run.lab.ReplicaState;
import raftlab.wire.Id;

/** Waits until started replicas are ready, and reports the result. */
record StartupWaiter(ConsoleSession session) {
  /**
   * Waits; the remark is appended to the report of success.
   *
   * @param fromMicros when the replicas were started
   */
  ConsoleCommandResult await(List<Id> started, long fromMicros, String remark) {
    LiveCluster cluster = session.cluster();
    Lab lab = cluster.lab();
    ConsoleOutput screen = session.output();
    cluster.playUntil(
        () -> started.stream().noneMatch(id -> lab.state(id) == ReplicaState.STARTING),
        ScenarioRunner.START_BOUND_MILLIS * 1000,
        session.interruptFlag());
    List<Id> missing = started.stream().filter(id -> lab.state(id) != ReplicaState.READY).toList();
    if (missing.isEmpty()) {
      screen.print(
          idsText(started)
              + (started.size() == 1 ? " is ready" : " are ready")
              + " after "
              + QuantityParser.time(lab.nowMicros() - fromMicros)
              + "; "
              + remark);
      return ConsoleCommandResult.DONE;
    }
    screen.printError(
        missing.size()
            + " of "
            + started.size()
            + " did not become ready: "
            + idsText(missing)
            + "; `output "
            + missing.get(0)
            + "` shows its output");
    return ConsoleCommandResult.FAILED;
  }

  private static String idsText(List<Id> ids) {
    return ids.stream().map(Id::toString).collect(Collectors.joining(" "));
  }
}
