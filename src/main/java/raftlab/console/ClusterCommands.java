package raftlab.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import raftlab.report.ChangeText;
import raftlab.run.Lab;
import raftlab.run.Lab.State;
import raftlab.scenario.Conditions;
import raftlab.wire.Id;

/** Commands that start, crash, cut and heal. */
final class ClusterCommands {
  private static final int LEAST = 2;
  private static final int MOST = 21;

  /** In a process, a replica's reports come a little after its first word. */
  private static final long REPORT_MICROS = 1_000_000;

  private final Session session;
  private final Screen screen;

  ClusterCommands(Session session) {
    this.session = session;
    this.screen = session.screen();
  }

  List<Command> all() {
    return List.of(
        Command.onLab(
            "start [N | @ID]",
            "start N replicas, or a crashed one again",
            """
            start 5      ends what runs, and starts five replicas, 0000 to 0004; the network is whole then
            start        the same number as before
            start @2     starts 0002 again after a crash, with what it had stored (start 0002 does too)""",
            this::start),
        Command.onLab(
            "crash ID | leader | all | random",
            "kill replicas at once",
            """
            crash 2 3      0002 and 0003
            crash leader   whoever leads, as far as messages tell
            crash random   one of those that run""",
            this::crash),
        Command.onLab(
            "restart ID | leader | all | random",
            "kill replicas, and start them again",
            """
            restart 2        kills 0002 if it runs, and starts it again with what it had stored
            restart leader   whoever leads, as far as messages tell
            restart all      all but those that were removed: first all are killed, then all started""",
            this::restart),
        Command.onLab(
            "partition A B | C D E",
            "cut the network into groups",
            """
            partition 0 1 | 2 3 4     two groups; whoever is in none is alone
            partition leader | rest   the leader alone
            partition 0 1             one group; all others form the second
            Clients reach every replica that runs, cut off or not.""",
            this::partition),
        Command.onLab(
            "heal", "end the partition", "Losses by chance go on; `drop 0` ends them.", this::heal),
        Command.onLab(
            "drop [PROBABILITY]",
            "lose messages between replicas by chance",
            """
            drop 10%   loses one in ten; so does drop 0.1
            drop 0     loses none
            drop       shows what is lost now""",
            this::drop));
  }

  private Result start(Arguments arguments) {
    arguments.atMost(1);
    LiveCluster former = session.clusterOrNull();
    if (arguments.left() == 0 && former == null) {
      arguments.next("how many replicas");
    }
    int replicas = former == null ? 0 : former.lab().trace().header().replicas().size();
    if (arguments.left() == 1) {
      Word word = arguments.next("how many replicas");
      boolean wholeId = word.text().length() == 4 && Targets.idOf(word.text()) != null;
      if (word.text().startsWith("@") || wholeId) {
        return startAgain(new Targets(session.cluster()).replica(word.text()));
      }
      replicas =
          (int)
              Arguments.number(
                  word,
                  "a number of replicas from "
                      + LEAST
                      + " to "
                      + MOST
                      + ", or @ID of a crashed one",
                  LEAST,
                  MOST);
    }
    return startAll(replicas);
  }

  private Result startAll(int replicas) {
    LiveCluster former = session.clusterOrNull();
    if (former != null) {
      screen.say("The replicas that run are ended first." + hint(former.lab(), replicas));
    }
    session.replaceCluster(null);
    long seed = session.seedOrNew();
    LiveCluster cluster = new LiveCluster(session.world(), replicas, seed, screen);
    session.replaceCluster(cluster);
    cluster.lab().replicas().forEach(cluster.lab()::start);
    return new Awaiting(session).await(cluster.lab().replicas(), "seed " + seed);
  }

  /** Whoever has crashed 0002 and says {@code start 2} may have meant something else. */
  private static String hint(Lab lab, int replicas) {
    Id id = Id.of(replicas);
    boolean crashed = lab.state(id) == State.CRASHED || lab.state(id) == State.EXITED;
    return crashed ? " (To start " + id + " again: start @" + replicas + ")" : "";
  }

  private Result startAgain(Id id) {
    LiveCluster cluster = session.cluster();
    if (cluster.lab().runs(id)) {
      throw new Mistake(id + " runs already; `crash " + id + "` would end it");
    }
    return startAgain(cluster, List.of(id));
  }

  private Result startAgain(LiveCluster cluster, List<Id> ids) {
    ids.forEach(cluster.lab()::start);
    Result result = new Awaiting(session).await(ids, "with what was stored before");
    if (result == Result.DONE) {
      tellFound(cluster, ids);
    }
    return result;
  }

  /**
   * What they found in their storage, if they tell; those that used to tell get a moment for it.
   */
  private void tellFound(LiveCluster cluster, List<Id> ids) {
    Reports reports = cluster.reports();
    cluster.playUntil(() -> ids.stream().noneMatch(reports::isDue), REPORT_MICROS, session.stop());
    for (Id id : ids) {
      if (reports.restored(id) != null) {
        screen.say(id + " found " + ChangeText.found(reports.restored(id)));
      }
    }
  }

  private Result restart(Arguments arguments) {
    LiveCluster cluster = session.cluster();
    if (arguments.left() == 0) {
      arguments.next("an ID, leader, all or random");
    }
    Set<Id> chosen = new Targets(cluster).anyState(arguments.rest());
    List<Id> running = chosen.stream().filter(cluster.lab()::runs).toList();
    running.forEach(victim -> kill(cluster, victim));
    return startAgain(cluster, List.copyOf(chosen));
  }

  private Result crash(Arguments arguments) {
    LiveCluster cluster = session.cluster();
    if (arguments.left() == 0) {
      arguments.next("an ID, leader, all or random");
    }
    Set<Id> victims = new Targets(cluster).victims(arguments.rest());
    victims.forEach(victim -> kill(cluster, victim));
    return Result.DONE;
  }

  private void kill(LiveCluster cluster, Id victim) {
    boolean led = victim.equals(cluster.lab().leader());
    screen.say(victim + (led ? ", the leader," : "") + " is killed");
    cluster.lab().crash(victim);
  }

  private Result partition(Arguments arguments) {
    LiveCluster cluster = session.cluster();
    if (arguments.left() == 0) {
      arguments.next("groups of IDs");
    }
    List<Set<Id>> groups = new Targets(cluster).groups(arguments.rest());
    String how = "the network is cut: " + inWords(groups);
    screen.say(how);
    cluster.did("partition", how);
    cluster.lab().links().partition(groups);
    return Result.DONE;
  }

  /** Groups as they are typed. */
  static String inWords(List<Set<Id>> groups) {
    List<String> texts = new ArrayList<>();
    for (Set<Id> group : groups) {
      texts.add(group.stream().sorted().map(Id::toString).collect(Collectors.joining(" ")));
    }
    return String.join(" | ", texts);
  }

  private Result heal(Arguments arguments) {
    arguments.atMost(0);
    LiveCluster cluster = session.cluster();
    boolean cut = !cluster.lab().links().topology().isWhole();
    screen.say(cut ? "the network is whole again" : "the network is whole already");
    cluster.did("heal", "all replicas reach each other");
    cluster.lab().links().heal();
    return Result.DONE;
  }

  private Result drop(Arguments arguments) {
    arguments.atMost(1);
    LiveCluster cluster = session.cluster();
    if (arguments.left() == 1) {
      double drops = Numbers.probability(arguments.next("a probability").text());
      cluster.lab().links().conditions(Conditions.loss(drops));
      cluster.did("drop", Numbers.percent(drops) + " of the messages between replicas are lost");
    }
    screen.say(
        Numbers.percent(cluster.lab().links().network().drops())
            + " of the messages between replicas are lost");
    return Result.DONE;
  }
}
