package raftlab.scenario.file;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The facts in an error message, without its wording: the position, quoted words, numbers, and JSON
 * types, in their order. Tests compare these, so that the English can change.
 */
public final class ProblemFacts {
  private static final Pattern FACT =
      Pattern.compile(
          "\\d+:\\d+(?=: )" // line and column
              + "|\"(?:[^\"]*|\")\"(?=[\\s,;:.?)]|$)"
              + "|(?<![\\w-])-?\\d[\\w.]*(?<!\\.)"
              + "|\\bNaN\\b|-?Infinity|\\\\u[0-9a-f]{4}"
              + "|\\b(?:true|false|null|array|object|string)\\b|@\\w+");

  private ProblemFacts() {}

  /** The facts, separated by spaces; a line for each line of the message. */
  public static String of(String message) {
    return message
        .lines()
        .map(
            line ->
                FACT.matcher(line)
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.joining(" ")))
        .collect(Collectors.joining("\n"));
  }
}
