package raftlab.judge.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private static final int DEEPEST = 32;
  private static final String ENDS = "{}[]()\",;";

  private final String text;
  private int at;
  private int depth;

  EdnReader(String text) {
    this.text = text;
  }

  /** Returns the only value of the text; null for nil or an empty text. */
  Object only() throws HistoryException {
    skipBlanks();
    if (at == text.length()) {
      return null;
    }
    Object value = value();
    skipBlanks();
    if (at < text.length()) {
      throw HistoryException.expected("the end of the line", quoted(at));
    }
    return value;
  }

  /** Returns a scalar as text; null for nil. */
  static String text(Object value) throws HistoryException {
    if (value instanceof List<?> || value instanceof Map<?, ?>) {
      throw HistoryException.expected("a single value", PrintableText.of(value.toString(), 40));
    }
    return value == null ? null : value.toString();
  }

  private String quoted(int from) {
    return from >= text.length()
        ? "the end of the line"
        : "\"" + PrintableText.of(text.substring(from), 20) + "\"";
  }

  private void skipBlanks() {
    while (at < text.length()
        && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == ',')) {
      at++;
    }
  }

  private Object value() throws HistoryException {
    skipBlanks();
    if (at == text.length() || "}])".indexOf(text.charAt(at)) >= 0 || depth > DEEPEST) {
      throw HistoryException.expected("a value", quoted(at));
    }
    return switch (text.charAt(at)) {
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
    at++;
    depth++;
    List<Object> items = new ArrayList<>();
    for (skipBlanks(); at < text.length() && text.charAt(at) != end; skipBlanks()) {
      items.add(value());
    }
    if (at == text.length()) {
      throw HistoryException.expected("\"" + end + "\"", "the end of the line");
    }
    at++;
    depth--;
    return items;
  }

  private String string() throws HistoryException {
    int begin = at++;
    StringBuilder string = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length()) {
        c = unescaped(text.charAt(at++));
      }
      string.append(c);
    }
    if (at == text.length()) {
      throw HistoryException.expected("a string with its end", quoted(begin));
    }
    at++;
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

  private Object word() {
    int begin = at++;
    while (at < text.length()
        && !Character.isWhitespace(text.charAt(at))
        && ENDS.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(begin, at);
    return word.equals("nil") ? null : word.startsWith(":") ? new Keyword(word.substring(1)) : word;
  }
}
