package raftlab.console;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import raftlab.run.Lab;
import raftlab.wire.Id;

/** Commands that show, and change nothing but the time and the seed. */
final class LookCommands {
  private static final int LINES = 20;
  private static final int MOST_LINES = 2_000;
  private static final long LEADER_MICROS = 30_000_000;

  private final Session session;
  private final Screen screen;

  LookCommands(Session session) {
    this.session = session;
    this.screen = session.screen();
  }

  List<Command> all() {
    return List.of(
        Command.onLab(
            "status", "show replicas, leader and network", StatusTable.HELP, this::status),
        Command.onLab(
            "wait SECONDS | leader [SECONDS]",
            "let time pass",
            """
            wait 2.5      so many seconds; wait 200ms for less
            wait leader   until a leader is known, 30 s at most if nothing else is said
            In the simulated world time passes only while a command waits. Ctrl-C ends the waiting.""",
            this::await),
        Command.onLab(
            "log [N]",
            "show the last events",
            "log 50   the last 50; 20 if nothing is said. Times are seconds since the start.",
            this::log),
        Command.onLab(
            "output ID [N]",
            "show what a replica printed",
            "output 2 50   the last 50 lines of 0002: after | from stdout, after ! from stderr",
            this::output),
        Command.onLab(
            "seed [N]",
            "show or choose the seed",
            """
            seed     the seed of what runs
            seed 7   the next start, run and suite have this seed
            In the process world the seed fixes what the kit decides; processes keep their own time and chance.""",
            this::seed));
  }

  private Result status(Arguments arguments) {
    arguments.atMost(0);
    LiveCluster cluster = session.cluster();
    Lab lab = cluster.lab();
    StatusTable table = new StatusTable(cluster);
    screen.say(screen.style().bold(table.heading()));
    table.rows().forEach(screen::say);
    List<Set<Id>> groups = lab.links().topology().groups();
    screen.say(
        "leader "
            + (lab.leader().isBroadcast() ? "none" : lab.leader())
            + ", drops "
            + Numbers.percent(lab.links().network().drops())
            + ", network "
            + (groups.isEmpty() ? "whole" : "cut: " + ClusterCommands.inWords(groups)));
    screen.say(
        String.format(
            Locale.ROOT,
            "%d messages between replicas, %d lost, %.1f s, seed %d",
            lab.messagesBetweenReplicas(),
            cluster.tally().lost(),
            lab.nowMicros() / 1e6,
            cluster.seed()));
    return Result.DONE;
  }

  private Result await(Arguments arguments) {
    LiveCluster cluster = session.cluster();
    Word word = arguments.next("seconds, or leader");
    if (word.text().equals(Targets.LEADER)) {
      return awaitLeader(cluster, arguments);
    }
    long micros = Numbers.micros(word.text(), List.of(Targets.LEADER));
    arguments.atMost(0);
    long from = cluster.lab().nowMicros();
    cluster.playUntil(() -> false, micros, session.stop());
    if (session.stop().asked()) {
      screen.say("stopped after " + Numbers.time(cluster.lab().nowMicros() - from));
    }
    return Result.DONE;
  }

  private Result awaitLeader(LiveCluster cluster, Arguments arguments) {
    arguments.atMost(1);
    long bound =
        arguments.left() == 0
            ? LEADER_MICROS
            : Numbers.micros(arguments.next("seconds").text(), List.of());
    Lab lab = cluster.lab();
    long from = lab.nowMicros();
    boolean known = !lab.leader().isBroadcast();
    if (cluster.playUntil(() -> !lab.leader().isBroadcast(), bound, session.stop())) {
      String after = known ? " already" : ", after " + Numbers.time(lab.nowMicros() - from);
      screen.say("the leader is " + lab.leader() + after);
      return Result.DONE;
    }
    screen.complain("no leader got known within " + Numbers.time(lab.nowMicros() - from));
    return Result.FAILED;
  }

  private Result log(Arguments arguments) {
    LiveCluster cluster = session.cluster();
    cluster.chronicle().last(lines(arguments), screen.style()).forEach(screen::say);
    return Result.DONE;
  }

  private Result output(Arguments arguments) {
    LiveCluster cluster = session.cluster();
    Id id = new Targets(cluster).replica(arguments.next("a replica's ID").text());
    List<String> lines = cluster.outputs().last(id, lines(arguments));
    lines.forEach(screen::say);
    if (lines.isEmpty()) {
      screen.say(screen.style().faint(id + " has printed nothing"));
    }
    return Result.DONE;
  }

  private static int lines(Arguments arguments) {
    arguments.atMost(1);
    return arguments.left() == 0
        ? LINES
        : (int)
            Arguments.number(
                arguments.next("a number"),
                "a number of lines from 1 to " + MOST_LINES,
                1,
                MOST_LINES);
  }

  private Result seed(Arguments arguments) {
    arguments.atMost(1);
    if (arguments.left() == 1) {
      long seed =
          Arguments.number(
              arguments.next("a seed"), "a whole number", Long.MIN_VALUE, Long.MAX_VALUE);
      session.giveSeed(seed);
      screen.say("the next start, run and suite have seed " + seed);
      return Result.DONE;
    }
    LiveCluster cluster = session.clusterOrNull();
    if (cluster != null) {
      screen.say("what runs has seed " + cluster.seed());
    }
    screen.say(
        session.givenSeed().isPresent()
            ? "the next start, run and suite have seed " + session.givenSeed().getAsLong()
            : "the next start, run and suite take a new seed each; `seed N` chooses one");
    return Result.DONE;
  }
}
