package raftlab.wire;

import java.nio.charset.StandardCharsets;

/**
 * Bytes and text from a replica, made fit to show: short, on one line, without control characters.
 */
public final class Printable {
  private static final int MAX_CHARS = 160;

  private Printable() {}

  /** The beginning of a datagram. */
  public static String of(byte[] bytes) {
    int most = Math.min(bytes.length, 4 * MAX_CHARS);
    return of(new String(bytes, 0, most, StandardCharsets.UTF_8), MAX_CHARS);
  }

  /** The beginning of a text; what is cut off shows as an ellipsis. */
  public static String of(String text, int maxChars) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length() && shown.length() < maxChars; i++) {
      char c = text.charAt(i);
      shown.append(c == '\t' ? ' ' : c == '\n' ? '⏎' : Character.isISOControl(c) ? '·' : c);
    }
    return shown.length() < text.length() ? shown + "…" : shown.toString();
  }
}
