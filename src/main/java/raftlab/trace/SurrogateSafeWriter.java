package raftlab.trace;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/**
 * Writes JSON to a file in UTF-8 and escapes unpaired surrogates, which UTF-8 can't encode; texts
 * of replicas may contain them. The two chars of a character must come in one call.
 */
final class SurrogateSafeWriter extends FilterWriter {
  SurrogateSafeWriter(Writer out) {
    super(out);
  }

  @Override
  public void write(int c) throws IOException {
    write(new char[] {(char) c}, 0, 1);
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    write(new String(text, offset, length), 0, length);
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    int written = offset;
    int end = offset + length;
    int i = offset;
    while (i < end) {
      int c = text.codePointAt(i);
      if (isUnpairedSurrogate(c)) {
        out.write(text, written, i - written);
        out.write(String.format(Locale.ROOT, "\\u%04x", c));
        written = i + 1;
      }
      i += Character.charCount(c);
    }
    out.write(text, written, end - written);
  }

  private static boolean isUnpairedSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
