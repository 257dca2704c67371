package raftlab.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import raftlab.run.Lab;
import raftlab.run.Lab.State;
import raftlab.run.Run;
import raftlab.wire.Id;

/** Commands that start, crash, cut and heal. */
final class ClusterCommands {
  private static final int LEAST = 2;
  private static final int MOST = 21;

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
            start @2     starts 0002 again after a crash (start 0002 does too)""",
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
    int replicas = former == null ? 0 : former.lab().replicas().size();
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
    return await(cluster, cluster.lab().replicas(), "seed " + seed);
  }

  /** Whoever has crashed 0002 and says {@code start 2} may have meant something else. */
  private static String hint(Lab lab, int replicas) {
    Id id = Id.of(replicas);
    boolean crashed = lab.state(id) == State.CRASHED || lab.state(id) == State.EXITED;
    return crashed ? " (To start " + id + " again: start @" + replicas + ")" : "";
  }

  private Result startAgain(Id id) {
    LiveCluster cluster = session.cluster();
    State state = cluster.lab().state(id);
    if (state == State.READY || state == State.STARTING) {
      throw new Mistake(id + " runs already; `crash " + id + "` would end it");
    }
    cluster.lab().start(id);
    return await(cluster, List.of(id), "what it had not stored is forgotten");
  }

  private Result await(LiveCluster cluster, List<Id> started, String remark) {
    Lab lab = cluster.lab();
    long from = lab.nowMicros();
    cluster.playUntil(
        () -> started.stream().noneMatch(id -> lab.state(id) == State.STARTING),
        Run.START_BOUND_MILLIS * 1000,
        session.stop());
    List<Id> missing = started.stream().filter(id -> lab.state(id) != State.READY).toList();
    String names = started.stream().map(Id::toString).collect(Collectors.joining(" "));
    if (missing.isEmpty()) {
      screen.say(
          names
              + (started.size() == 1 ? " is up" : " are up")
              + " after "
              + Numbers.time(lab.nowMicros() - from)
              + "; "
              + remark);
      return Result.DONE;
    }
    screen.complain(
        missing.size()
            + " of "
            + started.size()
            + " did not come up: "
            + missing.stream().map(Id::toString).collect(Collectors.joining(" "))
            + "; `output "
            + missing.get(0)
            + "` shows what it printed");
    return Result.FAILED;
  }

  private Result crash(Arguments arguments) {
    LiveCluster cluster = session.cluster();
    if (arguments.left() == 0) {
      arguments.next("an ID, leader, all or random");
    }
    Set<Id> victims = new Targets(cluster).victims(arguments.rest());
    for (Id victim : victims) {
      boolean led = victim.equals(cluster.lab().leader());
      screen.say(victim + (led ? ", the leader," : "") + " is killed");
      cluster.lab().crash(victim);
    }
    return Result.DONE;
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
    cluster.lab().partition(groups);
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
    boolean cut = !cluster.lab().network().groups().isEmpty();
    screen.say(cut ? "the network is whole again" : "the network is whole already");
    cluster.did("heal", "all replicas reach each other");
    cluster.lab().heal();
    return Result.DONE;
  }

  private Result drop(Arguments arguments) {
    arguments.atMost(1);
    LiveCluster cluster = session.cluster();
    if (arguments.left() == 1) {
      double drops = Numbers.probability(arguments.next("a probability").text());
      cluster.lab().network().setDrops(drops);
      cluster.did("drop", Numbers.percent(drops) + " of the messages between replicas are lost");
    }
    screen.say(
        Numbers.percent(cluster.lab().network().drops())
            + " of the messages between replicas are lost");
    return Result.DONE;
  }
}
