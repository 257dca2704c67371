package raftlab.console;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import raftlab.scenario.Delay;

/** Parses and formats durations and probabilities. */
final class QuantityParser {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(s|ms|m)?");
  private static final Pattern PROBABILITY = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(%)?");
  private static final long MAX_SECONDS = 86_400;

  private QuantityParser() {}

  /** Whether this is a duration. */
  static boolean isDuration(String word) {
    return DURATION.matcher(word).matches();
  }

  /** Parses {@code 3}, {@code 1.5s} or {@code 200ms} to microseconds. */
  static long micros(String word, List<String> otherWords) {
    Matcher matcher = DURATION.matcher(word);
    if (matcher.matches()) {
      double seconds = Double.parseDouble(matcher.group(1));
      seconds =
          "ms".equals(matcher.group(2))
              ? seconds / 1000
              : "m".equals(matcher.group(2)) ? seconds * 60 : seconds;
      if (seconds <= MAX_SECONDS) {
        return Math.round(seconds * 1e6);
      }
    }
    String others = otherWords.isEmpty() ? "" : ", or " + String.join(", ", otherWords);
    throw CommandArguments.invalidWord(
        word, "a time such as 3, 1.5s, 200ms or 2m, at most a day" + others, otherWords);
  }

  /** Parses {@code 10%} or {@code 0.1}. */
  static double probability(String word) {
    Matcher matcher = PROBABILITY.matcher(word);
    if (matcher.matches()) {
      double number = Double.parseDouble(matcher.group(1));
      boolean percent = matcher.group(2) != null;
      double probability = percent ? number / 100 : number;
      if (probability <= 1) {
        return probability;
      }
      if (!percent && number <= 100) {
        throw new CommandException(
            "found "
                + word
                + ", expected a percentage or a number from 0 to 1; did you mean "
                + word
                + "%?");
      }
    }
    throw CommandArguments.invalidWord(
        word, "a percentage such as 10%, or a number from 0 to 1", List.of());
  }

  /** Parses {@code 10ms} or {@code 50ms..200ms}. */
  static Delay delay(String word) {
    int dots = word.indexOf("..");
    if (dots < 0) {
      return Delay.constant(micros(word, List.of()));
    }
    long from = micros(word.substring(0, dots), List.of());
    long to = micros(word.substring(dots + 2), List.of());
    if (to < from) {
      throw new CommandException(
          "found " + word + ", expected the shorter time first, such as 50ms..200ms");
    }
    return Delay.uniform(from, to);
  }

  /** A probability in percent. */
  static String percent(double probability) {
    return String.format(Locale.ROOT, "%.4f", probability * 100).replaceFirst("\\.?0+$", "") + " %";
  }

  /** A duration with its significant digits. */
  static String time(long micros) {
    if (micros < 1_000_000) {
      return String.format(Locale.ROOT, micros < 100_000 ? "%.2f ms" : "%.0f ms", micros / 1e3);
    }
    return String.format(Locale.ROOT, "%.2f s", micros / 1e6);
  }

  /** A number with its noun. */
  static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
