package raftlab.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands that run other commands: several times, or from a file. */
final class ScriptCommands {
  private static final int MAX_TIMES = 100_000;
  private static final int MAX_DEPTH = 8;

  private final ConsoleSession session;
  private final ConsoleOutput output;
  private final CommandRegistry.LineExecutor executor;

  /** How many files are being read, each by a line of the one before. */
  private int depth;

  ScriptCommands(ConsoleSession session, CommandRegistry.LineExecutor executor) {
    this.session = session;
    this.output = session.output();
    this.executor = executor;
  }

  List<ConsoleCommand> all() {
    return List.of(
        ConsoleCommand.onReader(
            "repeat N COMMAND",
            "run a command several times",
            "repeat 5 step   stops at the first failure, and at Ctrl-C",
            this::repeat),
        ConsoleCommand.onReader(
            "every TIME COMMAND",
            "run a command again and again, until Ctrl-C",
            """
            every 1s status   in the process world once a second; in the simulated world the cluster runs
                              for a second of its own time in between\
            """,
            this::every),
        ConsoleCommand.onReader(
            "source FILE",
            "run the commands of a file",
            """
            source demo.txt   one command per line; # starts a comment
            Stops at the first error, and names its line and column.\
            """,
            this::source),
        ConsoleCommand.onReader(
            "timing on | off",
            "show how long each command takes",
            "timing on   time of this machine, and of the cluster if that differs",
            this::timing));
  }

  private ConsoleCommandResult repeat(CommandArguments arguments) {
    long times =
        CommandArguments.number(
            arguments.next("a number"), "a number of times from 1 to " + MAX_TIMES, 1, MAX_TIMES);
    String line = line(arguments);
    for (long i = 0; i < times && !session.isOver(); i++) {
      ConsoleCommandResult result = inner(line, "");
      if (result != ConsoleCommandResult.DONE || session.interruptFlag().interrupted()) {
        return result;
      }
    }
    return ConsoleCommandResult.DONE;
  }

  /** Runs a command as a part of another one. */
  private ConsoleCommandResult inner(String line, String where) {
    boolean before = session.isNested();
    session.setNested(true);
    try {
      return executor.execute(line, where);
    } finally {
      session.setNested(before);
    }
  }

  private static String line(CommandArguments arguments) {
    if (arguments.remaining() == 0) {
      arguments.next("a command");
    }
    return arguments.text();
  }

  private ConsoleCommandResult every(CommandArguments arguments) throws InterruptedException {
    CommandWord time = arguments.next("a time");
    long micros = Math.max(10_000, QuantityParser.micros(time.text(), List.of()));
    String line = line(arguments);
    while (!session.isOver()) {
      ConsoleCommandResult result = inner(line, "");
      if (result == ConsoleCommandResult.WRONG || session.interruptFlag().interrupted()) {
        return result;
      }
      LiveCluster cluster = session.clusterOrNull();
      if (cluster != null && cluster.isSteppable()) {
        inner("wait " + micros / 1e6 + "s", "");
      }
      if (session.interruptFlag().awaitInterrupt(micros / 1000, TimeUnit.MILLISECONDS)) {
        return ConsoleCommandResult.DONE;
      }
    }
    return ConsoleCommandResult.DONE;
  }

  private ConsoleCommandResult source(CommandArguments arguments) throws IOException {
    String name = arguments.next("a file").text();
    arguments.requireAtMost(0);
    Path file = file(name);
    if (depth >= MAX_DEPTH) {
      throw new CommandException(
          "found more than " + MAX_DEPTH + " files that read each other; the last is " + name);
    }
    depth++;
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return new ScriptPlayer(session, this::inner, true).play(lines, name);
    } finally {
      depth--;
    }
  }

  private static Path file(String name) {
    try {
      Path file = Path.of(name);
      if (Files.isRegularFile(file) && Files.isReadable(file)) {
        return file;
      }
    } catch (InvalidPathException notAName) {
      // Reported below.
    }
    throw new CommandException(
        "found " + ConsoleWords.quote(name, 60) + ", expected a readable file with commands");
  }

  private ConsoleCommandResult timing(CommandArguments arguments) {
    CommandWord word = arguments.next("on or off");
    arguments.requireAtMost(0);
    if (!List.of("on", "off").contains(word.text())) {
      throw CommandArguments.invalidWord(word.text(), "on or off", List.of("on", "off"));
    }
    session.setTiming(word.text().equals("on"));
    output.print("timing is " + word.text());
    return ConsoleCommandResult.DONE;
  }
}
