package raftlab.judge.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import raftlab.wire.PrintableText;

/**
 * Parses EDN: nil, symbols, numbers, keywords, characters, strings, vectors, lists, maps and sets.
 * Numbers, characters and symbols are read as text. Comments and discarded values ({@code #_}) are
 * skipped. The tag of a tagged value, such as {@code #inst}, is ignored.
 */
final class EdnReader {
  /** A keyword, which begins with a colon. */
  record Keyword(String name) {
    @Override
    public String toString() {
      return ":" + name;
    }
  }

  private static final int MAX_DEPTH = 64;
  private static final String ENDS = "{}[]()\",;";

  /** A number with what does not change its value: a plus sign, and the suffix for big numbers. */
  private static final Pattern NUMBER = Pattern.compile("\\+?(-?\\d+)N?|\\+?(-?\\d[\\d.eE+-]*)M");

  private static final Map<String, String> CHARACTERS =
      Map.of("newline", "\n", "space", " ", "tab", "\t", "return", "\r");

  private final String text;

  /** What the end of the text is, for messages. */
  private final String end;

  private int position;
  private int depth;

  /** The last line that was asked for, and where it ends; -1 before the first. */
  private int line = 1;

  private int lineEnd = -1;

  /** A reader of a whole file. */
  static EdnReader ofFile(String text) {
    return new EdnReader(text, "the end of the file");
  }

  /** A reader of a part of a line; {@link #line} counts from 1. */
  static EdnReader ofLine(String text) {
    return new EdnReader(text, "the end of the line");
  }

  private EdnReader(String text, String end) {
    this.text = text;
    this.end = end;
  }

  /** Whether another value follows, in the present collection or at all. */
  boolean hasNext() throws HistoryException {
    skipBlanks();
    return position < text.length() && "}])".indexOf(text.charAt(position)) < 0;
  }

  /** The line of the next value or bracket. */
  int line() throws HistoryException {
    skipBlanks();
    return lineAt(position);
  }

  /** Goes into the next value if it is a vector or list; its values come next. */
  boolean enterList() throws HistoryException {
    skipBlanks();
    boolean list = position < text.length() && "[(".indexOf(text.charAt(position)) >= 0;
    position += list ? 1 : 0;
    return list;
  }

  /** Leaves a list that began in this line; its end must come next. */
  void leaveList(int fromLine) throws HistoryException {
    skipBlanks();
    if (position == text.length()) {
      throw unclosed("]", "[", fromLine);
    } else if ("])".indexOf(text.charAt(position)) < 0) {
      throw expected("\"]\"", quoted(position));
    }
    position++;
  }

  /** Checks that nothing follows. */
  void requireEnd() throws HistoryException {
    skipBlanks();
    if (position < text.length()) {
      throw expected(end, quoted(position));
    }
  }

  /** Returns the next value; null for nil. */
  @Nullable Object next() throws HistoryException {
    skipBlanks();
    if (position == text.length() || "}])".indexOf(text.charAt(position)) >= 0) {
      throw expected("a value", quoted(position));
    }
    requireDepth();
    return switch (text.charAt(position)) {
      case '{' -> map();
      case '[' -> list('[', ']');
      case '(' -> list('(', ')');
      case '"' -> string();
      case '#' -> dispatch();
      case '\\' -> character();
      default -> word();
    };
  }

  /** Returns a scalar as text; null for nil. */
  static @Nullable String text(@Nullable Object value) throws HistoryException {
    return value == null ? null : scalar(value);
  }

  /** Returns a scalar that isn't nil as text. */
  static String scalar(Object value) throws HistoryException {
    if (isCollection(value)) {
      throw HistoryException.expected("a single value", shown(value));
    }
    return value.toString();
  }

  static boolean isCollection(@Nullable Object value) {
    return value instanceof List<?> || value instanceof Map<?, ?> || value instanceof Set<?>;
  }

  /** A value as messages show it. */
  static String shown(@Nullable Object value) {
    String text = value == null ? "nil" : String.valueOf(value);
    return PrintableText.of(
        value instanceof List<?> ? text.replace(", ", " ").replace("null", "nil") : text, 40);
  }

  private void requireDepth() throws HistoryException {
    if (depth > MAX_DEPTH) {
      throw expected("at most " + MAX_DEPTH + " nested values", quoted(position));
    }
  }

  private HistoryException expected(String expected, String found) {
    return HistoryException.expected(expected, found).at(lineAt(position));
  }

  private HistoryException unclosed(String close, String open, int openLine) {
    return expected("\"" + close + "\" for the \"" + open + "\" of line " + openLine, end);
  }

  private int lineAt(int where) {
    while (lineEnd < where) {
      line += lineEnd < 0 ? 0 : 1;
      int next = text.indexOf('\n', lineEnd + 1);
      lineEnd = next < 0 ? text.length() : next;
    }
    return line;
  }

  private String quoted(int from) {
    return from >= text.length()
        ? end
        : "\""
            + PrintableText.of(text.substring(from, Math.min(text.length(), from + 40)), 20)
            + "\"";
  }

  /** Skips blanks, comments and discarded values. */
  private void skipBlanks() throws HistoryException {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == ' ' || c == ',' || Character.isWhitespace(c)) {
        position++;
      } else if (c == ';') {
        int lineEnd = text.indexOf('\n', position);
        position = lineEnd < 0 ? text.length() : lineEnd;
      } else if (c == '#' && text.startsWith("#_", position)) {
        requireDepth();
        position += 2;
        depth++;
        next();
        depth--;
      } else {
        return;
      }
    }
  }

  private Map<Object, Object> map() throws HistoryException {
    int from = lineAt(position);
    List<Object> items = list('{', '}');
    if (items.size() % 2 != 0) {
      throw HistoryException.expected(
              "a value for each key of the map",
              "the key " + shown(items.get(items.size() - 1)) + " without one")
          .at(from);
    }
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < items.size(); i += 2) {
      map.put(items.get(i), items.get(i + 1));
    }
    return map;
  }

  private List<Object> list(char open, char close) throws HistoryException {
    int from = lineAt(position++);
    depth++;
    List<Object> items = new ArrayList<>();
    while (hasNext()) {
      items.add(next());
    }
    if (position == text.length()) {
      throw unclosed("" + close, "" + open, from);
    } else if (text.charAt(position) != close) {
      throw expected(
          "\"" + close + "\" for the \"" + open + "\" of line " + from, quoted(position));
    }
    position++;
    depth--;
    return items;
  }

  private String string() throws HistoryException {
    int begin = position++;
    int from = lineAt(begin);
    StringBuilder string = new StringBuilder();
    while (position < text.length() && text.charAt(position) != '"') {
      char c = text.charAt(position++);
      if (c == '\\' && position < text.length()) {
        c = unescaped(text.charAt(position++));
      }
      string.append(c);
    }
    if (position == text.length()) {
      throw HistoryException.expected("a string with its end", quoted(begin)).at(from);
    }
    position++;
    return string.toString();
  }

  private char unescaped(char c) throws HistoryException {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case '"', '\\' -> c;
      case 'u' -> {
        String hex = text.substring(position, Math.min(text.length(), position + 4));
        if (!hex.matches("[0-9a-fA-F]{4}")) {
          throw expected("four hexadecimal digits after \\u", quoted(position));
        }
        position += 4;
        yield (char) Integer.parseInt(hex, 16);
      }
      default -> throw expected("\\n, \\t, \\r, \\b, \\f, \\u, \\\" or \\\\", "\\" + c);
    };
  }

  /** A set, or a value with a tag. */
  private @Nullable Object dispatch() throws HistoryException {
    char next = position + 1 < text.length() ? text.charAt(position + 1) : ' ';
    if (next == '{') {
      position++;
      return new LinkedHashSet<>(list('{', '}'));
    } else if (next == '#') { // ##Inf, ##NaN
      return word();
    } else if (!Character.isLetter(next) && next != ':') {
      throw expected("a set or a tagged value", quoted(position));
    }
    word(); // the tag
    depth++;
    Object value = next();
    depth--;
    return value;
  }

  private String character() {
    int begin = ++position;
    position++;
    String name = text.substring(begin, endOfWord());
    return CHARACTERS.getOrDefault(name, name);
  }

  private @Nullable Object word() {
    int begin = position++;
    String word = text.substring(begin, endOfWord());
    if (word.equals("nil")) {
      return null;
    } else if (word.startsWith(":")) {
      return new Keyword(word.substring(1));
    }
    var number = NUMBER.matcher(word);
    return !number.matches() ? word : number.group(1) == null ? number.group(2) : number.group(1);
  }

  private int endOfWord() {
    position = Math.min(position, text.length());
    while (position < text.length()
        && !Character.isWhitespace(text.charAt(position))
        && ENDS.indexOf(text.charAt(position)) < 0) {
      position++;
    }
    return position;
  }
}
