package raftlab.console;

import java.util.ArrayList;
import java.util.List;
import raftlab.scenario.Action;
import raftlab.scenario.MessagePattern;
import raftlab.scenario.MessagePattern.Party;
import raftlab.wire.Id;

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
    String type = arguments.next("the type of a message, or any").text();
    List<CommandWord> words = new ArrayList<>(arguments.rest());
    Party from = party("from", words);
    Party to = party("to", words);
    // Options may come in any order.
    from = from == Party.ANY ? party("from", words) : from;
    int nth = 1;
    if (startsWith("nth", words) && words.size() > 1) {
      nth = (int) CommandArguments.number(words.get(1), "a number of messages", 1, 900_000);
      words.subList(0, 2).clear();
    }
    boolean lose = startsWith("lose", words);
    if (lose) {
      words.remove(0);
    }
    if (words.isEmpty()) {
      throw new CommandException(
          "expected a fault, such as: on ok from leader crash leader; one of "
              + String.join(", ", FaultParser.FAULTS));
    }
    String fault = words.remove(0).text();
    Action action = parser().parse(fault, words);
    String anyType = type.equals("any") ? "" : type;
    cluster.actions().arm(new MessagePattern(anyType, from, to, nth, 0, lose), action);
    output.print(
        QuantityParser.count(cluster.actions().armed(), "trigger waits", "triggers wait")
            + " for a message");
    return ConsoleCommandResult.DONE;
  }

  private static boolean startsWith(String word, List<CommandWord> words) {
    return !words.isEmpty() && words.get(0).text().equals(word);
  }

  private Party party(String option, List<CommandWord> words) {
    if (!startsWith(option, words)) {
      return Party.ANY;
    }
    if (words.size() < 2) {
      throw new CommandException("expected a replica or client after " + option);
    }
    String word = words.get(1).text();
    words.subList(0, 2).clear();
    Id id = TargetParser.idOf(word);
    return Party.of(id == null ? word : id.toString())
        .orElseThrow(
            () ->
                CommandArguments.invalidWord(
                    word, "an ID or one of " + String.join(", ", Party.words()), Party.words()));
  }
}
