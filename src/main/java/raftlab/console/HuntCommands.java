package raftlab.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import raftlab.bugs.Bug;
import raftlab.bugs.BugCatalogue;
import raftlab.cluster.World;

/** A game: a cluster has a planted bug, and the user finds out which. */
final class HuntCommands {
  private static final int POINTS = 10;
  private static final int HINT_COST = 2;
  private static final int WRONG_COST = 3;

  /** The bugs of each difficulty. */
  private enum Difficulty {
    EASY(
        "acks-before-commit",
        "any-message-resets-timer",
        "elected-by-half",
        "commits-with-half",
        "leader-stays",
        "fixed-election-timeout"),
    MEDIUM(
        "compares-only-length",
        "forgets-vote",
        "forgets-log",
        "keeps-conflicting-entries",
        "commits-unverified",
        "executes-retries"),
    HARD(
        "commits-old-term",
        "claims-unverified",
        "counts-replies-of-old-term",
        "forgets-vote-when-following",
        "heartbeat-without-check",
        "counts-votes-twice");

    private final List<String> bugs;

    Difficulty(String... bugs) {
      this.bugs = List.of(bugs);
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
      return List.of("easy", "medium", "hard");
    }
  }

  private final ConsoleSession session;
  private final ConsoleOutput output;
  private final CommandRegistry.LineExecutor executor;
  private @Nullable String bug;

  /** The world of the next start after the hunt. */
  private @Nullable World worldBefore;

  private Difficulty difficulty = Difficulty.EASY;
  private int points;
  private int hints;

  HuntCommands(ConsoleSession session, CommandRegistry.LineExecutor executor) {
    this.session = session;
    this.output = session.output();
    this.executor = executor;
  }

  List<ConsoleCommand> all() {
    return List.of(
        ConsoleCommand.onReader(
            "hunt [easy | medium | hard] [SEED]",
            "a game: find the planted bug of a simulated cluster",
            """
            hunt           starts five replicas with one of six easy bugs
            hunt hard 7    a hard one; the same seed gives the same bug
            `answer NAME` checks your answer, `hint` helps and costs points, `answer` shows the possible bugs.
            While you hunt, `explain` stays silent.\
            """,
            this::hunt),
        ConsoleCommand.onReader(
            "answer [NAME]",
            "say which bug the cluster of `hunt` has; without a name: show all possible ones",
            "answer acks-before-commit",
            this::answer),
        ConsoleCommand.onReader(
            "hint", "a hint about the bug of `hunt`, for two points", "hint", this::hint));
  }

  private ConsoleCommandResult hunt(CommandArguments arguments) {
    arguments.requireAtMost(2);
    Difficulty chosen = Difficulty.EASY;
    if (arguments.remaining() > 0) {
      String word = arguments.next("a difficulty").text();
      if (!Difficulty.words().contains(word)) {
        throw CommandArguments.invalidWord(word, "easy, medium or hard", Difficulty.words());
      }
      chosen = Difficulty.valueOf(word.toUpperCase(Locale.ROOT));
    }
    long seed =
        arguments.remaining() > 0
            ? CommandArguments.number(
                arguments.next("a seed"), "a whole number", Long.MIN_VALUE, Long.MAX_VALUE)
            : session.newSeed();
    String planted = chosen.bugs.get(new Random(seed).nextInt(chosen.bugs.size()));
    difficulty = chosen;
    bug = planted;
    worldBefore = worldBefore == null ? session.world() : worldBefore;
    points = POINTS;
    hints = 0;
    session.setHunting(true);
    output.print(
        "Five replicas start, and all have the same bug. Find it; `answer` shows the "
            + chosen.bugs.size()
            + " candidates. You have "
            + points
            + " points; to play this hunt again: hunt "
            + chosen.word()
            + " "
            + seed);
    ConsoleCommandResult result;
    session.setNested(true);
    try {
      result = executor.execute("start 5 --sim --replica 'reference --bug " + planted + "'", "");
    } finally {
      session.setNested(false);
    }
    if (result != ConsoleCommandResult.DONE) {
      output.printError("the replicas did not start");
      end();
    }
    return result;
  }

  private String planted() {
    if (bug == null) {
      throw new CommandException("no hunt is running; `hunt easy` begins one");
    }
    return bug;
  }

  private void end() {
    bug = null;
    if (worldBefore != null) {
      session.setWorld(worldBefore);
      worldBefore = null;
    }
    session.setHunting(false);
  }

  private ConsoleCommandResult answer(CommandArguments arguments) {
    arguments.requireAtMost(1);
    String planted = planted();
    if (arguments.remaining() == 0) {
      List<String> names = new ArrayList<>(difficulty.bugs);
      names.sort(null);
      for (String name : names) {
        output.print(
            String.format(Locale.ROOT, "  %-28s%s", name, BugCatalogue.find(name).title()));
      }
      return ConsoleCommandResult.DONE;
    }
    String name = arguments.next("a bug").text();
    if (!difficulty.bugs.contains(name)) {
      throw CommandArguments.invalidWord(
          name, "one of the bugs that `answer` shows", difficulty.bugs);
    }
    if (!name.equals(planted)) {
      points = Math.max(0, points - WRONG_COST);
      output.print(
          output.style().error("no") + ", it is another one; " + points + " points are left");
      return ConsoleCommandResult.FAILED;
    }
    Bug found = BugCatalogue.find(planted);
    output.print(
        output.style().success("yes")
            + ": "
            + found.title()
            + " ("
            + found.section()
            + ") "
            + QuantityParser.count(points, "point", "points")
            + ". `raftlab bugs --show "
            + planted
            + "` shows its lines.");
    end();
    return ConsoleCommandResult.DONE;
  }

  private ConsoleCommandResult hint(CommandArguments arguments) {
    arguments.requireAtMost(0);
    Bug planted = BugCatalogue.find(planted());
    points = Math.max(0, points - HINT_COST);
    hints++;
    List<String> others =
        difficulty.bugs.stream().filter(name -> !name.equals(planted.name())).toList();
    output.print(
        hints == 1
            ? "read " + planted.section() + " of the Raft paper again"
            : hints - 2 < others.size() - 1
                ? "it is not " + others.get(hints - 2)
                : "there is only one candidate left");
    output.print(output.style().faint(points + " points are left"));
    return ConsoleCommandResult.DONE;
  }
}
