package raftlab.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** All commands by name, in groups, and the commands help and quit. */
final class CommandRegistry {
  /** The width of the names of commands, with their indent. */
  private static final int NAME_WIDTH = 13;

  /** Runs a whole command line, as if the user had typed it. */
  interface LineExecutor {
    ConsoleCommandResult execute(String line, String where);
  }

  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "exit",
          "quit",
          "?",
          "help",
          "undo",
          "back",
          "events",
          "timeline",
          "s",
          "step",
          "st",
          "status",
          "b",
          "back",
          "m",
          "messages");

  private final ConsoleSession session;
  private final ConsoleOutput output;
  private final Map<String, List<ConsoleCommand>> groups = new LinkedHashMap<>();
  private final Map<String, ConsoleCommand> commands = new LinkedHashMap<>();
  private final ConsoleCommand playScenario;

  CommandRegistry(ConsoleSession session, LineExecutor executor) {
    this.session = session;
    this.output = session.output();
    ClusterCommands cluster = new ClusterCommands(session);
    add("Replicas", cluster.all());
    add("Replicas", new MembershipCommands(session).all());
    add("Requests", new ClientCommands(session).all());
    add("Requests", new LoadCommands(session).all());
    add("Faults", new FaultCommands(session).all());
    add("Time", new TimeCommands(session).all());
    add("Time", new StepCommands(session).all());
    add("Time", new BranchCommands(session, new Rewinder(session, this::repeat)).all());
    add("Messages", new MessageCommands(session).all());
    add("Look", new InspectionCommands(session).all());
    add("Look", new LogCommands(session).all());
    add("Look", new LookCommands(session).all());
    add("Look", new WatchCommands(session, executor).all());
    add("Scripts", new ScriptCommands(session, executor).all());
    add("Scripts", new SaveCommands(session).all());
    add("Scripts", new PlayCommands(session).all());
    add("Learn", new LessonCommands(session, executor).all());
    add("Learn", new HuntCommands(session, executor).all());
    add(
        "Console",
        List.of(
            ConsoleCommand.onReader(
                "help [COMMAND]",
                "show all commands, or help for one with examples",
                "help put   shows help for put",
                this::help),
            ConsoleCommand.onReader(
                "quit",
                "stop all replicas, and exit",
                "`exit` and Ctrl-D do the same.",
                this::quit)));
    playScenario = find("run");
  }

  private void add(String group, List<ConsoleCommand> some) {
    groups.computeIfAbsent(group, name -> new ArrayList<>()).addAll(some);
    some.forEach(command -> commands.put(command.name(), command));
  }

  /** The names, in the order of the help. */
  List<String> names() {
    return List.copyOf(commands.keySet());
  }

  /** All commands with their help, as a part of a page. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    groups.forEach(
        (group, some) -> {
          text.append("## ").append(group).append("\n\n");
          for (ConsoleCommand command : some) {
            text.append("`")
                .append(command.usage())
                .append("`: ")
                .append(command.summary())
                .append(".\n\n");
            command.details().forEach(line -> text.append("    ").append(line).append('\n'));
            text.append('\n');
          }
        });
    return text.toString().stripTrailing() + "\n";
  }

  /** All commands. */
  List<ConsoleCommand> all() {
    return List.copyOf(commands.values());
  }

  /** The command of these words, at least one; throws if there is none. */
  ConsoleCommand find(List<CommandWord> words) {
    ConsoleCommand command = find(words.get(0).text());
    // `run 2s` lets time pass, `run crash-1` plays a scenario.
    boolean isForTime = words.size() > 1 && TimeCommands.isTime(words.get(1));
    return command == playScenario && isForTime ? find(TimeCommands.WAIT) : command;
  }

  /** The command with this name, or with the only name that begins so; throws if there is none. */
  ConsoleCommand find(String name) {
    ConsoleCommand command = commands.get(OTHER_NAMES.getOrDefault(name, name));
    if (command != null) {
      return command;
    }
    List<String> begun = commands.keySet().stream().filter(each -> each.startsWith(name)).toList();
    if (begun.size() == 1) {
      return Objects.requireNonNull(commands.get(begun.get(0)), "it is one of the names");
    } else if (begun.size() > 1 && !name.isEmpty()) {
      throw new CommandException(
          "found "
              + ConsoleWords.quote(name, 60)
              + ", which may be "
              + String.join(", ", begun)
              + "; expected more letters");
    }
    List<String> known = new ArrayList<>(commands.keySet());
    known.add("exit");
    throw CommandArguments.invalidWord(name, "a command (`help` shows them)", known);
  }

  /** Runs a line on the lab's thread once more. */
  private void repeat(String line) {
    try {
      List<CommandWord> words = ConsoleWords.of(line);
      ConsoleCommand command = find(words);
      command.action().run(new CommandArguments(command, words.subList(1, words.size())));
    } catch (CommandException mistake) {
      // It was a mistake the first time, too.
      return;
    } catch (Exception broken) {
      throw new IllegalStateException("can't repeat " + line + ": " + broken, broken);
    }
  }

  private ConsoleCommandResult help(CommandArguments arguments) {
    arguments.requireAtMost(1);
    if (arguments.remaining() == 1) {
      ConsoleCommand command = find(arguments.next("a command").text());
      output.print(output.style().bold(command.usage()) + "  " + command.summary());
      command.details().forEach(line -> output.print("  " + line));
      return ConsoleCommandResult.DONE;
    }
    groups.forEach(
        (group, some) -> {
          output.print(output.style().bold(group));
          for (ConsoleCommand command : some) {
            String name = command.name();
            for (String line :
                WrappedText.lines(command.summary(), output.width() - NAME_WIDTH - 1)) {
              output.print(String.format(Locale.ROOT, "  %-11s%s", name, line));
              name = "";
            }
          }
        });
    String advice =
        "`help COMMAND` shows arguments and examples. Short forms work: `s` for step, `b` for back,"
            + " `stat` for status, 2 for 0002. New here? Type `tour`.";
    WrappedText.lines(advice, output.width()).forEach(output::print);
    return ConsoleCommandResult.DONE;
  }

  private ConsoleCommandResult quit(CommandArguments arguments) {
    arguments.requireAtMost(0);
    session.end();
    return ConsoleCommandResult.DONE;
  }
}
