package raftlab.wire;

import java.nio.charset.StandardCharsets;

/**
 * Bytes and text from a replica, made fit to show and to store: short, on one line, and without
 * whatever a terminal could take for an order or a file couldn't hold (control characters, marks
 * that turn the direction of writing, halves of characters).
 */
public final class PrintableText {
  private static final int MAX_CHARS = 160;

  private PrintableText() {}

  /** The beginning of a datagram. */
  public static String of(byte[] bytes) {
    int most = Math.min(bytes.length, 4 * MAX_CHARS);
    return of(new String(bytes, 0, most, StandardCharsets.UTF_8), MAX_CHARS);
  }

  /** The beginning of a text; what is cut off shows as an ellipsis. */
  public static String of(String text, int maxChars) {
    StringBuilder shown = new StringBuilder();
    int i = 0;
    while (i < text.length() && shown.length() < maxChars) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      shown.appendCodePoint(c == '\t' ? ' ' : c == '\n' ? '⏎' : isHarmless(c) ? c : '·');
    }
    return i < text.length() ? shown + "…" : shown.toString();
  }

  private static boolean isHarmless(int c) {
    if (c >= ' ' && c <= '~') {
      return true; // nearly all are
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
