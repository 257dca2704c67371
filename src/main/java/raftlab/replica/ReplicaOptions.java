package raftlab.replica;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import raftlab.raft.RaftSettings;
import raftlab.raft.Setting;
import raftlab.wire.NearestWord;

/**
 * What is said about a replica in words: {@code --no-pre-vote --heartbeat 100} and so on, a {@link
 * Setting} each. On a command line that isn't ours to extend (the course's) the same words come in
 * the environment variable {@value #VARIABLE}.
 *
 * @param settings what the words say; what they don't mention is as by default
 * @param rest all words that are no options, in order
 */
public record ReplicaOptions(RaftSettings settings, List<String> rest) {
  /** The environment variable with options for the reference replica. */
  public static final String VARIABLE = "RAFTLAB_OPTIONS";

  private static final String DASHES = "--";
  private static final String NOT = "--no-";

  /**
   * Reads options.
   *
   * @throws IllegalArgumentException if one of them is none, or has a wrong value, or they
   *     contradict each other
   */
  public static ReplicaOptions parse(List<String> words) {
    return new Parser(words).parse(RaftSettings.DEFAULT);
  }

  /**
   * The settings that the environment variable asks for.
   *
   * @param value the variable's value; null if it isn't set
   * @throws IllegalArgumentException if it holds anything but options
   */
  public static RaftSettings ofEnvironment(String value) {
    try {
      ReplicaOptions options = parse(words(value));
      if (!options.rest.isEmpty()) {
        throw new IllegalArgumentException(
            "found \"" + options.rest.get(0) + "\", expected an option such as --no-pre-vote");
      }
      return options.settings;
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(VARIABLE + ": " + wrong.getMessage());
    }
  }

  private static List<String> words(String value) {
    return value == null || value.isBlank() ? List.of() : List.of(value.strip().split("\\s+"));
  }

  /**
   * Reads the environment's options and then those of the command line, which count more.
   *
   * @throws IllegalArgumentException as {@link #parse} and {@link #ofEnvironment}
   */
  public static ReplicaOptions parse(String environment, List<String> words) {
    return new Parser(words).parse(ofEnvironment(environment));
  }

  private static final class Parser {
    private final List<String> words;
    private int next;

    Parser(List<String> words) {
      this.words = words;
    }

    ReplicaOptions parse(RaftSettings settings) {
      List<String> rest = new ArrayList<>();
      while (next < words.size()) {
        String word = words.get(next++);
        if (word.startsWith(DASHES)) {
          settings = option(word, settings);
        } else {
          rest.add(word);
        }
      }
      return new ReplicaOptions(settings.check(), rest);
    }

    private RaftSettings option(String word, RaftSettings settings) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      Setting off = setting(NOT, name);
      Setting setting = setting(DASHES, name);
      if (equals < 0 && off != null && off.isSwitch()) {
        return settings.without(off);
      } else if (equals < 0 && setting != null && setting.isSwitch()) {
        return settings.with(setting, 1);
      } else if (setting == null || setting.isSwitch()) {
        throw new IllegalArgumentException(unknown(word));
      }
      String value = equals < 0 ? following(name) : word.substring(equals + 1);
      return settings.with(setting, number(setting, value));
    }

    private static Setting setting(String prefix, String word) {
      return Arrays.stream(Setting.values())
          .filter(setting -> word.equals(prefix + setting.option()))
          .findFirst()
          .orElse(null);
    }

    private String following(String name) {
      if (next == words.size()) {
        throw new IllegalArgumentException("found nothing after " + name + ", expected a number");
      }
      return words.get(next++);
    }

    private static int number(Setting setting, String text) {
      try {
        return Integer.parseInt(text);
      } catch (NumberFormatException notANumber) {
        throw new IllegalArgumentException(
            "%s is \"%s\", expected %d to %d %s"
                .formatted(setting.option(), text, setting.min(), setting.max(), setting.unit()));
      }
    }

    private static String unknown(String word) {
      List<String> names =
          Arrays.stream(Setting.values())
              .flatMap(
                  setting ->
                      setting.isSwitch()
                          ? Stream.of(DASHES + setting.option(), NOT + setting.option())
                          : Stream.of(DASHES + setting.option()))
              .toList();
      return "found \""
          + word
          + "\", expected one of the options"
          + NearestWord.of(word, names).map(near -> "; did you mean " + near + "?").orElse("");
    }
  }

  /** All options, for people: a paragraph each. */
  public static String help() {
    StringBuilder help = new StringBuilder();
    for (Setting setting : Setting.values()) {
      String name =
          setting.isSwitch()
              ? (setting.defaultValue() == 1 ? NOT : DASHES) + setting.option()
              : "%s%s N  (default %d %s)"
                  .formatted(DASHES, setting.option(), setting.defaultValue(), setting.unit());
      help.append("  ").append(name).append('\n');
      wrap(setting.help(), help);
    }
    return help.toString();
  }

  private static void wrap(String text, StringBuilder out) {
    int width = 0;
    for (String word : text.split(" ")) {
      if (width == 0 || width + word.length() + 1 > 92) {
        out.append(width == 0 ? "" : "\n").append("      ").append(word);
        width = 6 + word.length();
      } else {
        out.append(' ').append(word);
        width += 1 + word.length();
      }
    }
    out.append('\n');
  }
}
