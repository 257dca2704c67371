package raftlab.judge.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.wire.PrintableText;

/**
 * Parses the part of EDN that logs use: nil, symbols, numbers, keywords, strings, vectors, lists
 * and maps. Numbers and symbols are read as text.
 */
final class EdnReader {
  /** A keyword, which begins with a colon. */
  record Keyword(String name) {
    @Override
    public String toString() {
      return ":" + name;
    }
  }

  private static final int MAX_DEPTH = 32;
  private static final String ENDS = "{}[]()\",;";

  private final String text;
  private int position;
  private int depth;

  EdnReader(String text) {
    this.text = text;
  }

  /** Returns the only value of the text; null for nil or an empty text. */
  @Nullable Object singleValue() throws HistoryException {
    skipBlanks();
    if (position == text.length()) {
      return null;
    }
    Object value = value();
    skipBlanks();
    if (position < text.length()) {
      throw HistoryException.expected("the end of the line", quoted(position));
    }
    return value;
  }

  /** Returns a scalar as text; null for nil. */
  static @Nullable String text(@Nullable Object value) throws HistoryException {
    return value == null ? null : scalar(value);
  }

  /** Returns a scalar that isn't nil as text. */
  static String scalar(Object value) throws HistoryException {
    if (value instanceof List<?> || value instanceof Map<?, ?>) {
      throw HistoryException.expected("a single value", PrintableText.of(value.toString(), 40));
    }
    return value.toString();
  }

  private String quoted(int from) {
    return from >= text.length()
        ? "the end of the line"
        : "\"" + PrintableText.of(text.substring(from), 20) + "\"";
  }

  private void skipBlanks() {
    while (position < text.length()
        && (Character.isWhitespace(text.charAt(position)) || text.charAt(position) == ',')) {
      position++;
    }
  }

  private @Nullable Object value() throws HistoryException {
    skipBlanks();
    if (position == text.length()
        || "}])".indexOf(text.charAt(position)) >= 0
        || depth > MAX_DEPTH) {
      throw HistoryException.expected("a value", quoted(position));
    }
    return switch (text.charAt(position)) {
      case '{' -> map();
      case '[' -> list(']');
      case '(' -> list(')');
      case '"' -> string();
      default -> word();
    };
  }

  private Map<Object, Object> map() throws HistoryException {
    List<Object> items = list('}');
    if (items.size() % 2 != 0) {
      throw HistoryException.expected("a value for each key of the map", "a key without one");
    }
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < items.size(); i += 2) {
      map.put(items.get(i), items.get(i + 1));
    }
    return map;
  }

  private List<Object> list(char end) throws HistoryException {
    position++;
    depth++;
    List<Object> items = new ArrayList<>();
    for (skipBlanks(); position < text.length() && text.charAt(position) != end; skipBlanks()) {
      items.add(value());
    }
    if (position == text.length()) {
      throw HistoryException.expected("\"" + end + "\"", "the end of the line");
    }
    position++;
    depth--;
    return items;
  }

  private String string() throws HistoryException {
    int begin = position++;
    StringBuilder string = new StringBuilder();
    while (position < text.length() && text.charAt(position) != '"') {
      char c = text.charAt(position++);
      if (c == '\\' && position < text.length()) {
        c = unescaped(text.charAt(position++));
      }
      string.append(c);
    }
    if (position == text.length()) {
      throw HistoryException.expected("a string with its end", quoted(begin));
    }
    position++;
    return string.toString();
  }

  private static char unescaped(char c) throws HistoryException {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case '"', '\\' -> c;
      default -> throw HistoryException.expected("\\n, \\t, \\r, \\\" or \\\\", "\\" + c);
    };
  }

  private @Nullable Object word() {
    int begin = position++;
    while (position < text.length()
        && !Character.isWhitespace(text.charAt(position))
        && ENDS.indexOf(text.charAt(position)) < 0) {
      position++;
    }
    String word = text.substring(begin, position);
    return word.equals("nil") ? null : word.startsWith(":") ? new Keyword(word.substring(1)) : word;
  }
}
