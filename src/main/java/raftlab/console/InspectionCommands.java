package raftlab.console;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import raftlab.network.Topology;
import raftlab.run.lab.Lab;
import raftlab.scenario.text.LinkConditionsText;
import raftlab.wire.Id;

/** Commands that show state, and the seed. */
final class InspectionCommands {
  private static final int DEFAULT_LINES = 20;
  private static final int MAX_LINES = 2_000;

  private final ConsoleSession session;
  private final ConsoleOutput output;

  InspectionCommands(ConsoleSession session) {
    this.session = session;
    this.output = session.output();
  }

  List<ConsoleCommand> all() {
    return List.of(
        ConsoleCommand.onLab(
            "status [ID]", "show replicas, leader and network", StatusTable.HELP, this::status),
        ConsoleCommand.onLab(
            "output ID [N]",
            "show the output of a replica",
            "output 2 50   the last 50 lines of 0002; | marks stdout, ! marks stderr",
            this::output),
        ConsoleCommand.onLab(
            "seed [N]",
            "show or set the seed",
            """
            seed     the seed of the running cluster
            seed 7   the seed for the next start, run and suite
            In the process world the seed fixes the kit's random choices, but not the timing of processes.\
            """,
            this::seed));
  }

  private ConsoleCommandResult status(CommandArguments arguments) {
    arguments.requireAtMost(1);
    LiveCluster cluster = session.cluster();
    Lab lab = cluster.lab();
    StatusTable table = new StatusTable(cluster, output.style());
    if (arguments.remaining() == 1) {
      Id id = new TargetParser(cluster).oneReplica(arguments.next("an ID").text());
      table.details(id).forEach(output::print);
      return ConsoleCommandResult.DONE;
    }
    output.print(output.style().bold(table.heading()));
    table.rows().forEach(output::print);
    table.notes().forEach(note -> output.print(output.style().faint(note)));
    output.print(
        "leader "
            + lab.leader().map(Id::toString).orElse("none")
            + ", drops "
            + QuantityParser.percent(lab.links().network().lossProbability())
            + ", network "
            + networkText(lab.links().topology())
            + (cluster.isSteppable()
                ? ", " + LinkConditionsText.of(lab.links().network().conditions())
                : ""));
    output.print(
        String.format(
            Locale.ROOT,
            "%d messages between replicas, %d lost, %.1f s, seed %d",
            lab.messagesBetweenReplicas(),
            cluster.messageCounter().lost(),
            lab.nowMicros() / 1e6,
            cluster.seed()));
    return ConsoleCommandResult.DONE;
  }

  /** The groups of a partition; the links that are cut if replicas are in several groups. */
  static String networkText(Topology topology) {
    List<Set<Id>> groups = topology.groups();
    if (groups.isEmpty()) {
      return "whole";
    }
    long distinct = groups.stream().flatMap(Set::stream).distinct().count();
    if (groups.stream().mapToInt(Set::size).sum() == distinct) {
      return "partitioned: " + ClusterCommands.groupsText(groups);
    }
    return "links cut: "
        + topology.cutLinks().stream()
            .map(link -> StatusTable.shortId(link.from()) + "→" + StatusTable.shortId(link.to()))
            .collect(Collectors.joining(" "));
  }

  private ConsoleCommandResult output(CommandArguments arguments) {
    LiveCluster cluster = session.cluster();
    Id id = new TargetParser(cluster).replica(arguments.next("a replica's ID").text());
    List<String> lines = cluster.recentOutput().last(id, lines(arguments));
    lines.forEach(output::print);
    if (lines.isEmpty()) {
      output.print(output.style().faint(id + " has printed nothing"));
    }
    return ConsoleCommandResult.DONE;
  }

  private static int lines(CommandArguments arguments) {
    arguments.requireAtMost(1);
    return arguments.remaining() == 0
        ? DEFAULT_LINES
        : (int)
            CommandArguments.number(
                arguments.next("a number"),
                "a number of lines from 1 to " + MAX_LINES,
                1,
                MAX_LINES);
  }

  private ConsoleCommandResult seed(CommandArguments arguments) {
    arguments.requireAtMost(1);
    if (arguments.remaining() == 1) {
      long seed =
          CommandArguments.number(
              arguments.next("a seed"), "a whole number", Long.MIN_VALUE, Long.MAX_VALUE);
      session.setSeed(seed);
      output.print("seed " + seed + " for the next start, run and suite");
      return ConsoleCommandResult.DONE;
    }
    LiveCluster cluster = session.clusterOrNull();
    if (cluster != null) {
      output.print("the running cluster has seed " + cluster.seed());
    }
    output.print(
        session.givenSeed().isPresent()
            ? "seed " + session.givenSeed().getAsLong() + " for the next start, run and suite"
            : "a new seed for each start, run and suite; `seed N` sets one");
    return ConsoleCommandResult.DONE;
  }
}
