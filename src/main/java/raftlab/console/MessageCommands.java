package raftlab.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import raftlab.report.MessageSummary;
import raftlab.run.lab.LinkControl;
import raftlab.run.lab.MessagesInFlight;
import raftlab.run.lab.MessagesInFlight.MessageInFlight;
import raftlab.scenario.Delay;
import raftlab.scenario.LinkConditions;
import raftlab.scenario.text.LinkConditionsText;

/** Commands for messages in flight, and for the loss and the delay of all messages. */
final class MessageCommands {
  private final ConsoleSession session;
  private final ConsoleOutput output;
  private final StepCommands steps;

  MessageCommands(ConsoleSession session) {
    this.session = session;
    this.output = session.output();
    this.steps = new StepCommands(session);
  }

  List<ConsoleCommand> all() {
    return List.of(
        ConsoleCommand.onLab(
            "messages",
            "show the messages in flight, with their numbers",
            """
            messages   number, time until the delivery, sender, receiver, type and fields
            A number identifies a message until it is delivered or dropped. In the process world only
            delayed messages (`delay 50ms`) are in flight long enough to be seen.\
            """,
            this::messages),
        ConsoleCommand.changing(
            "deliver N...",
            "deliver messages in flight now",
            "deliver 3 1   message 3, then message 1",
            this::deliver),
        ConsoleCommand.changing(
            "drop N... | PROBABILITY",
            "drop messages in flight, or lose random messages between replicas",
            """
            drop 3 4   messages 3 and 4 of those in flight
            drop 10%   from now on loses 10 % of the messages between replicas; so does drop 0.1
            drop 0     loses none
            drop       shows the current probability\
            """,
            this::drop),
        ConsoleCommand.changing(
            "delay N TIME | TIME[..TIME]",
            "delay a message in flight, or all messages between replicas",
            """
            delay 3 200ms       message 3 of those in flight, by 200 ms more
            delay 50ms..200ms   from now on each message between replicas, at random
            delay 10ms          from now on each by the same time
            delay 0ms           none
            delay               shows the current delay\
            """,
            this::delay),
        ConsoleCommand.changing(
            "duplicate N...",
            "duplicate messages in flight",
            "duplicate 3   adds a copy of message 3; `delay` and `drop` apply to each separately",
            this::duplicate));
  }

  private ConsoleCommandResult messages(CommandArguments arguments) {
    arguments.requireAtMost(0);
    LiveCluster cluster = session.cluster();
    List<MessageInFlight> all = new ArrayList<>(cluster.lab().messagesInFlight().all());
    if (all.isEmpty()) {
      output.print(
          output
              .style()
              .faint(
                  cluster.isSteppable()
                      ? "no message is in flight"
                      : "no message is in flight; messages are delivered at once, unless `delay"
                          + " 50ms` delays them"));
      return ConsoleCommandResult.DONE;
    }
    int width = 4;
    for (MessageInFlight each : all) {
      width = Math.max(width, MessageSummary.type(each.sent()).length());
    }
    output.print(
        output
            .style()
            .bold(
                String.format(
                    Locale.ROOT,
                    "%4s %10s  from   to    %-" + width + "s",
                    "N",
                    "due in",
                    "type")));
    for (MessageInFlight each : all) {
      output.printCut(
          String.format(
              Locale.ROOT,
              "%4d %10s  %s → %s  %-" + width + "s  %s",
              each.number(),
              QuantityParser.time(Math.max(0, each.dueMicros() - cluster.lab().nowMicros())),
              each.sent().from(),
              each.sent().to(),
              MessageSummary.type(each.sent()),
              output.style().faint(MessageSummary.fields(each.sent()))));
    }
    return ConsoleCommandResult.DONE;
  }

  private MessagesInFlight inFlight() {
    return session.cluster().lab().messagesInFlight();
  }

  /** The numbers of messages in flight that these words name. */
  private List<Integer> numbers(List<CommandWord> words) {
    List<Integer> numbers = new ArrayList<>();
    for (CommandWord word : words) {
      int number =
          (int) CommandArguments.number(word, "the number of a message in flight", 1, 1 << 24);
      if (inFlight().get(number) == null || numbers.contains(number)) {
        List<Integer> known = inFlight().all().stream().map(MessageInFlight::number).toList();
        throw new CommandException(
            "found "
                + number
                + ", expected the number of a message in flight; `messages` shows "
                + (known.isEmpty() ? "none now" : "them"));
      }
      numbers.add(number);
    }
    return numbers;
  }

  private ConsoleCommandResult deliver(CommandArguments arguments) {
    LiveCluster cluster = session.cluster();
    if (arguments.remaining() == 0) {
      arguments.next("the number of a message");
    }
    for (int number : numbers(arguments.rest())) {
      steps.show(
          cluster,
          () -> {
            inFlight().deliver(number);
            while (cluster.stepping().isReplicaDue()) {
              cluster.step(cluster.lab().nowMicros());
            }
            return false;
          });
    }
    return ConsoleCommandResult.DONE;
  }

  private ConsoleCommandResult duplicate(CommandArguments arguments) {
    session.cluster();
    if (arguments.remaining() == 0) {
      arguments.next("the number of a message");
    }
    for (int number : numbers(arguments.rest())) {
      output.print("message " + inFlight().duplicate(number) + " is a copy of message " + number);
    }
    return ConsoleCommandResult.DONE;
  }

  private static boolean isMessageNumber(CommandWord word) {
    return word.text().matches("[1-9]\\d{0,7}");
  }

  private ConsoleCommandResult drop(CommandArguments arguments) {
    LiveCluster cluster = session.cluster();
    LinkControl links = cluster.lab().links();
    if (arguments.remaining() > 0) {
      CommandWord first = arguments.next("a message or a probability");
      if (isMessageNumber(first)) {
        List<CommandWord> words = new ArrayList<>(List.of(first));
        words.addAll(arguments.rest());
        dropMessages(cluster, words);
        return ConsoleCommandResult.DONE;
      }
      arguments.requireAtMost(0);
      double drops = QuantityParser.probability(first.text());
      links.conditions(links.network().conditions().withLoss(drops));
      cluster.noteAction(
          "drop", QuantityParser.percent(drops) + " of the messages between replicas are lost");
    }
    output.print(
        QuantityParser.percent(links.network().lossProbability())
            + " of the messages between replicas are lost");
    return ConsoleCommandResult.DONE;
  }

  private void dropMessages(LiveCluster cluster, List<CommandWord> words) {
    if (words.size() == 1
        && inFlight().get((int) CommandArguments.number(words.get(0), "a number", 1, 1 << 24))
            == null
        && words.get(0).text().length() <= 3) {
      throw new CommandException(
          "found "
              + words.get(0).text()
              + ", expected the number of a message in flight (`messages` shows them) or a"
              + " percentage; did you mean "
              + words.get(0).text()
              + "%?");
    }
    for (int number : numbers(words)) {
      steps.show(
          cluster,
          () -> {
            inFlight().drop(number);
            return false;
          });
    }
  }

  private ConsoleCommandResult delay(CommandArguments arguments) {
    LiveCluster cluster = session.cluster();
    LinkControl links = cluster.lab().links();
    if (arguments.remaining() == 2) {
      CommandWord word = arguments.next("a message");
      int number = numbers(List.of(word)).get(0);
      long by = QuantityParser.micros(arguments.next("a time").text(), List.of());
      inFlight().delay(number, by);
      long due =
          inFlight().all().stream()
              .filter(message -> message.number() == number)
              .mapToLong(MessageInFlight::dueMicros)
              .sum();
      output.print(
          "message "
              + number
              + " is delivered in "
              + QuantityParser.time(Math.max(0, due - cluster.lab().nowMicros())));
      return ConsoleCommandResult.DONE;
    }
    arguments.requireAtMost(1);
    if (arguments.remaining() == 1) {
      Delay delay = QuantityParser.delay(arguments.next("a time").text());
      LinkConditions conditions = links.network().conditions().withDelay(delay);
      links.conditions(conditions);
      cluster.noteAction(
          "delay", "messages between replicas: " + LinkConditionsText.of(conditions));
    }
    output.print(
        "messages between replicas: " + LinkConditionsText.of(links.network().conditions()));
    return ConsoleCommandResult.DONE;
  }
}
