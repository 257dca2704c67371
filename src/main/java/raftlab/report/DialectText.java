package raftlab.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import raftlab.dialect.Dialect;
import raftlab.dialect.Dialect.Aspect;
import raftlab.dialect.FieldReading;
import raftlab.dialect.Heartbeats;
import raftlab.dialect.MessageReader.Source;
import raftlab.dialect.Role;
import raftlab.wire.PrintableText;

/** How the messages between the replicas of a run are read. */
public final class DialectText {
  private static final int MAX_NAME = 40;
  private static final int FIELD_INDENT = 2;
  private static final double NEARLY_ALL = 0.9;
  private static final double NEARLY_NONE = 0.1;

  private final Dialect dialect;
  private final TerminalStyle style;
  private final List<String> lines = new ArrayList<>();

  private DialectText(Dialect dialect, TerminalStyle style) {
    this.dialect = dialect;
    this.style = style;
  }

  /** The messages with their fields, then what the run confirms. */
  public static List<String> of(Dialect dialect, Source source, TerminalStyle style) {
    DialectText text = new DialectText(dialect, style);
    text.source(source);
    text.lines.add(style.bold("Messages between replicas, as learned from this run"));
    if (dialect.roles().isEmpty()) {
      text.lines.add("  the replicas sent none");
      return text.lines;
    }
    text.messages();
    text.lines.add("");
    text.lines.add(style.bold("What the run confirms"));
    for (Aspect aspect : Aspect.values()) {
      text.lines.add(
          String.format(Locale.ROOT, "  %-20s ", aspect.text()) + text.confirmation(aspect));
    }
    return text.lines;
  }

  private void source(Source source) {
    switch (source) {
      case NAMES_AND_REPORTS -> {
        lines.add("The replicas report their state (RAFTLAB_TRACE). So messages are read by the");
        lines.add(
            "names of their fields, and the reports confirm what these mean. What follows is");
        lines.add("what would be learned without reports; it is not used for this run.");
        lines.add("");
      }
      case NAMES -> {
        lines.add("Too little was learned: messages are read by the names of their fields, and no");
        lines.add("cause that rests on them is certain.");
        lines.add("");
      }
      case LEARNED -> {}
    }
    if (!dialect.correctionFile().isEmpty()) {
      lines.add("Roles and fields in " + dialect.correctionFile() + " replace what was learned.");
      lines.add("");
    }
  }

  // ---- messages ----

  private void messages() {
    List<Map.Entry<String, Role>> kinds =
        dialect.roles().entrySet().stream()
            .sorted(
                Map.Entry.<String, Role>comparingByValue()
                    .thenComparing(
                        Map.Entry.comparingByKey(Comparator.comparing(dialect::count).reversed()))
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    int left = kinds.stream().mapToInt(each -> label(each.getValue()).length()).max().orElse(0);
    for (FieldReading field : dialect.fields()) {
      left = Math.max(left, field.meaning().text().length() + FIELD_INDENT);
    }
    int right = kinds.stream().mapToInt(each -> name(each.getKey()).length()).max().orElse(0);
    for (Map.Entry<String, Role> each : kinds) {
      String kind = each.getKey();
      lines.add(
          "  "
              + style.bold(padded(label(each.getValue()), left))
              + "  "
              + padded(name(kind), right)
              + String.format(Locale.ROOT, "  %6d sent", dialect.count(kind)));
      for (FieldReading field : dialect.fields()) {
        if (field.kind().equals(kind)) {
          lines.add(
              "    " + padded(field.meaning().text(), left - FIELD_INDENT) + "  " + shown(field));
        }
      }
    }
    lines.add(
        "  "
            + (dialect.firstIndex().isPresent()
                ? "first index " + dialect.firstIndex().getAsLong()
                : "first index unknown")
            + "; "
            + heartbeats(dialect.heartbeats()));
  }

  private static String label(Role role) {
    return role.isReplyToOne() ? "its reply" : role.text();
  }

  private static String name(String kind) {
    return PrintableText.of(kind, MAX_NAME);
  }

  private static String shown(FieldReading field) {
    return PrintableText.of(field.field(), MAX_NAME);
  }

  private static String padded(String text, int width) {
    return String.format(Locale.ROOT, "%-" + Math.max(1, width) + "s", text);
  }

  private static String heartbeats(Heartbeats heartbeats) {
    int delivered = heartbeats.delivered();
    int answered = heartbeats.answered();
    if (delivered == 0) {
      return "no heartbeats seen";
    }
    return answered >= NEARLY_ALL * delivered
        ? "heartbeats answered"
        : answered <= NEARLY_NONE * delivered
            ? "heartbeats unanswered"
            : "heartbeats answered, " + answered + " of " + delivered;
  }

  // ---- confirmations ----

  private String confirmation(Aspect aspect) {
    int agreed = dialect.agreed(aspect);
    int compared = dialect.compared(aspect);
    String share = agreed + " of " + compared + " " + aspect.noun(compared);
    return switch (dialect.certainty(aspect)) {
      case PROVED -> style.success("proved") + ", " + share;
      case LIKELY -> style.warning("likely") + ", " + share + reservation(aspect, compared);
      case UNKNOWN ->
          style.warning("unknown") + (compared == 0 ? ": " + nothing(aspect) : ", " + share);
    };
  }

  private static String reservation(Aspect aspect, int compared) {
    return compared > 1
        ? ""
        : switch (aspect) {
          case TERMS, VOTES -> ": no second election was seen";
          case CANDIDATE_LOG -> ": several fields fit, or it was always the same";
          case ENTRIES, COMMIT, ACKNOWLEDGEMENTS -> ": too few";
        };
  }

  /** Why nothing was compared. */
  private static String nothing(Aspect aspect) {
    return switch (aspect) {
      case TERMS, VOTES -> "no election was seen";
      case CANDIDATE_LOG -> "no candidate showed its log before it asked for votes";
      case ENTRIES -> "no field gives each entry one index";
      case COMMIT -> "no field rises as a commit index does";
      case ACKNOWLEDGEMENTS -> "no field names the last entry that a reply accepts";
    };
  }
}
