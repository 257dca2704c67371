package raftlab.console;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import raftlab.judge.check.Verdict.Status;

/** Commands that go back in time in the simulated world, and keep several ways to go on. */
final class BranchCommands {
  private static final int MAX_BACK = 100_000;
  private static final long DEFAULT_REST_MICROS = 2_000_000;

  private final ConsoleSession session;
  private final ConsoleOutput output;
  private final Rewinder rewinder;

  BranchCommands(ConsoleSession session, Rewinder rewinder) {
    this.session = session;
    this.output = session.output();
    this.rewinder = rewinder;
  }

  List<ConsoleCommand> all() {
    return List.of(
        ConsoleCommand.onLab(
            "back [N]",
            "undo the last command, or the last N (simulated world)",
            """
            back     undoes the last command that changed the cluster or let time pass
            back 3   the last three
            What was undone isn't lost: `branches` shows it, and `goto` returns to it.\
            """,
            this::back),
        ConsoleCommand.onLab(
            "branch NAME",
            "name the present state, to return to it with goto (simulated world)",
            "branch before-crash   `goto before-crash` returns to this state",
            this::branch),
        ConsoleCommand.onLab(
            "goto NAME | TIME",
            "go to a named state, or to an earlier or later time (simulated world)",
            """
            goto before-crash   the state that `branch before-crash` named
            goto #3             the end of the third branch in `branches`
            goto 1.2s           the state at this time on the present branch; later ones are played\
            """,
            this::goTo),
        ConsoleCommand.onLab(
            "branches",
            "show all branches as a tree, with the judges' verdict for each (simulated world)",
            """
            A branch begins where `back` or `goto` was followed by another command. * marks where you are.
            PASS, FAIL: what the judges say of the run from the start to the end of the branch.\
            """,
            this::branches),
        ConsoleCommand.onLab(
            "what-if COMMAND",
            "play the rest with and without a command, and compare (simulated world)",
            """
            what-if drop 3         with and without message 3
            what-if crash leader   with and without a crash of the leader now
            The rest is what followed before you went back with `back`; else two seconds. The cluster
            stays where it is.\
            """,
            this::whatIf));
  }

  private ConsoleCommandResult back(CommandArguments arguments) {
    arguments.requireAtMost(1);
    long count =
        arguments.remaining() == 0
            ? 1
            : CommandArguments.number(
                arguments.next("a number"), "a number of commands", 1, MAX_BACK);
    Moment target = session.moment();
    Moment undone = target;
    for (long i = 0; i < count && target.before() != null; i++) {
      undone = target;
      target = target.before();
    }
    if (target == session.moment()) {
      throw new CommandException("this is the state after the start; there is nothing to undo");
    }
    rewinder.goTo(target);
    output.print(
        "undone: " + undone.line() + (count > 1 ? " and what followed" : "") + "; " + where());
    return ConsoleCommandResult.DONE;
  }

  /** The present time and leader. */
  private String where() {
    LiveCluster cluster = session.cluster();
    return QuantityParser.time(cluster.lab().nowMicros())
        + " after the start, "
        + cluster.lab().leader().map(id -> "leader " + id).orElse("no leader known");
  }

  private ConsoleCommandResult branch(CommandArguments arguments) {
    CommandWord word = arguments.next("a name");
    arguments.requireAtMost(0);
    Moment present = session.moment();
    if (!word.text().matches("[A-Za-z][\\w-]{0,39}")) {
      throw new CommandException(
          "found "
              + word.displayText()
              + ", expected a name that starts with a letter, with letters, digits, - and _");
    }
    Moment known = Rewinder.named(present, word.text());
    if (known != null && known != present) {
      throw new CommandException(
          "found " + word.text() + ", which is taken; `goto " + word.text() + "` goes there");
    }
    present.setName(word.text());
    output.print("this state is " + word.text() + ": " + where());
    return ConsoleCommandResult.DONE;
  }

  private ConsoleCommandResult goTo(CommandArguments arguments) {
    Moment present = session.moment();
    CommandWord word = arguments.next("the name of a branch, or a time");
    arguments.requireAtMost(0);
    Moment named = named(present, word.text());
    if (named != null) {
      rewinder.goTo(named);
    } else if (QuantityParser.isDuration(word.text())) {
      goToTime(present, QuantityParser.micros(word.text(), List.of()));
    } else {
      List<String> names =
          present.root().all().stream().map(Moment::name).filter(name -> name != null).toList();
      throw CommandArguments.invalidWord(
          word.text(),
          names.isEmpty()
              ? "a time such as 1.2s (`branch NAME` gives a state a name)"
              : "a time such as 1.2s, or one of " + String.join(", ", names),
          names);
    }
    output.print("now at " + where());
    return ConsoleCommandResult.DONE;
  }

  private @Nullable Moment named(Moment present, String name) {
    if (name.matches("#\\d{1,6}")) {
      int number = Integer.parseInt(name.substring(1));
      List<Moment> tips = tips(present.root());
      if (number < 1 || number > tips.size()) {
        throw new CommandException(
            "found " + name + ", expected #1 to #" + tips.size() + "; `branches` shows them");
      }
      return tips.get(number - 1);
    }
    return Rewinder.named(present, name);
  }

  private void goToTime(Moment present, long micros) {
    if (micros <= present.atMicros()) {
      rewinder.goTo(present, micros);
      return;
    }
    long rest = micros - present.atMicros();
    LiveCluster cluster = session.cluster();
    long steps = cluster.steps();
    int events = cluster.eventCount();
    cluster.playUntil(() -> false, rest, session.interruptFlag());
    session.recordMoment(runText(rest), cluster, steps, events);
  }

  private static String runText(long micros) {
    return "run " + BigDecimal.valueOf(micros, 3).stripTrailingZeros().toPlainString() + "ms";
  }

  /** The states that nothing follows, in the order of the tree. */
  private static List<Moment> tips(Moment from) {
    List<Moment> tips = new ArrayList<>();
    if (from.next().isEmpty()) {
      tips.add(from);
    }
    from.next().forEach(next -> tips.addAll(tips(next)));
    return tips;
  }

  private ConsoleCommandResult branches(CommandArguments arguments) {
    arguments.requireAtMost(0);
    Moment present = session.moment();
    List<Moment> tips = tips(present.root());
    judge(present, tips);
    new BranchTree(present, tips, output.style()).lines().forEach(output::print);
    return ConsoleCommandResult.DONE;
  }

  private void judge(Moment present, List<Moment> tips) {
    boolean moved = false;
    for (Moment tip : tips) {
      if (tip.verdict() == null && !session.interruptFlag().interrupted()) {
        if (tip != session.moment()) {
          rewinder.goTo(tip);
          moved = true;
        }
        tip.setVerdict(verdict(session.cluster()));
      }
    }
    if (moved) {
      rewinder.goTo(present);
    }
  }

  private static BranchVerdict verdict(LiveCluster cluster) {
    try {
      return ConsoleJudge.of(cluster).verdict();
    } catch (CommandException notJudged) {
      return new BranchVerdict(Status.UNKNOWN, String.valueOf(notJudged.getMessage()));
    }
  }

  private ConsoleCommandResult whatIf(CommandArguments arguments) {
    Moment present = session.moment();
    if (arguments.remaining() == 0) {
      arguments.next("a command");
    }
    String line = arguments.text();
    List<String> rest = rest(present);
    ClusterOutcome without;
    ClusterOutcome with;
    try {
      without = outcome(present, rest);
      List<String> changed = new ArrayList<>(List.of(line));
      changed.addAll(rest);
      with = outcome(present, changed);
    } finally {
      rewinder.goTo(present);
    }
    output.print(
        output.style().bold("what if \"" + line + "\"")
            + ", then "
            + String.join("; ", rest)
            + ":");
    ClusterOutcome.compare(without, with, output.style()).forEach(output::print);
    return ConsoleCommandResult.DONE;
  }

  /** The commands that followed this state before, else two seconds. */
  private static List<String> rest(Moment present) {
    List<String> rest = new ArrayList<>();
    Moment each = present;
    while (!each.next().isEmpty()) {
      each = each.next().get(each.next().size() - 1);
      rest.add(each.line());
    }
    return rest.isEmpty() ? List.of(runText(DEFAULT_REST_MICROS)) : rest;
  }

  private ClusterOutcome outcome(Moment from, List<String> lines) {
    LiveCluster cluster = rewinder.tryOut(from, lines);
    return ClusterOutcome.of(cluster, verdict(cluster));
  }
}
