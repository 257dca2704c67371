package raftlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import raftlab.dialect.Dialect;
import raftlab.dialect.Dialect.Aspect;
import raftlab.dialect.Dialect.Certainty;
import raftlab.dialect.Dialect.FieldReading;
import raftlab.dialect.Role;

/** How the messages between the replicas of a run were understood. */
public final class DialectText {
  private DialectText() {}

  /** A line for each kind of message, then a line for each part of the reading. */
  public static List<String> of(Dialect dialect) {
    List<String> lines = new ArrayList<>();
    lines.add("Messages between replicas, as understood");
    dialect.roles().entrySet().stream()
        .sorted(
            Map.Entry.<String, Role>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .forEach(each -> lines.add("  " + kind(each.getKey(), each.getValue(), dialect)));
    lines.add("How far this was confirmed by the run");
    for (Aspect aspect : Aspect.values()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-24s %-9s agreed %s",
              aspect.text(),
              word(dialect.certainty(aspect)),
              dialect.agreement(aspect)));
    }
    return lines;
  }

  private static String kind(String kind, Role role, Dialect dialect) {
    String fields =
        dialect.fields().stream()
            .filter(each -> each.kind().equals(kind))
            .map(DialectText::field)
            .collect(Collectors.joining(", "));
    return String.format(Locale.ROOT, "%-18s %s", role.text(), "\"" + kind + "\"")
        + (fields.isEmpty() ? "" : ": " + fields);
  }

  private static String field(FieldReading field) {
    return field.path() + " = " + field.meaning();
  }

  private static String word(Certainty certainty) {
    return switch (certainty) {
      case UNKNOWN -> "unknown";
      case LIKELY -> "likely";
      case PROVED -> "proved";
    };
  }
}
