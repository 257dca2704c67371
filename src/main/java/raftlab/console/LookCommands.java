package raftlab.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import raftlab.explain.Explanation;
import raftlab.explain.LikelyCause;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.report.EventColumns;
import raftlab.report.EventFilter;
import raftlab.report.FailureText;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Commands that show what has happened: in words, in columns, message by message, and judged. */
final class LookCommands {
  private static final int DEFAULT_LINES = 20;
  private static final int DEFAULT_ROWS = 40;
  private static final int MAX_LINES = 100_000;

  private final ConsoleSession session;
  private final ConsoleOutput output;

  LookCommands(ConsoleSession session) {
    this.session = session;
    this.output = session.output();
  }

  List<ConsoleCommand> all() {
    return List.of(
        ConsoleCommand.onLab(
            "timeline [N]",
            "show what has happened, in words",
            "timeline 50   the last 50 events, by default 20; times are seconds since the start",
            this::timeline),
        ConsoleCommand.onLab(
            "columns [N] [--about ID,...] [--type TYPE,...] [--heartbeats]",
            "show the last events in one column for each replica",
            """
            columns               the last 40 lines; → sends, ← receives, × dropped, +3 appends entry 3
            columns 200           the last 200
            columns --about 1,2   only two replicas
            columns --type appendEntries    only messages of this type
            Heartbeats and the answers to them are left out without --heartbeats.\
            """,
            this::columns),
        ConsoleCommand.onLab(
            "trace on | off [--about ID,...] [--type TYPE,...] [--heartbeats]",
            "print messages between replicas as they go by",
            """
            trace on              all messages, except heartbeats and the answers to them
            trace on --about 2    those from and to 0002
            trace off             none\
            """,
            this::trace),
        ConsoleCommand.onLab(
            "explain",
            "judge what has happened so far, and name the likely cause of a failure",
            "All checks of scenarios apply: safety of Raft, linearizability, the contract.",
            this::explain),
        ConsoleCommand.onLab("why", "the same as explain", "See `help explain`.", this::explain));
  }

  private ConsoleCommandResult timeline(CommandArguments arguments) {
    LiveCluster cluster = session.cluster();
    arguments.requireAtMost(1);
    cluster
        .eventHistory()
        .last(count(arguments, DEFAULT_LINES), output.style())
        .forEach(output::printCut);
    return ConsoleCommandResult.DONE;
  }

  private static int count(CommandArguments arguments, int otherwise) {
    return arguments.remaining() == 0
        ? otherwise
        : (int)
            CommandArguments.number(
                arguments.next("a number"),
                "a number of lines from 1 to " + MAX_LINES,
                1,
                MAX_LINES);
  }

  private EventFilter filter(LiveCluster cluster, CommandArguments arguments) {
    String about = arguments.takeOptionValue("--about", "IDs");
    String types = arguments.takeOptionValue("--type", "types of messages");
    List<Id> ids = new ArrayList<>();
    if (about != null) {
      TargetParser targets = new TargetParser(cluster);
      for (String word : about.split(",")) {
        ids.add(targets.anyone(word));
      }
    }
    return new EventFilter(
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        ids,
        types == null ? List.of() : List.of(types.split(",")),
        Integer.MAX_VALUE);
  }

  private ConsoleCommandResult columns(CommandArguments arguments) {
    LiveCluster cluster = session.cluster();
    boolean heartbeats = arguments.takeOption("--heartbeats");
    EventFilter filter = filter(cluster, arguments);
    arguments.requireAtMost(1);
    int rows = count(arguments, DEFAULT_ROWS);
    EventColumns.of(
            cluster.lab().trace(),
            new EventColumns.Options(filter, heartbeats, output.width(), rows),
            output.style())
        .forEach(output::print);
    return ConsoleCommandResult.DONE;
  }

  private ConsoleCommandResult trace(CommandArguments arguments) {
    LiveCluster cluster = session.cluster();
    boolean heartbeats = arguments.takeOption("--heartbeats");
    EventFilter filter = filter(cluster, arguments);
    CommandWord word = arguments.next("on or off");
    arguments.requireAtMost(0);
    if (word.text().equals("off")) {
      session.setMessagePrinter(null);
    } else if (word.text().equals("on")) {
      session.setMessagePrinter(new MessagePrinter(output, filter, heartbeats));
    } else {
      throw CommandArguments.invalidWord(word.text(), "on or off", List.of("on", "off"));
    }
    output.print(
        word.text().equals("on")
            ? "messages are printed; `trace off` ends it"
            : "no messages are printed");
    return ConsoleCommandResult.DONE;
  }

  private ConsoleCommandResult explain(CommandArguments arguments) {
    arguments.requireAtMost(0);
    if (session.isHunting()) {
      throw new CommandException(
          "explain would name the bug that you are looking for; `answer NAME` ends the hunt");
    }
    LiveCluster cluster = session.cluster();
    ConsoleJudge judge = ConsoleJudge.of(cluster);
    Status status = judge.judgement().status();
    output.print(
        output.style().status(status, 1)
            + "  "
            + (status == Status.PASS
                ? String.format(
                    Locale.ROOT,
                    "all %d checks hold in the %.1f s so far",
                    judge.judgement().verdicts().size(),
                    cluster.lab().nowMicros() / 1e6)
                : judge.judgement().reason()));
    for (Verdict verdict : judge.judgement().verdicts()) {
      if (verdict.status() != Status.PASS) {
        output.print(
            "  "
                + output.style().status(verdict.status(), 8)
                + verdict.check().key()
                + ": "
                + verdict.text());
      }
    }
    Optional<LikelyCause> cause = judge.cause();
    FailureText.of(judge.judgement(), cause, Optional.of(judge.trace()), output.style())
        .forEach(output::print);
    if (status == Status.PASS) {
      Explanation.suspicion(judge.scenario(), judge.trace())
          .ifPresent(
              found ->
                  output.print("  " + output.style().warning("but ") + FailureText.summary(found)));
      unanswered(cluster);
    }
    return status == Status.FAIL ? ConsoleCommandResult.FAILED : ConsoleCommandResult.DONE;
  }

  /** Names what keeps the cluster from answering, which no check calls a failure. */
  private void unanswered(LiveCluster cluster) {
    if (cluster.lab().leader().isEmpty()) {
      output.print("  no leader is known: " + cluster.lab().noLeader().description());
    }
    long dropped =
        cluster.lab().trace().events().stream().filter(Event.Dropped.class::isInstance).count();
    if (dropped > 0) {
      output.print(
          "  " + QuantityParser.count(dropped, "message was", "messages were") + " dropped");
    }
  }
}
