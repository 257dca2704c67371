package raftlab.grade.report;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Names of files in addresses of pages. */
final class UrlPath {
  private static final String PLAIN = "-_.~";

  private UrlPath() {}

  /** Returns a name as a part of an address. */
  static String of(String name) {
    StringBuilder path = new StringBuilder();
    for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      boolean isPlain =
          c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || isMark(c);
      path.append(isPlain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    return path.toString();
  }

  private static boolean isMark(char c) {
    return PLAIN.indexOf(c) >= 0;
  }
}
