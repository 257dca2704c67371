package raftlab.explain.detect;

import java.util.Locale;

/** Makes sentences of clauses. */
final class Sentences {
  private Sentences() {}

  /** "Clause. Clause." */
  static String of(String... clauses) {
    StringBuilder text = new StringBuilder();
    for (String clause : clauses) {
      text.append(text.isEmpty() ? "" : " ")
          .append(clause.substring(0, 1).toUpperCase(Locale.ROOT))
          .append(clause.substring(1))
          .append(".");
    }
    return text.toString();
  }
}
