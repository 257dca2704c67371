package raftlab.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import raftlab.wire.NearestWord;
import raftlab.wire.PrintableText;

/**
 * The errors of picocli in words for users: what was found, what was expected, and the nearest
 * valid word.
 */
final class UsageErrorText {
  private static final int MOST_CHARS = 60;

  private UsageErrorText() {}

  /** One line, without the name of the command. */
  static @Nullable String of(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched.getUnmatched().get(0), command);
    } else if (wrong instanceof OverwrittenOptionException twice) {
      return "found " + name(twice.getOverwritten()) + " twice, expected it once";
    } else if (wrong instanceof MissingParameterException missing) {
      // Picocli reports an unknown option only if no argument is missing.
      return unknownOption(args, command.getCommandSpec())
          .map(option -> unmatched(option, command))
          .orElseGet(() -> missing(missing));
    } else if (wrong.getArgSpec() != null && wrong.getValue() != null) {
      return invalid(wrong.getArgSpec(), wrong.getValue());
    }
    return wrong.getMessage();
  }

  private static String unmatched(String word, CommandLine command) {
    if (word.startsWith("-")) {
      String option = word.replaceFirst("=.*", "");
      return "unknown option "
          + PrintableText.of(option, MOST_CHARS)
          + nearest(option, command.getCommandSpec().optionsMap().keySet());
    }
    Collection<String> commands = command.getSubcommands().keySet();
    if (commands.isEmpty()) {
      return "unexpected argument " + quoted(word);
    }
    String near = nearest(word, commands);
    return "found "
        + quoted(word)
        + ", expected "
        + (near.isEmpty() ? "one of " + String.join(", ", commands) : "a command" + near);
  }

  /** The first word of this form that isn't an option of the command. */
  private static Optional<String> unknownOption(String[] args, CommandSpec command) {
    return Arrays.stream(args)
        .takeWhile(word -> !word.equals("--"))
        .filter(word -> word.startsWith("--"))
        .filter(word -> !command.optionsMap().containsKey(word.replaceFirst("=.*", "")))
        .findFirst();
  }

  private static @Nullable String missing(MissingParameterException wrong) {
    if (wrong.getMissing().isEmpty()) {
      return wrong.getMessage();
    }
    ArgSpec first = wrong.getMissing().get(0);
    if (first instanceof OptionSpec option) {
      return "found "
          + name(option)
          + (option.arity().min() == 1 ? " without a value" : " with too few values")
          + ", expected "
          + name(option)
          + " "
          + option.paramLabel();
    }
    return "found no " + first.paramLabel() + ", expected " + first.description()[0];
  }

  private static String invalid(ArgSpec spec, String value) {
    Class<?> type = spec.isMultiValue() ? spec.auxiliaryTypes()[0] : spec.type();
    return name(spec) + ": found " + quoted(value) + ", expected " + expected(type, value);
  }

  private static String expected(Class<?> type, String value) {
    if (type.isEnum()) {
      List<String> words =
          Arrays.stream(type.getEnumConstants()).map(UsageErrorText::word).toList();
      return "one of " + String.join(", ", words) + nearest(value, words);
    } else if (type == boolean.class || type == Boolean.class) {
      return "no value";
    } else if (type == double.class || type == Double.class) {
      return "a number";
    } else if (type == int.class || type == Integer.class) {
      return "a whole number" + (isDigits(value) ? " up to " + Integer.MAX_VALUE : "");
    } else if (type == long.class || type == Long.class) {
      return "a whole number" + (isDigits(value) ? " up to " + Long.MAX_VALUE : "");
    }
    return "a valid " + type.getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** The word for a constant of an enum: picocli takes it in lower case, too. */
  private static String word(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
  }

  private static boolean isDigits(String value) {
    return value.matches("-?\\d+");
  }

  private static String name(ArgSpec spec) {
    return spec instanceof OptionSpec option ? option.longestName() : spec.paramLabel();
  }

  private static String quoted(String word) {
    return '"' + PrintableText.of(word, MOST_CHARS) + '"';
  }

  private static String nearest(String word, Collection<String> words) {
    return NearestWord.of(word, words).map(near -> "; did you mean " + near + "?").orElse("");
  }
}
