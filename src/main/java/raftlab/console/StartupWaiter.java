package raftlab.console;

import java.util.List;
import java.util.stream.Collectors;
import raftlab.run.ScenarioRunner;
import raftlab.run.lab.Lab;
import raftlab.run.lab.Lab.State;
import raftlab.wire.Id;

/** Waits until replicas that were started are up, and tells how that went. */
record StartupWaiter(ConsoleSession session) {
  /** A remark goes with the good news. */
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
              + (started.size() == 1 ? " is up" : " are up")
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
            + " did not come up: "
            + words(missing)
            + "; `output "
            + missing.get(0)
            + "` shows what it printed");
    return CommandResult.FAILED;
  }

  private static String words(List<Id> ids) {
    return ids.stream().map(Id::toString).collect(Collectors.joining(" "));
  }
}
