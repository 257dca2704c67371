package raftlab.console;

import java.util.List;
import raftlab.scenario.Action;

/** Further faults, in the words of scenarios, and triggers. */
final class FaultCommands {
  private final ConsoleSession session;
  private final ConsoleOutput output;

  FaultCommands(ConsoleSession session) {
    this.session = session;
    this.output = session.output();
  }

  List<ConsoleCommand> all() {
    return List.of(
        fault(
            "pause",
            "pause ID... [for TIME]",
            "pause replicas: they neither receive nor send, and messages wait for them",
            """
            pause leader          until `resume`
            pause 1 2 for 500ms   0001 and 0002, for half a second\
            """),
        fault(
            "resume",
            "resume [ID...]",
            "resume paused replicas",
            """
            resume     all
            resume 1   0001\
            """),
        fault(
            "isolate",
            "isolate ID... [for TIME]",
            "cut replicas off from all others",
            """
            isolate leader          `heal` ends it
            isolate followers for 2s\
            """),
        fault(
            "cut",
            "cut ID... -> ID... [for TIME]",
            "cut links, in one direction or in both",
            """
            cut 0 -> 1         messages from 0000 to 0001 are lost
            cut 0 <- 1 2       messages to 0000 from 0001 and 0002 are lost
            cut leader <-> 2   both directions
            Earlier cuts stay; `heal` ends all.\
            """),
        fault(
            "bridge",
            "bridge [ID] [for TIME]",
            "cut the network into two halves that only one replica connects",
            "bridge 2   only 0002 reaches both halves; without an ID a random replica"),
        fault(
            "ring",
            "ring [ID...] [for TIME]",
            "let each replica reach only its neighbours on a ring: each sees another majority",
            "ring   `heal` ends it"),
        fault(
            "slow",
            "slow ID... TIME[..TIME] [for TIME]",
            "delay the messages to some replicas",
            """
            slow 2 200ms             messages from others to 0002
            slow followers 50ms..1s  random delays
            slow 2 0ms               ends it\
            """),
        fault(
            "clock",
            "clock ID... xRATE [for TIME]",
            "let clocks run fast or slow (simulated world)",
            """
            clock 2 x2     the clock of 0002 runs at twice the speed
            clock all x1   all at real time\
            """),
        fault(
            "disk",
            "disk ID... STATE",
            "change the state of disks",
            """
            disk 2 corrupt   a stored byte changes; 0002 must be down
            disk 2 torn      the next crash leaves a record partly written
            disk 2 full      every write fails (simulated world); `disk 2 ok` ends it\
            """),
        fault(
            "strange",
            "strange ID...",
            "send a message of an unknown type, as if from another replica",
            "strange all   correct replicas ignore it"),
        ConsoleCommand.changing(
            "on MESSAGE [from ID] [to ID] [nth N] [lose] FAULT",
            "run a fault as soon as a message is sent, before it arrives",
            """
            on ok from leader crash leader        the leader dies with its next ok to a client
            on ok from leader to client lose crash sender   the ok is lost, too
            on appendEntries to 2 nth 3 pause 2   at the third such message to 0002
            MESSAGE is a type, or any. FROM and TO are IDs, leader, non_leader, replica, client or any. FAULT is one of
            crash, restart, pause, resume, isolate, cut, partition, bridge, ring, heal, slow, clock, disk, strange;
            its targets may also be sender and receiver.\
            """,
            this::on));
  }

  private ConsoleCommand fault(String name, String usage, String summary, String details) {
    return ConsoleCommand.changing(usage, summary, details, arguments -> play(name, arguments));
  }

  private FaultParser parser() {
    return new FaultParser(session.cluster().lab().replicas());
  }

  private ConsoleCommandResult play(String name, CommandArguments arguments) {
    LiveCluster cluster = session.cluster();
    Action action = parser().parse(name, arguments.rest());
    List<String> done = cluster.actions().play(action);
    done.forEach(output::print);
    if (done.isEmpty()) {
      output.print("no replica is affected");
    }
    return ConsoleCommandResult.DONE;
  }

  private ConsoleCommandResult on(CommandArguments arguments) {
    LiveCluster cluster = session.cluster();
    TriggerWords trigger = TriggerWords.of(arguments.rest(), parser());
    cluster.noteAction("on", "waits for a message: " + trigger.json());
    cluster.actions().arm(trigger.pattern(), trigger.action());
    output.print(
        QuantityParser.count(cluster.actions().armed(), "trigger waits", "triggers wait")
            + " for a message");
    return ConsoleCommandResult.DONE;
  }
}
