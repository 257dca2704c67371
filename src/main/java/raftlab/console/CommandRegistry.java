package raftlab.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All commands by name, and the commands help and quit. */
final class CommandRegistry {
  private final ConsoleSession session;
  private final ConsoleOutput output;
  private final Map<String, ConsoleCommand> commands = new LinkedHashMap<>();
  private final ConsoleCommand playScenario;

  CommandRegistry(ConsoleSession session) {
    this.session = session;
    this.output = session.output();
    List<ConsoleCommand> all = new ArrayList<>();
    all.addAll(new ClusterCommands(session).all());
    all.addAll(new FaultCommands(session).all());
    all.addAll(new MembershipCommands(session).all());
    all.addAll(new ClientCommands(session).all());
    all.addAll(new TimeCommands(session).all());
    all.addAll(new StepCommands(session).all());
    all.addAll(new MessageCommands(session).all());
    all.addAll(new BranchCommands(session, new Rewinder(session, this::repeat)).all());
    all.addAll(new InspectionCommands(session).all());
    all.addAll(new LogCommands(session).all());
    all.addAll(new LookCommands(session).all());
    all.addAll(new PlayCommands(session).all());
    all.add(
        ConsoleCommand.onReader(
            "help [COMMAND]",
            "show all commands, or help for one",
            "help put   shows help for put",
            this::help));
    all.add(
        ConsoleCommand.onReader(
            "quit", "stop all replicas, and exit", "`exit` and Ctrl-D do the same.", this::quit));
    all.forEach(command -> commands.put(command.name(), command));
    playScenario = find("run");
  }

  /** The names, in the order of the help. */
  List<String> names() {
    return List.copyOf(commands.keySet());
  }

  /** The command of these words, at least one; throws if there is none. */
  ConsoleCommand find(List<CommandWord> words) {
    ConsoleCommand command = find(words.get(0).text());
    // `run 2s` lets time pass, `run crash-1` plays a scenario.
    boolean isForTime = words.size() > 1 && TimeCommands.isTime(words.get(1));
    return command == playScenario && isForTime ? find(TimeCommands.WAIT) : command;
  }

  /** The command with this name; throws if there is none. */
  ConsoleCommand find(String name) {
    ConsoleCommand command =
        commands.get(name.equals("exit") ? "quit" : name.equals("?") ? "help" : name);
    if (command == null) {
      List<String> known = new ArrayList<>(commands.keySet());
      known.add("exit");
      throw CommandArguments.invalidWord(name, "a command (`help` shows them)", known);
    }
    return command;
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
    for (ConsoleCommand command : commands.values()) {
      output.print(String.format(Locale.ROOT, "  %-36s%s", command.usage(), command.summary()));
    }
    output.print("IDs can be short: 2 is 0002. `help COMMAND` explains a command.");
    return ConsoleCommandResult.DONE;
  }

  private ConsoleCommandResult quit(CommandArguments arguments) {
    arguments.requireAtMost(0);
    session.end();
    return ConsoleCommandResult.DONE;
  }
}
