package raftlab.console;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import raftlab.console.CommandLog.LoggedCommand;
import raftlab.run.concrete.ReadableJson;
import raftlab.scenario.Action;
import raftlab.scenario.ActionType;
import raftlab.scenario.LinkConditions;
import raftlab.scenario.file.ActionJson;
import raftlab.wire.Id;

/**
 * Turns the commands of a console into a scenario with steps.
 *
 * @param json the file
 * @param steps the number of steps
 * @param leftOut the commands that are no steps
 */
record CommandsToScenario(String json, int steps, List<String> leftOut) {
  /** Between two commands in the process world, longer waits add nothing. */
  private static final long MAX_THINKING_MICROS = 2_000_000;

  private static final long MIN_THINKING_MICROS = 100_000;

  /** The time after the last command in which replicas may still answer. */
  private static final int END_WAIT_SECONDS = 1;

  static CommandsToScenario of(LiveCluster cluster, List<LoggedCommand> commands, boolean expect) {
    return new Writer(cluster, expect).write(commands);
  }

  private static final class Writer {
    private final LiveCluster cluster;
    private final List<Id> replicas;
    private final boolean expect;
    private final JsonArray steps = new JsonArray();
    private final List<String> leftOut = new ArrayList<>();
    private long lastMicros;

    Writer(LiveCluster cluster, boolean expect) {
      this.cluster = cluster;
      this.replicas = cluster.lab().trace().header().replicas();
      this.expect = expect;
    }

    CommandsToScenario write(List<LoggedCommand> commands) {
      JsonObject first = new JsonObject();
      first.addProperty("until", "leader");
      first.addProperty("within", 10);
      first.addProperty("setup", true);
      steps.add(first);
      long begin = commands.isEmpty() ? 0 : commands.get(0).fromMicros();
      lastMicros = begin;
      for (LoggedCommand command : commands) {
        think(command.fromMicros() - lastMicros);
        add(command);
        lastMicros = command.toMicros();
      }
      long seconds = (lastMicros - begin) / 1_000_000;
      JsonObject file = new JsonObject();
      file.addProperty("title", "Recorded in the console");
      file.addProperty("replicas", replicas.size());
      file.addProperty("lifetime", Math.min(3600, 2 * seconds + 60));
      file.addProperty("start_wait", 0);
      file.addProperty("end_wait", END_WAIT_SECONDS);
      file.addProperty("max_packets", 200_000);
      file.addProperty("seed", cluster.seed());
      if (cluster.isSteppable()) {
        file.add("network", steppableNetwork());
      }
      file.add("steps", steps);
      return new CommandsToScenario(ReadableJson.of(file), steps.size(), List.copyOf(leftOut));
    }

    /** The delay by which messages are seen in flight. */
    private static JsonObject steppableNetwork() {
      LinkConditions conditions = LiveCluster.steppableConditions();
      JsonObject network = ActionJson.of(conditions);
      network.add("clients", ActionJson.of(conditions));
      return network;
    }

    private void think(long micros) {
      if (micros >= MIN_THINKING_MICROS) {
        pass(Math.min(MAX_THINKING_MICROS, micros));
      }
    }

    private void pass(long micros) {
      if (micros >= 1_000) {
        JsonObject step = new JsonObject();
        step.addProperty(
            "wait",
            BigDecimal.valueOf(micros, 6).setScale(3, RoundingMode.HALF_UP).stripTrailingZeros());
        steps.add(step);
      }
    }

    private void add(LoggedCommand command) {
      List<CommandWord> words = new ArrayList<>(ConsoleWords.of(command.line()));
      String name = words.remove(0).text();
      try {
        switch (name) {
          case "wait", "run" -> await(command, words);
          case "put", "get", "append", "cas" -> request(command, name, words);
          case "drop", "delay" -> conditions(command, name, words);
          case "on" -> trigger(words);
          case "add", "remove", "transfer" -> change(name, words);
          default -> {
            if (FaultParser.FAULTS.contains(name)) {
              steps.add(ActionJson.of(parser().parse(name, words)));
            } else {
              leaveOut(command);
            }
          }
        }
      } catch (CommandException notAStep) {
        leaveOut(command);
      }
    }

    private FaultParser parser() {
      return new FaultParser(cluster.lab().replicas());
    }

    /** These replicas as a file has them. */
    private JsonElement who(List<String> words) {
      Action pause =
          new Action(ActionType.PAUSE, parser().required(words), 1, 0, "", new Action.Plain());
      return ActionJson.of(pause).get("who");
    }

    private void leaveOut(LoggedCommand command) {
      leftOut.add(command.line());
      pass(command.toMicros() - command.fromMicros());
    }

    private void await(LoggedCommand command, List<CommandWord> words) {
      if (words.get(0).text().equals("until")) {
        words.remove(0);
      }
      String what = words.get(0).text();
      if (QuantityParser.isDuration(what)) {
        pass(command.toMicros() - command.fromMicros());
      } else if (what.equals("message")) {
        leaveOut(command);
      } else {
        JsonObject step = new JsonObject();
        step.addProperty("until", what);
        step.addProperty("within", 30);
        steps.add(step);
      }
    }

    private void request(LoggedCommand command, String type, List<CommandWord> words) {
      JsonObject step = new JsonObject();
      step.addProperty("type", type);
      ClientCommands.RequestWords request = ClientCommands.RequestWords.of(type, words);
      step.addProperty("key", request.key());
      if (request.expect() != null) {
        step.addProperty("expect", request.expect());
      }
      if (request.value() != null) {
        step.addProperty("value", request.value());
      }
      if (request.to() != null) {
        step.add("to", who(List.of(request.to())));
        step.addProperty("follow", false);
      }
      if (request.client() > 1) {
        step.addProperty("asker", request.client());
      }
      boolean isOk = command.result() == ConsoleCommandResult.DONE && request.to() == null;
      if (!(expect && isOk)) {
        step.addProperty("answer", "any");
      }
      steps.add(step);
    }

    private void conditions(LoggedCommand command, String name, List<CommandWord> words) {
      String value = words.isEmpty() ? "" : words.get(0).text();
      boolean isOfAll =
          words.size() == 1
              && (name.equals("delay") || value.contains("%") || value.startsWith("0"));
      if (!isOfAll) {
        if (!words.isEmpty()) {
          leaveOut(command);
        }
        return;
      }
      // Both kinds are set at once: the later step would undo the earlier one.
      LinkConditions now = LiveCluster.steppableConditions();
      LinkConditions base = cluster.isSteppable() ? now : LinkConditions.PERFECT;
      JsonObject step =
          ActionJson.of(
              name.equals("drop")
                  ? base.withLoss(QuantityParser.probability(value))
                  : base.withDelay(QuantityParser.delay(value)));
      step.addProperty("type", "network");
      steps.add(step);
    }

    private void trigger(List<CommandWord> words) {
      TriggerWords trigger = TriggerWords.of(words, parser());
      JsonObject step = ActionJson.of(trigger.action());
      step.add("on", trigger.json());
      steps.add(step);
    }

    private void change(String name, List<CommandWord> words) {
      JsonObject step = new JsonObject();
      step.addProperty("type", name);
      if (!words.isEmpty() && !name.equals("add")) {
        step.add("who", who(words.stream().map(CommandWord::text).toList()));
      }
      steps.add(step);
      JsonObject until = new JsonObject();
      until.addProperty("until", "changed");
      until.addProperty("within", 15);
      steps.add(until);
    }
  }
}
