package raftlab.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import raftlab.report.StepText;
import raftlab.run.lab.Lab;
import raftlab.run.lab.MessagesInFlight.MessageInFlight;
import raftlab.run.lab.ReplicaState;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Commands that let single events happen in the simulated world. */
final class StepCommands {
  /** If nothing visible happens within this time, a step ends. */
  private static final long QUIET_MICROS = 60_000_000;

  private static final String ELECTION_TIMER = "election";
  private static final int MAX_STEPS = 10_000;

  private final ConsoleSession session;
  private final ConsoleOutput output;

  StepCommands(ConsoleSession session) {
    this.session = session;
    this.output = session.output();
  }

  List<ConsoleCommand> all() {
    return List.of(
        ConsoleCommand.changing(
            "step [N]",
            "let the next event happen, or the next N (simulated world)",
            """
            step      delivers the next message, or lets the next timer expire, and shows what the replica does
            step 5    five events
            `messages` shows what is in flight, `back` undoes a step.\
            """,
            this::step),
        ConsoleCommand.changing(
            "timeout ID [TIMER]",
            "let the election timer of a replica expire now (simulated world)",
            """
            timeout 2            the election timer of 0002
            timeout 2 election   a timer by its name; the clock of 0002's machine jumps to its time
            A follower of a living leader asks for pre-votes first, and gets none: see `lesson prevote`.\
            """,
            this::timeout));
  }

  private LiveCluster steppable() {
    session.moment();
    return session.cluster();
  }

  private ConsoleCommandResult step(CommandArguments arguments) {
    arguments.requireAtMost(1);
    long count =
        arguments.remaining() == 0
            ? 1
            : CommandArguments.number(
                arguments.next("a number"),
                "a number of events from 1 to " + MAX_STEPS,
                1,
                MAX_STEPS);
    LiveCluster cluster = steppable();
    for (long i = 0; i < count && !session.interruptFlag().interrupted(); i++) {
      if (!show(cluster, () -> visibleStep(cluster))) {
        output.print("nothing happens within " + QUIET_MICROS / 1_000_000 + " s");
        break;
      }
    }
    return ConsoleCommandResult.DONE;
  }

  /** Lets events happen until one of them is visible; returns the replica whose timer expired. */
  private boolean visibleStep(LiveCluster cluster) {
    int before = cluster.eventCount();
    long until = cluster.lab().nowMicros() + QUIET_MICROS;
    boolean isTimer = false;
    while (cluster.eventCount() == before
        && cluster.lab().nowMicros() < until
        && !session.interruptFlag().interrupted()) {
      isTimer = cluster.stepping().isReplicaNext();
      cluster.step(until);
      // A replica handles what was delivered in the same step.
      while (cluster.stepping().isReplicaDue() && cluster.eventCount() > before && !isTimer) {
        cluster.step(cluster.lab().nowMicros());
      }
    }
    return isTimer;
  }

  /** An action that lets something happen; returns whether a timer expired. */
  interface VisibleAction {
    boolean run();
  }

  /** Shows what happens during an action; returns whether anything did. */
  boolean show(LiveCluster cluster, VisibleAction action) {
    Map<Long, Event.Sent> known = new HashMap<>();
    for (MessageInFlight message : cluster.lab().messagesInFlight().all()) {
      known.put(message.sent().number(), message.sent());
    }
    List<Event> events = new ArrayList<>();
    cluster.onEvent(events::add);
    output.holdNews();
    boolean isTimer;
    try {
      isTimer = action.run();
    } finally {
      cluster.onEvent(event -> {});
      output.discardNews();
    }
    Map<Long, Integer> numbers = new HashMap<>();
    for (MessageInFlight message : cluster.lab().messagesInFlight().all()) {
      numbers.put(message.sent().number(), message.number());
    }
    List<String> lines = StepText.of(events, known, numbers, isTimer, output.style());
    lines.forEach(output::printCut);
    return !lines.isEmpty();
  }

  private ConsoleCommandResult timeout(CommandArguments arguments) {
    LiveCluster cluster = steppable();
    Lab lab = cluster.lab();
    TargetParser targets = new TargetParser(cluster);
    Id id = targets.oneReplica(arguments.next("a replica's ID").text());
    String name = arguments.remaining() > 0 ? arguments.next("a timer").text() : "";
    arguments.requireAtMost(0);
    if (lab.state(id) != ReplicaState.READY) {
      throw new CommandException(
          "found " + id + ", expected a replica that is ready; `status` shows them");
    }
    if (name.isEmpty() && lab.isLeader(id)) {
      throw new CommandException(
          "found "
              + id
              + ", expected a replica other than the leader: a leader has no election timer");
    }
    String timer = chosenTimer(id, name, cluster.stepping().timers(id));
    cluster.noteAction("timeout", "timer \"" + timer + "\" of replica " + id + " expires now");
    show(
        cluster,
        () -> {
          cluster.stepping().fireTimer(id, timer);
          return true;
        });
    return ConsoleCommandResult.DONE;
  }

  private static String chosenTimer(Id id, String name, List<String> set) {
    String wanted = name.isEmpty() ? ELECTION_TIMER : name;
    if (set.contains(wanted)) {
      return wanted;
    }
    if (name.isEmpty() && set.size() == 1) {
      return set.get(0);
    }
    String has =
        id + " has set " + (set.isEmpty() ? "no timer" : "the timers " + String.join(", ", set));
    if (name.isEmpty()) {
      throw new CommandException(has + ", but no election timer: a leader has none");
    }
    throw CommandArguments.invalidWord(name, "a timer that is set: " + has, set);
  }
}
