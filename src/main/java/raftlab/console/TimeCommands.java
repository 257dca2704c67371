package raftlab.console;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import raftlab.run.lab.Lab;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Commands that let time pass: for a while, or until something happens. */
final class TimeCommands {
  /** The command behind {@code run 2s} and {@code run until leader}. */
  static final String WAIT = "wait";

  private static final String UNTIL = "until";
  private static final String LEADER = TargetParser.LEADER;
  private static final String NEW_LEADER = "new_leader";
  private static final String NO_LEADER = "no_leader";
  private static final String AGREED = "agreed";
  private static final String CAUGHT_UP = "caught_up";
  private static final String MESSAGE = "message";
  private static final List<String> CONDITIONS =
      List.of(LEADER, NEW_LEADER, NO_LEADER, AGREED, CAUGHT_UP, MESSAGE);
  private static final long DEFAULT_MICROS = 30_000_000;

  private final ConsoleSession session;
  private final ConsoleOutput output;

  TimeCommands(ConsoleSession session) {
    this.session = session;
    this.output = session.output();
  }

  /** The names of the conditions. */
  static List<String> conditions() {
    return CONDITIONS;
  }

  /** Whether a word after {@code run} is a time or {@code until}, and not a scenario. */
  static boolean isTime(CommandWord word) {
    return !word.quoted() && (word.text().equals(UNTIL) || QuantityParser.isDuration(word.text()));
  }

  List<ConsoleCommand> all() {
    return List.of(
        ConsoleCommand.changing(
            "wait TIME | CONDITION [TIME]",
            "let time pass, or wait for a condition; also: run TIME, run until CONDITION",
            """
            wait 2.5           2.5 seconds; so does run 2.5s
            run 500ms          500 milliseconds
            wait leader        until a leader is known, at most 30 s; so does run until leader
            run until new_leader 5s    until another replica leads than now, at most 5 s
            run until message ok from leader    until such a message is sent
            The conditions are leader, new_leader, no_leader, agreed (all replicas that reach the leader
            follow it), caught_up (all running replicas report the same commit index) and message TYPE [from ID] [to ID].
            In the simulated world time passes only while a command runs. Ctrl-C ends the wait.\
            """,
            this::await));
  }

  private ConsoleCommandResult await(CommandArguments arguments) {
    LiveCluster cluster = session.cluster();
    CommandWord word = arguments.next("a time or a condition");
    if (word.text().equals(UNTIL)) {
      word = arguments.next("a condition");
    } else if (QuantityParser.isDuration(word.text()) || !CONDITIONS.contains(word.text())) {
      long micros = QuantityParser.micros(word.text(), CONDITIONS);
      arguments.requireAtMost(0);
      return pass(cluster, micros);
    }
    if (!CONDITIONS.contains(word.text())) {
      throw CommandArguments.invalidWord(
          word.text(), "a condition: " + String.join(", ", CONDITIONS), CONDITIONS);
    }
    return word.text().equals(MESSAGE)
        ? awaitMessage(cluster, arguments)
        : awaitCondition(cluster, word.text(), arguments);
  }

  private ConsoleCommandResult pass(LiveCluster cluster, long micros) {
    long from = cluster.lab().nowMicros();
    cluster.playUntil(() -> false, micros, session.interruptFlag());
    if (session.interruptFlag().interrupted()) {
      output.print("stopped after " + QuantityParser.time(cluster.lab().nowMicros() - from));
    }
    return ConsoleCommandResult.DONE;
  }

  private static long bound(CommandArguments arguments) {
    arguments.requireAtMost(1);
    return arguments.remaining() == 0
        ? DEFAULT_MICROS
        : QuantityParser.micros(arguments.next("a time").text(), List.of());
  }

  private ConsoleCommandResult awaitCondition(
      LiveCluster cluster, String condition, CommandArguments arguments) {
    long bound = bound(arguments);
    Lab lab = cluster.lab();
    Optional<Id> before = lab.leader();
    BooleanSupplier holds =
        switch (condition) {
          case LEADER -> () -> lab.leader().isPresent();
          case NEW_LEADER -> () -> lab.leader().isPresent() && !lab.leader().equals(before);
          case NO_LEADER -> () -> lab.leader().isEmpty();
          case AGREED ->
              () -> lab.leader().isPresent() && lab.leadership().nonFollowers().isEmpty();
          default -> () -> cluster.reports().areCaughtUp(lab.ready());
        };
    long from = lab.nowMicros();
    boolean already = holds.getAsBoolean();
    boolean done = already || cluster.playUntil(holds, bound, session.interruptFlag());
    String after = already ? " already" : ", after " + QuantityParser.time(lab.nowMicros() - from);
    if (done) {
      output.print(
          lab.leader().map(id -> "the leader is " + id).orElse("no leader is known")
              + (condition.equals(CAUGHT_UP) ? ", all running replicas have caught up" : "")
              + after);
      return ConsoleCommandResult.DONE;
    }
    return notHeld(
        condition.equals(LEADER) ? "no leader elected" : condition + " does not hold",
        lab.nowMicros() - from);
  }

  private ConsoleCommandResult notHeld(String what, long micros) {
    if (session.interruptFlag().interrupted()) {
      output.print("stopped after " + QuantityParser.time(micros));
    } else {
      output.printError(what + " within " + QuantityParser.time(micros));
    }
    return ConsoleCommandResult.FAILED;
  }

  private ConsoleCommandResult awaitMessage(LiveCluster cluster, CommandArguments arguments) {
    String type = arguments.next("the type of a message").text();
    TargetParser targets = new TargetParser(cluster);
    String from = arguments.takeOptionValue("from", "a sender");
    String to = arguments.takeOptionValue("to", "a receiver");
    Id sender = from == null ? null : targets.anyone(from);
    Id receiver = to == null ? null : targets.anyone(to);
    long bound = bound(arguments);
    Lab lab = cluster.lab();
    Event.Sent[] found = new Event.Sent[1];
    long start = lab.nowMicros();
    cluster.onMessage(
        sent -> {
          if (found[0] == null
              && sent.message().type().equalsIgnoreCase(type)
              && (sender == null || sender.equals(sent.from()))
              && (receiver == null || receiver.equals(sent.to()))) {
            found[0] = sent;
          }
        });
    boolean done = cluster.playUntil(() -> found[0] != null, bound, session.interruptFlag());
    cluster.onMessage(sent -> {});
    if (!done) {
      return notHeld("no message " + type + " was sent", lab.nowMicros() - start);
    }
    output.print(
        found[0].from()
            + " sends "
            + found[0].message().type()
            + " to "
            + found[0].to()
            + ", after "
            + QuantityParser.time(lab.nowMicros() - start));
    return ConsoleCommandResult.DONE;
  }
}
