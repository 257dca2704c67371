package raftlab.console;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import raftlab.cluster.World;
import raftlab.node.StateChange;
import raftlab.report.StateChangeText;
import raftlab.run.lab.Lab;
import raftlab.run.lab.ReplicaState;
import raftlab.scenario.Action;
import raftlab.scenario.ActionType;
import raftlab.scenario.TargetSelector;
import raftlab.wire.Id;

/** Commands that start, crash, partition and heal. */
final class ClusterCommands {
  private static final int MIN_REPLICAS = 2;
  private static final int MAX_REPLICAS = 21;

  /** A process reports its state a little after its hello message. */
  private static final long REPORT_MICROS = 1_000_000;

  private final ConsoleSession session;
  private final ConsoleOutput output;

  ClusterCommands(ConsoleSession session) {
    this.session = session;
    this.output = session.output();
  }

  List<ConsoleCommand> all() {
    return List.of(
        ConsoleCommand.changing(
            "start [N | @ID] [--sim | --process] [--replica CMD]",
            "start N replicas, or restart a crashed one",
            """
            start 5          stops running replicas, and starts five new ones, 0000 to 0004
            start 5 --sim    in the simulated world: time stands still until `step` or `run`
            start 3 --replica path/to/4700kvstore    real processes of this program
            start 3 --sim --replica 'reference --no-pre-vote'    the reference replica with an option
            start            the same number as before
            start @2         restarts 0002 after a crash, with its stored data (start 0002 does too)\
            """,
            this::start),
        ConsoleCommand.changing(
            "crash ID | leader | all | random",
            "kill replicas",
            """
            crash 2 3      0002 and 0003
            crash leader   the leader, as known from messages
            crash random   a random running replica\
            """,
            this::crash),
        ConsoleCommand.changing(
            "restart ID...",
            "kill and restart replicas",
            """
            restart 2        kills 0002 if it runs, and restarts it with its stored data
            restart leader   the leader, as known from messages
            restart all      all except removed replicas: kills all, then starts all\
            """,
            this::restart),
        ConsoleCommand.changing(
            "partition A B | C D E",
            "partition the network into groups",
            """
            partition 0 1 | 2 3 4     two groups; a replica in no group is isolated
            partition leader | rest   isolates the leader
            partition 0 1             one group; all others form the second
            Clients reach every running replica in any case.\
            """,
            this::partition),
        ConsoleCommand.changing(
            "heal",
            "end the partition",
            "Random losses continue; `drop 0` ends them.",
            this::heal));
  }

  private ConsoleCommandResult start(CommandArguments arguments) {
    World world = chosenWorld(arguments);
    arguments.requireAtMost(1);
    LiveCluster former = session.clusterOrNull();
    if (arguments.remaining() == 0 && former == null) {
      arguments.next("a number of replicas");
    }
    int replicas = former == null ? 0 : former.lab().trace().header().replicas().size();
    if (arguments.remaining() == 1) {
      CommandWord word = arguments.next("a number of replicas");
      boolean wholeId = word.text().length() == 4 && TargetParser.idOf(word.text()) != null;
      if (word.text().startsWith("@") || wholeId) {
        return restartStopped(new TargetParser(session.cluster()).replica(word.text()));
      }
      replicas =
          (int)
              CommandArguments.number(
                  word,
                  "a number of replicas from "
                      + MIN_REPLICAS
                      + " to "
                      + MAX_REPLICAS
                      + ", or @ID of a crashed one",
                  MIN_REPLICAS,
                  MAX_REPLICAS);
    }
    if (world.name().equals(ConsoleWorlds.SIMULATED)
        && isProgram(session.world())
        && !isProgram(world)) {
      output.print(
          "A program can't be simulated: these are reference replicas. `start --process` returns to"
              + " yours.");
    }
    session.setWorld(world);
    return startAll(replicas);
  }

  private static boolean isProgram(World world) {
    List<String> command = world.replicaCommand();
    return !command.isEmpty() && !command.get(0).equals("reference");
  }

  /** The world of the options {@code --sim}, {@code --process} and {@code --replica}. */
  private World chosenWorld(CommandArguments arguments) {
    boolean sim = arguments.takeOption("--sim");
    boolean process = arguments.takeOption("--process");
    String replica = arguments.takeOptionValue("--replica", "a replica's program");
    if (sim && process) {
      throw new CommandException("found --sim and --process, expected one of them");
    }
    if (!sim && !process && replica == null) {
      return session.world();
    }
    boolean simulated = sim || !process && session.world().name().equals(ConsoleWorlds.SIMULATED);
    try {
      return (simulated ? session.worlds().simulated() : session.worlds().process()).apply(replica);
    } catch (IllegalArgumentException wrong) {
      throw new CommandException(wrong);
    }
  }

  private ConsoleCommandResult startAll(int replicas) {
    LiveCluster former = session.clusterOrNull();
    if (former != null) {
      output.print("Running replicas are stopped first." + hint(former.lab(), replicas));
    }
    session.replaceCluster(null);
    long seed = session.seedOrNew();
    LiveCluster cluster = new LiveCluster(session.world(), replicas, seed, output);
    session.replaceCluster(cluster);
    cluster.startAll();
    // Time begins with the creation of the cluster.
    ConsoleCommandResult result =
        new StartupWaiter(session).await(cluster.lab().replicas(), 0, "seed " + seed);
    if (result == ConsoleCommandResult.DONE) {
      cluster.begin();
    }
    return result;
  }

  /** {@code start 2} after a crash of 0002 may be a slip for {@code start @2}. */
  private static String hint(Lab lab, int replicas) {
    Id id = Id.of(replicas);
    boolean crashed = lab.state(id) == ReplicaState.CRASHED || lab.state(id) == ReplicaState.EXITED;
    return crashed ? " (To restart " + id + ": start @" + replicas + ")" : "";
  }

  private ConsoleCommandResult restartStopped(Id id) {
    LiveCluster cluster = session.cluster();
    if (cluster.lab().isRunning(id)) {
      throw new CommandException(id + " is running; `crash " + id + "` kills it");
    }
    cluster.noteAction(TargetParser.action(ActionType.RESTART, List.of(id)), "restarted " + id);
    return restartStopped(cluster, List.of(id));
  }

  private ConsoleCommandResult restartStopped(LiveCluster cluster, List<Id> ids) {
    Lab lab = cluster.lab();
    long from = lab.nowMicros();
    String found = storedText(lab, ids);
    ids.forEach(lab::start);
    ConsoleCommandResult result = new StartupWaiter(session).await(ids, from, found);
    if (result == ConsoleCommandResult.DONE) {
      printRestored(cluster, ids);
    }
    return result;
  }

  /** What these replicas find again when they are started. */
  private static String storedText(Lab lab, List<Id> ids) {
    List<Id> empty = ids.stream().filter(id -> !lab.machineFaults().hasStored(id)).toList();
    if (empty.isEmpty()) {
      return ids.size() == 1 ? "with its stored data" : "with their stored data";
    }
    String who = empty.size() == ids.size() ? ids.size() == 1 ? "it" : "they" : idsText(empty);
    return who
        + " had stored nothing (see RAFTLAB_DATA_DIR in the contract), and "
        + (empty.size() == 1 ? "has" : "have")
        + " lost all data";
  }

  /**
   * Shows what replicas restored from storage, if they report it; waits a little for those that
   * have reported their state before.
   */
  private void printRestored(LiveCluster cluster, List<Id> ids) {
    ReplicaReports reports = cluster.reports();
    cluster.playUntil(
        () -> ids.stream().noneMatch(reports::isReportExpected),
        REPORT_MICROS,
        session.interruptFlag());
    for (Id id : ids) {
      StateChange.Restored restored = reports.restored(id);
      if (restored != null) {
        output.print(id + " restored " + StateChangeText.found(restored));
      }
    }
  }

  private ConsoleCommandResult restart(CommandArguments arguments) {
    LiveCluster cluster = session.cluster();
    if (arguments.remaining() == 0) {
      arguments.next("an ID, leader, all or random");
    }
    Set<Id> chosen = new TargetParser(cluster).restartTargets(arguments.rest());
    cluster.noteAction(
        TargetParser.action(ActionType.RESTART, chosen), "restarted " + idsText(chosen));
    List<Id> running = chosen.stream().filter(cluster.lab()::isRunning).toList();
    running.forEach(victim -> kill(cluster, victim));
    return restartStopped(cluster, List.copyOf(chosen));
  }

  private ConsoleCommandResult crash(CommandArguments arguments) {
    LiveCluster cluster = session.cluster();
    if (arguments.remaining() == 0) {
      arguments.next("an ID, leader, all or random");
    }
    List<CommandWord> words = arguments.rest();
    if (words.stream()
        .anyMatch(word -> word.text().equals("for") || word.text().equals("midway"))) {
      Action action = new FaultParser(cluster.lab().replicas()).parse("crash", words);
      cluster.actions().play(action).forEach(output::print);
      return ConsoleCommandResult.DONE;
    }
    Set<Id> victims = new TargetParser(cluster).crashTargets(words);
    cluster.noteAction(
        TargetParser.action(ActionType.CRASH, victims), "killed " + idsText(victims));
    victims.forEach(victim -> kill(cluster, victim));
    return ConsoleCommandResult.DONE;
  }

  private static String idsText(Collection<Id> ids) {
    return ids.stream().map(Id::toString).collect(Collectors.joining(" "));
  }

  private void kill(LiveCluster cluster, Id victim) {
    boolean led = cluster.lab().isLeader(victim);
    output.print((led ? "leader " : "") + victim + " killed");
    cluster.lab().crash(victim);
  }

  private ConsoleCommandResult partition(CommandArguments arguments) {
    LiveCluster cluster = session.cluster();
    if (arguments.remaining() == 0) {
      arguments.next("groups of IDs");
    }
    List<Set<Id>> groups = new TargetParser(cluster).groups(arguments.rest());
    String how = "network partitioned: " + groupsText(groups);
    output.print(how);
    cluster.noteAction(
        new Action(
            ActionType.PARTITION,
            TargetSelector.NONE,
            1,
            0,
            "",
            new Action.Groups(groups.stream().map(TargetParser::selector).toList())),
        how);
    cluster.lab().links().partition(groups);
    return ConsoleCommandResult.DONE;
  }

  /** The groups in the form in which users type them. */
  static String groupsText(List<Set<Id>> groups) {
    List<String> texts = new ArrayList<>();
    for (Set<Id> group : groups) {
      texts.add(group.stream().sorted().map(Id::toString).collect(Collectors.joining(" ")));
    }
    return String.join(" | ", texts);
  }

  private ConsoleCommandResult heal(CommandArguments arguments) {
    LiveCluster cluster = session.cluster();
    if (arguments.remaining() > 0) {
      Action action = new FaultParser(cluster.lab().replicas()).parse("heal", arguments.rest());
      cluster.actions().play(action).forEach(output::print);
      return ConsoleCommandResult.DONE;
    }
    boolean cut = !cluster.lab().links().topology().isFullyConnected();
    output.print(cut ? "partition healed" : "there is no partition");
    cluster.noteAction(Action.plain(ActionType.HEAL), "all replicas reach each other");
    cluster.lab().links().heal();
    return ConsoleCommandResult.DONE;
  }
}
