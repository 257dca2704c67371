package raftlab.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import raftlab.scenario.Action;
import raftlab.scenario.Action.CutDirection;
import raftlab.scenario.Action.Detail;
import raftlab.scenario.Action.DiskState;
import raftlab.scenario.ActionType;
import raftlab.scenario.TargetSelector;
import raftlab.scenario.TargetSelector.SelectorKind;
import raftlab.scenario.TargetSelector.SelectorPart;
import raftlab.wire.Id;

/**
 * Parses the console's words for faults to actions of scenarios. Targets stay selectors: a trigger
 * resolves them when its message is sent.
 */
final class FaultParser {
  private static final String FOR = "for";
  private static final String FOLLOWERS = "followers";
  private static final String MAJORITY = "majority";
  private static final String MINORITY = "minority";

  /** The faults that can be triggered by a message. */
  static final List<String> FAULTS =
      List.of(
          "crash",
          "restart",
          "pause",
          "resume",
          "isolate",
          "cut",
          "partition",
          "bridge",
          "ring",
          "heal",
          "slow",
          "clock",
          "disk",
          "strange");

  private final List<Id> replicas;

  /**
   * A parser for a cluster.
   *
   * @param replicas all IDs
   */
  FaultParser(List<Id> replicas) {
    this.replicas = replicas;
  }

  /** The action of a command with these words. */
  Action parse(String command, List<CommandWord> words) {
    List<String> rest = new ArrayList<>(words.stream().map(CommandWord::text).toList());
    long duration = duration(rest);
    return switch (command) {
      case "crash" -> {
        boolean midway = rest.remove("midway");
        yield action(ActionType.CRASH, required(rest), duration, new Action.Crash(midway));
      }
      case "restart" -> action(ActionType.RESTART, required(rest), 0, new Action.Plain());
      case "pause" -> action(ActionType.PAUSE, required(rest), duration, new Action.Plain());
      case "resume" -> action(ActionType.RESUME, optional(rest), 0, new Action.Plain());
      case "strange" -> action(ActionType.STRANGE, required(rest), 0, new Action.Plain());
      case "heal" -> action(ActionType.HEAL, optional(rest), 0, new Action.Plain());
      case "ring" -> action(ActionType.RING, optional(rest), duration, new Action.Plain());
      case "bridge" -> action(ActionType.BRIDGE, optional(rest), duration, new Action.Plain());
      case "isolate" ->
          action(
              ActionType.CUT,
              required(rest),
              duration,
              new Action.Cut(TargetSelector.NONE, CutDirection.BOTH));
      case "cut" -> cut(rest, duration);
      case "partition" ->
          action(
              ActionType.PARTITION, TargetSelector.NONE, duration, new Action.Groups(groups(rest)));
      case "slow" -> {
        String delay = last(rest, "a time such as 50ms or 50ms..200ms");
        yield action(
            ActionType.SLOW,
            required(rest),
            duration,
            new Action.Slow(QuantityParser.delay(delay)));
      }
      case "clock" -> {
        double rate = rate(last(rest, "a rate such as x2 or x0.5"));
        yield action(ActionType.CLOCK, required(rest), duration, new Action.Clock(rate));
      }
      case "disk" -> {
        DiskState state = diskState(last(rest, "ok, torn, corrupt or full"));
        yield action(ActionType.DISK, required(rest), duration, new Action.Disk(state));
      }
      default -> throw CommandArguments.invalidWord(command, "a fault", FAULTS);
    };
  }

  private static Action action(
      ActionType type, TargetSelector who, long durationMillis, Detail detail) {
    return new Action(type, who, 1, durationMillis, "", detail);
  }

  /** Takes {@code for 3s} from the end; 0 for none. */
  private static long duration(List<String> words) {
    int at = words.size() - 2;
    if (at < 0 || !words.get(at).equals(FOR)) {
      return 0;
    }
    long millis = QuantityParser.micros(words.get(at + 1), List.of()) / 1000;
    words.subList(at, at + 2).clear();
    return Math.max(1, millis);
  }

  private static String last(List<String> words, String expected) {
    if (words.isEmpty()) {
      throw new CommandException("expected replicas and " + expected);
    }
    return words.remove(words.size() - 1);
  }

  private static double rate(String word) {
    try {
      double rate = Double.parseDouble(word.startsWith("x") ? word.substring(1) : word);
      if (rate >= 0.5 && rate <= 2) {
        return rate;
      }
    } catch (NumberFormatException notANumber) {
      // Reported below.
    }
    throw CommandArguments.invalidWord(word, "a rate from x0.5 to x2; x1 is real time", List.of());
  }

  private static DiskState diskState(String word) {
    List<String> words =
        Arrays.stream(DiskState.values()).map(s -> s.name().toLowerCase(Locale.ROOT)).toList();
    if (!words.contains(word)) {
      throw CommandArguments.invalidWord(
          word, "a state of a disk: " + String.join(", ", words), words);
    }
    return DiskState.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private Action cut(List<String> words, long duration) {
    for (String arrow : List.of("<->", "->", "<-", "-")) {
      int at = words.indexOf(arrow);
      if (at >= 0) {
        CutDirection direction =
            arrow.equals("->")
                ? CutDirection.OUT
                : arrow.equals("<-") ? CutDirection.IN : CutDirection.BOTH;
        return action(
            ActionType.CUT,
            required(words.subList(0, at)),
            duration,
            new Action.Cut(required(words.subList(at + 1, words.size())), direction));
      }
    }
    throw new CommandException(
        "expected ->, <- or <-> between replicas, such as: cut 0 -> 1; `isolate 0` cuts 0 off from"
            + " all");
  }

  private List<TargetSelector> groups(List<String> words) {
    List<TargetSelector> groups = new ArrayList<>();
    for (String group : String.join(" ", words).split("\\|", -1)) {
      groups.add(
          required(Arrays.stream(group.split("[\\s,]+")).filter(w -> !w.isEmpty()).toList()));
    }
    if (groups.size() == 1) {
      groups.add(TargetSelector.of(SelectorKind.REST));
    }
    return groups;
  }

  private TargetSelector optional(List<String> words) {
    return words.isEmpty() ? TargetSelector.NONE : required(words);
  }

  /** The selector in these words. */
  TargetSelector required(List<String> words) {
    if (words.isEmpty()) {
      throw new CommandException("expected replicas: IDs or " + String.join(", ", words()));
    }
    List<SelectorPart> parts = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String next = i + 1 < words.size() ? words.get(i + 1) : "";
      Optional<SelectorPart> counted =
          words.get(i).matches("\\d{1,2}") && !next.matches("[0-9A-Fa-f]{1,4}")
              ? TargetSelector.parsePart(words.get(i) + " " + next)
              : Optional.empty();
      if (counted.isPresent()) {
        parts.add(counted.get());
        i++;
      } else {
        parts.add(part(words.get(i)));
      }
    }
    return new TargetSelector(parts);
  }

  private SelectorPart part(String word) {
    Id id = TargetParser.idOf(word);
    if (id != null && replicas.contains(id)) {
      return new SelectorPart(SelectorKind.ID, 0, id.toString());
    }
    SelectorKind kind = kind(word);
    if (kind != null) {
      return new SelectorPart(
          kind, word.equals(FOLLOWERS) ? Math.max(1, replicas.size() - 1) : 0, "");
    }
    return TargetSelector.parsePart(word)
        .filter(part -> part.kind() != SelectorKind.ID)
        .orElseThrow(
            () ->
                CommandArguments.invalidWord(
                    word,
                    "a replica's ID from "
                        + replicas.get(0)
                        + " to "
                        + replicas.get(replicas.size() - 1)
                        + ", or "
                        + String.join(", ", words()),
                    id == null ? words() : List.of()));
  }

  private static @Nullable SelectorKind kind(String word) {
    return switch (word) {
      case FOLLOWERS -> SelectorKind.NON_LEADER;
      case MAJORITY -> SelectorKind.MAJORITY_WITH_LEADER;
      case MINORITY -> SelectorKind.MINORITY_WITHOUT_LEADER;
      default -> null;
    };
  }

  /** All words for replicas. */
  static List<String> words() {
    List<String> words =
        new ArrayList<>(List.of("leader", FOLLOWERS, "random", "all", MAJORITY, MINORITY));
    TargetSelector.words().stream().filter(word -> !words.contains(word)).forEach(words::add);
    return words;
  }
}
