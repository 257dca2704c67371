package raftlab.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import raftlab.wire.Message;
import raftlab.wire.PrintableText;

/** Describes a message in one line: sender, receiver, type, fields and outcome of the delivery. */
final class MessageText {
  private static final int MAX_TYPE_CHARS = 24;
  private static final int MAX_NAME_CHARS = 24;
  private static final int MAX_VALUE_CHARS = 16;
  private static final int DEEPEST = 3;

  /** How much of a message is shown. */
  enum Verbosity {
    /** For messages that explain a failure. */
    BRIEF(160, 1, 32),
    /** For a list of messages. */
    FULL(300, 2, 48);

    private final int mostChars;
    private final int mostEntries;
    private final int mostEntryChars;

    Verbosity(int mostChars, int mostEntries, int mostEntryChars) {
      this.mostChars = mostChars;
      this.mostEntries = mostEntries;
      this.mostEntryChars = mostEntryChars;
    }
  }

  private final StringBuilder text = new StringBuilder();
  private final Verbosity length;

  private MessageText(Verbosity length) {
    this.length = length;
  }

  /**
   * The line without its time.
   *
   * @param typeWidth how wide the column of the types is
   */
  static String line(SentMessage sent, int typeWidth, Verbosity length, TerminalStyle style) {
    String outcome = "[" + sent.deliveryText() + "]";
    return sent.from()
        + " → "
        + sent.to()
        + "  "
        + pad(type(sent), typeWidth)
        + "  "
        + fields(sent, length)
        + "  "
        + (sent.isDropped() ? style.warning(outcome) : style.faint(outcome));
  }

  /** Its type, made printable. */
  static String type(SentMessage sent) {
    return type(sent.message().type());
  }

  /** A type, made printable. */
  static String type(String type) {
    return PrintableText.of(type, MAX_TYPE_CHARS);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /** The message's own fields, and {@code leader} if it matters. */
  static String fields(SentMessage sent, Verbosity length) {
    MessageText fields = new MessageText(length);
    Message message = sent.message();
    if (!message.src().equals(sent.from())) {
      fields.add("src", message.src().toString());
    }
    if (message.mid() != null) {
      fields.add("MID", PrintableText.of(message.mid(), MAX_VALUE_CHARS));
    }
    fields.addAll("", message.fields(), 1);
    if (sent.showsLeader()) {
      fields.append("leader=" + message.leader());
    }
    return fields.text.toString();
  }

  private void addAll(String prefix, JsonObject object, int depth) {
    for (Map.Entry<String, JsonElement> field : object.entrySet()) {
      if (text.length() > length.mostChars) {
        text.append(text.charAt(text.length() - 1) == '…' ? "" : " …");
        return;
      }
      String name = prefix + PrintableText.of(field.getKey(), MAX_NAME_CHARS);
      JsonElement value = field.getValue();
      if (value instanceof JsonArray list) {
        add(name + "[" + list.size() + "]", list.isEmpty() ? "" : elements(list));
      } else if (value instanceof JsonObject inner && depth < DEEPEST) {
        addAll(name + ".", inner, depth + 1);
      } else {
        add(name, value(value));
      }
    }
  }

  private String value(JsonElement value) {
    return value instanceof JsonPrimitive simple
        ? PrintableText.of(simple.getAsString(), MAX_VALUE_CHARS)
        : PrintableText.of(value.toString(), length.mostEntryChars);
  }

  private String elements(JsonArray list) {
    StringBuilder first = new StringBuilder();
    for (int i = 0; i < Math.min(length.mostEntries, list.size()); i++) {
      first
          .append(i == 0 ? "" : ", ")
          .append(PrintableText.of(list.get(i).toString(), length.mostEntryChars));
    }
    return first + (list.size() > length.mostEntries ? ", …" : "");
  }

  private void add(String name, String value) {
    append(value.isEmpty() && name.endsWith("]") ? name : name + "=" + value);
  }

  private void append(String word) {
    text.append(text.isEmpty() ? "" : " ").append(word);
  }
}
