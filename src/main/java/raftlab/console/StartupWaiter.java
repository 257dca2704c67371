package raftlab.console;

import java.util.List;
import java.util.stream.Collectors;
import raftlab.run.ScenarioRunner;
import raftlab.run.lab.Lab;
import raftlab.run.lab.Lab.State;
import raftlab.wire.Id;

/** Waits until started replicas are ready, and reports the result. */
record StartupWaiter(ConsoleSession session) {
  /** Waits; the remark is appended to the report of success. */
  CommandResult await(List<Id> started, String remark) {
    LiveCluster cluster = session.cluster();
    Lab lab = cluster.lab();
    ConsoleOutput screen = session.screen();
    long from = lab.nowMicros();
    cluster.playUntil(
        () -> started.stream().noneMatch(id -> lab.state(id) == State.STARTING),
        ScenarioRunner.START_BOUND_MILLIS * 1000,
        session.stop());
    List<Id> missing = started.stream().filter(id -> lab.state(id) != State.READY).toList();
    if (missing.isEmpty()) {
      screen.say(
          words(started)
              + (started.size() == 1 ? " is ready" : " are ready")
              + " after "
              + QuantityParser.time(lab.nowMicros() - from)
              + "; "
              + remark);
      return CommandResult.DONE;
    }
    screen.complain(
        missing.size()
            + " of "
            + started.size()
            + " did not become ready: "
            + words(missing)
            + "; `output "
            + missing.get(0)
            + "` shows its output");
    return CommandResult.FAILED;
  }

  private static String words(List<Id> ids) {
    return ids.stream().map(Id::toString).collect(Collectors.joining(" "));
  }
}
