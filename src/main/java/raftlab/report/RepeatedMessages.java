package raftlab.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import raftlab.wire.Id;

/** Messages without relevant differences, such as heartbeats: the last one and a count. */
final class RepeatedMessages {
  /** Fields that matter; any other number is treated as a counter of rounds or messages. */
  private static final Pattern SIGNIFICANT_FIELDS =
      Pattern.compile("term|index|idx|commit|match|next|applied|length|size|count|votes");

  final SentMessage last;
  private final Set<Id> receivers = new TreeSet<>();
  private long firstMicros;
  private int others;

  RepeatedMessages(SentMessage last) {
    this.last = last;
    this.firstMicros = last.atMicros();
    receivers.add(last.to());
  }

  /** Adds an earlier one of the same kind. */
  void add(SentMessage earlier) {
    others++;
    firstMicros = earlier.atMicros();
    receivers.add(earlier.to());
  }

  /**
   * A key that similar messages share: sender, type, outcome of the delivery and all fields that
   * matter.
   */
  static String kind(SentMessage message) {
    StringBuilder kind = new StringBuilder();
    kind.append(message.from())
        .append('|')
        .append(message.message().type())
        .append('|')
        .append(message.message().leader())
        .append('|')
        .append(message.deliveryKind());
    fields(message.message().fields(), kind);
    return kind.toString();
  }

  private static void fields(JsonObject object, StringBuilder kind) {
    for (Map.Entry<String, JsonElement> field : object.entrySet()) {
      JsonElement value = field.getValue();
      kind.append('|').append(field.getKey());
      if (value instanceof JsonObject inner) {
        fields(inner, kind);
      } else if (!isCounter(field.getKey(), value)) {
        kind.append('=').append(value);
      }
    }
  }

  private static boolean isCounter(String name, JsonElement value) {
    return value instanceof JsonPrimitive simple
        && simple.isNumber()
        && !SIGNIFICANT_FIELDS.matcher(name.toLowerCase(Locale.ROOT)).find();
  }

  /** The last message in one line, with its time and the count. */
  String line(int typeWidth, long beganMicros, TerminalStyle style) {
    String more = "";
    if (others > 0) {
      String whom =
          receivers.size() == 1
              ? ""
              : " to " + String.join(" ", receivers.stream().map(Id::toString).toList());
      more =
          style.faint(
              "  ("
                  + others
                  + " more like it"
                  + whom
                  + " since "
                  + NumberText.seconds(firstMicros - beganMicros)
                  + ")");
    }
    return style.faint(NumberText.seconds(last.atMicros() - beganMicros) + "  ")
        + MessageText.line(last, typeWidth, MessageText.Verbosity.BRIEF, style)
        + more;
  }
}
