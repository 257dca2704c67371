package raftlab.wire;

import java.nio.charset.StandardCharsets;

/**
 * Makes bytes and text of a replica safe to print and to store: short, on one line, and without
 * control characters, bidirectional marks and unpaired surrogates.
 */
public final class PrintableText {
  private static final int MAX_CHARS = 160;

  private PrintableText() {}

  /** Returns the beginning of a datagram. */
  public static String of(byte[] bytes) {
    int most = Math.min(bytes.length, 4 * MAX_CHARS);
    return of(new String(bytes, 0, most, StandardCharsets.UTF_8), MAX_CHARS);
  }

  /** Returns the beginning of a text, with an ellipsis if it was cut off. */
  public static String of(String text, int maxChars) {
    StringBuilder shown = new StringBuilder();
    int i = 0;
    while (i < text.length() && shown.length() < maxChars) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      shown.appendCodePoint(c == '\t' ? ' ' : c == '\n' ? '⏎' : isPrintable(c) ? c : '·');
    }
    return i < text.length() ? shown + "…" : shown.toString();
  }

  private static boolean isPrintable(int c) {
    if (c >= ' ' && c <= '~') {
      return true; // nearly all characters
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
