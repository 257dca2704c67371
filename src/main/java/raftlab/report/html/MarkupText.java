package raftlab.report.html;

import java.util.regex.Pattern;

/**
 * Text for XML and HTML. It may quote the output of students' programs, which can contain anything:
 * terminal sequences are removed, and characters that XML 1.0 does not allow are replaced.
 */
public final class MarkupText {
  private static final Pattern TERMINAL_SEQUENCE =
      Pattern.compile("\u001b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?)");

  private MarkupText() {}

  /** Returns text between tags. */
  public static String text(String text) {
    return escaped(text, false);
  }

  /** Returns the value of an attribute, which stands in double quotes. */
  public static String attribute(String text) {
    return escaped(text, true);
  }

  /** Returns the text without terminal sequences and without characters that XML refuses. */
  public static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    TERMINAL_SEQUENCE
        .matcher(text)
        .replaceAll("")
        .codePoints()
        .map(c -> isAllowed(c) ? c : '\uFFFD')
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean isAllowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || c >= ' ' && c <= 0xD7FF
        || c >= 0xE000 && c <= 0xFFFD
        || c >= 0x10000;
  }

  private static String escaped(String text, boolean inAttribute) {
    StringBuilder escaped = new StringBuilder();
    clean(text)
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case '\r' -> escaped.append("&#13;");
                case '\n' -> escaped.append(inAttribute ? "&#10;" : "\n");
                case '\t' -> escaped.append(inAttribute ? "&#9;" : "\t");
                default -> escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }
}
