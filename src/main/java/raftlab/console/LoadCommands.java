package raftlab.console;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import raftlab.scenario.TrafficPlan;

/** The command for requests in the background. */
final class LoadCommands {
  private static final Pattern RATE = Pattern.compile("(\\d{1,5}(?:\\.\\d{1,3})?)/s");
  private static final Pattern SETTING =
      Pattern.compile("(mix|keys|clients)=(\\d{1,6}(?:\\.\\d{1,4})?)");
  private static final List<String> SETTINGS = List.of("mix", "keys", "clients", "for");
  private static final long DEFAULT_MICROS = 10_000_000;
  private static final double DEFAULT_MIX = 0.5;
  private static final int DEFAULT_KEYS = 5;
  private static final int MAX_RATE = 10_000;

  private final ConsoleSession session;
  private final ConsoleOutput output;

  LoadCommands(ConsoleSession session) {
    this.session = session;
    this.output = session.output();
  }

  List<ConsoleCommand> all() {
    return List.of(
        ConsoleCommand.changing(
            "load RATE/s [mix=GETS] [keys=N] [clients=N] [for TIME]",
            "send requests in the background, and summarize the answers",
            """
            load 100/s                       100 gets and puts a second of 5 keys, for 10 s
            load 20/s mix=0.9 for 1m         9 of 10 requests are gets
            load 50/s keys=1 clients=8       one key, eight clients
            load                             the summary so far
            In the simulated world the requests are sent while time passes: `run 10s`.\
            """,
            this::load));
  }

  private ConsoleCommandResult load(CommandArguments arguments) {
    LiveCluster cluster = session.cluster();
    BackgroundLoad running = cluster.load();
    if (arguments.remaining() == 0) {
      output.print(
          running == null
              ? "there was no load yet; `load 100/s` sends 100 requests a second"
              : (running.isOver() ? "load is over: " : "load so far: ") + running.summary());
      return ConsoleCommandResult.DONE;
    }
    if (running != null && !running.isOver()) {
      throw new CommandException("a load is running; `load` shows its summary so far");
    }
    String duration = arguments.takeOptionValue("for", "a time");
    long micros = duration == null ? DEFAULT_MICROS : QuantityParser.micros(duration, List.of());
    double rate = rate(arguments.next("a rate such as 100/s").text());
    double mix = DEFAULT_MIX;
    int keys = DEFAULT_KEYS;
    int clients = LiveCluster.LOAD_CLIENTS;
    for (CommandWord word : arguments.rest()) {
      Matcher setting = SETTING.matcher(word.text());
      if (!setting.matches()) {
        throw CommandArguments.invalidWord(
            word.text(), "mix=0.5, keys=5, clients=8 or for 10s", SETTINGS);
      }
      double value = Double.parseDouble(setting.group(2));
      switch (setting.group(1)) {
        case "mix" -> mix = bounded(word, value, 0, 1);
        case "keys" -> keys = (int) bounded(word, value, 1, 100_000);
        default -> clients = (int) bounded(word, value, 1, LiveCluster.LOAD_CLIENTS);
      }
    }
    cluster.noteAction(
        "load", word(rate) + " requests a second for " + QuantityParser.time(micros));
    cluster.startLoad(plan(rate, mix, keys, clients, micros));
    output.print(
        word(rate)
            + " requests a second for "
            + QuantityParser.time(micros)
            + "; `load` shows the answers so far");
    return ConsoleCommandResult.DONE;
  }

  private static String word(double rate) {
    return rate == Math.rint(rate) ? Long.toString((long) rate) : Double.toString(rate);
  }

  private static double rate(@Nullable String word) {
    Matcher matcher = RATE.matcher(word == null ? "" : word);
    double rate = matcher.matches() ? Double.parseDouble(matcher.group(1)) : 0;
    if (rate < 0.01 || rate > MAX_RATE) {
      throw CommandArguments.invalidWord(
          String.valueOf(word),
          "a rate from 0.01/s to " + MAX_RATE + "/s, such as 100/s",
          List.of());
    }
    return rate;
  }

  private static double bounded(CommandWord word, double value, double least, double most) {
    if (value < least || value > most) {
      throw new CommandException(
          "found "
              + word.text()
              + ", expected a number from "
              + (long) least
              + " to "
              + (long) most);
    }
    return value;
  }

  private static TrafficPlan plan(double rate, double mix, int keys, int clients, long micros) {
    return new TrafficPlan(
        clients,
        0,
        Math.max(1, micros / 1000),
        new TrafficPlan.Pace(rate, 0),
        OptionalLong.empty(),
        new TrafficPlan.Mix(mix, 1 - mix, 0, 0),
        new TrafficPlan.Keys(keys, 0, false, false),
        1,
        10,
        false,
        OptionalLong.of(1_000),
        TrafficPlan.FirstTarget.LEADER);
  }
}
