package raftlab.replica;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import raftlab.bugs.BugCatalogue;
import raftlab.bugs.BuggyNodeFactory;
import raftlab.node.NodeFactory;
import raftlab.raft.RaftNode;
import raftlab.raft.RaftSettings;
import raftlab.raft.Setting;
import raftlab.wire.NearestWord;

/**
 * The options of the reference replica, such as {@code --no-pre-vote --heartbeat 100}; each sets a
 * {@link Setting}. The course fixes the command line, so the environment variable {@value
 * #ENVIRONMENT_VARIABLE} takes the same options.
 *
 * <p>{@value #BUG_OPTION} plants a bug of the {@link BugCatalogue}. {@value #SILENT_OPTION} turns
 * reports of state changes off, so that the kit sees no more of it than of a student's replica.
 *
 * @param settings the settings; the default where no option is given
 * @param bug the name of the bug; null for none
 * @param silent whether it doesn't report state changes
 * @param positional all arguments that are not options, in order
 */
public record ReplicaOptions(
    RaftSettings settings, @Nullable String bug, boolean silent, List<String> positional) {
  /** The environment variable with options for the reference replica. */
  public static final String ENVIRONMENT_VARIABLE = "RAFTLAB_OPTIONS";

  /** The option that names a bug. */
  public static final String BUG_OPTION = "--bug";

  /** The option that turns reports off. */
  public static final String SILENT_OPTION = "--silent";

  private static final String DASHES = "--";
  private static final String NEGATION_PREFIX = "--no-";

  /** The reference replica without options. */
  public static final ReplicaOptions DEFAULTS =
      new ReplicaOptions(RaftSettings.DEFAULT, null, false, List.of());

  /**
   * Reads options.
   *
   * @throws IllegalArgumentException if an option is unknown or has a wrong value, or if options
   *     contradict each other
   */
  public static ReplicaOptions parse(List<String> words) {
    return new Parser(words, DEFAULTS).parse();
  }

  /**
   * Reads the options of the environment variable.
   *
   * @param value the variable's value; null if it isn't set
   * @throws IllegalArgumentException if it holds anything but options
   */
  public static ReplicaOptions fromEnvironment(@Nullable String value) {
    try {
      ReplicaOptions options = parse(words(value));
      if (!options.positional.isEmpty()) {
        throw new IllegalArgumentException(
            "found \""
                + options.positional.get(0)
                + "\", expected an option such as --no-pre-vote");
      }
      return options;
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(ENVIRONMENT_VARIABLE + ": " + wrong.getMessage());
    }
  }

  private static List<String> words(@Nullable String value) {
    return value == null || value.isBlank() ? List.of() : List.of(value.strip().split("\\s+"));
  }

  /**
   * Reads the options of the environment and of the command line; the command line wins.
   *
   * @throws IllegalArgumentException as {@link #parse} and {@link #fromEnvironment}
   */
  public static ReplicaOptions parse(@Nullable String environment, List<String> words) {
    return new Parser(words, fromEnvironment(environment)).parse();
  }

  /** The same options with other settings. */
  public ReplicaOptions withSettings(RaftSettings others) {
    return new ReplicaOptions(others, bug, silent, positional);
  }

  /** The options that give these settings, without {@code rest}. */
  public List<String> words() {
    List<String> words = new ArrayList<>(settings.words());
    if (bug != null) {
      words.addAll(List.of(BUG_OPTION, bug));
    }
    if (silent) {
      words.add(SILENT_OPTION);
    }
    return words;
  }

  /** Makes replicas with these options. */
  public NodeFactory nodeFactory() {
    NodeFactory nodes =
        bug == null
            ? host -> new RaftNode(host, settings)
            : BuggyNodeFactory.of(BugCatalogue.find(bug), settings);
    return silent ? host -> nodes.create(new NonReportingHost(host)) : nodes;
  }

  private static final class Parser {
    private final List<String> words;
    private RaftSettings settings;
    private @Nullable String bug;
    private boolean silent;
    private int next;

    Parser(List<String> words, ReplicaOptions before) {
      this.words = words;
      settings = before.settings;
      bug = before.bug;
      silent = before.silent;
    }

    ReplicaOptions parse() {
      List<String> rest = new ArrayList<>();
      while (next < words.size()) {
        String word = words.get(next++);
        if (word.equals(BUG_OPTION) || word.startsWith(BUG_OPTION + "=")) {
          bug = BugCatalogue.find(value(word)).name();
        } else if (word.equals(SILENT_OPTION)) {
          silent = true;
        } else if (word.startsWith(DASHES)) {
          settings = option(word);
        } else {
          rest.add(word);
        }
      }
      return new ReplicaOptions(settings.check(), bug, silent, rest);
    }

    private RaftSettings option(String word) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      Setting off = setting(NEGATION_PREFIX, name);
      Setting setting = setting(DASHES, name);
      if (equals < 0 && off != null && off.isSwitch()) {
        return settings.without(off);
      } else if (equals < 0 && setting != null && setting.isSwitch()) {
        return settings.with(setting, 1);
      } else if (setting == null || setting.isSwitch()) {
        throw new IllegalArgumentException(unknown(word));
      }
      return settings.with(setting, number(setting, value(word)));
    }

    /** The value after the equals sign, or else the next argument. */
    private String value(String word) {
      int equals = word.indexOf('=');
      if (equals >= 0) {
        return word.substring(equals + 1);
      }
      if (next == words.size()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "found nothing after %s, expected a %s",
                word,
                word.equals(BUG_OPTION) ? "bug's name" : "number"));
      }
      return words.get(next++);
    }

    private static @Nullable Setting setting(String prefix, String word) {
      return Arrays.stream(Setting.values())
          .filter(setting -> word.equals(prefix + setting.option()))
          .findFirst()
          .orElse(null);
    }

    private static int number(Setting setting, String text) {
      try {
        return Integer.parseInt(text);
      } catch (NumberFormatException notANumber) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s is \"%s\", expected %d to %d %s",
                setting.option(),
                text,
                setting.min(),
                setting.max(),
                setting.unit()));
      }
    }

    private static String unknown(String word) {
      List<String> names =
          Arrays.stream(Setting.values())
              .flatMap(
                  setting ->
                      setting.isSwitch()
                          ? Stream.of(DASHES + setting.option(), NEGATION_PREFIX + setting.option())
                          : Stream.of(DASHES + setting.option()))
              .toList();
      return "found \""
          + word
          + "\", expected one of the options"
          + NearestWord.of(word, names).map(near -> "; did you mean " + near + "?").orElse("");
    }
  }

  /** The help text of all options. */
  public static String help() {
    StringBuilder help = new StringBuilder();
    for (Setting setting : Setting.values()) {
      String name =
          setting.isSwitch()
              ? (setting.defaultValue() == 1 ? NEGATION_PREFIX : DASHES) + setting.option()
              : String.format(
                  Locale.ROOT,
                  "%s%s N  (default %d %s)",
                  DASHES,
                  setting.option(),
                  setting.defaultValue(),
                  setting.unit());
      help.append("  ").append(name).append('\n');
      wrap(setting.help(), help);
    }
    help.append("  ").append(BUG_OPTION).append(" NAME\n");
    wrap("plants a bug; `raftlab bugs --list` lists all bugs", help);
    help.append("  ").append(SILENT_OPTION).append('\n');
    wrap(
        "turns reports of state changes off, so that the kit sees only messages, as with any other"
            + " program",
        help);
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
