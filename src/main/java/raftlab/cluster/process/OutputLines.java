package raftlab.cluster.process;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import raftlab.wire.PrintableText;

/**
 * Splits the output of a replica into lines. Passes on the first lines and keeps the last ones;
 * memory is bounded.
 */
public final class OutputLines {
  private static final int MAX_LINES = 5_000;

  /** The most characters of a line. */
  private static final int MAX_CHARS = 1_000;

  private static final int MAX_LAST_LINES = 20;

  private final Consumer<String> lines;
  private final StringBuilder line = new StringBuilder();
  private final Deque<String> lastLines = new ArrayDeque<>();
  private int forwardedLines;

  /** Passes lines on to this consumer. */
  public OutputLines(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Adds output. */
  public void add(char[] characters, int length) {
    for (int i = 0; i < length; i++) {
      if (characters[i] == '\n') {
        endLine();
      } else if (line.length() < MAX_CHARS) {
        line.append(characters[i]);
      }
    }
  }

  /** The output ends here, perhaps within a line. */
  public void end() {
    if (!line.isEmpty()) {
      endLine();
    }
  }

  private void endLine() {
    String text = line.toString().stripTrailing();
    line.setLength(0);
    synchronized (lastLines) {
      lastLines.add(text);
      if (lastLines.size() > MAX_LAST_LINES) {
        lastLines.remove();
      }
    }
    forwardedLines++;
    if (forwardedLines < MAX_LINES) {
      lines.accept(PrintableText.of(text, MAX_CHARS));
    } else if (forwardedLines == MAX_LINES) {
      lines.accept("... (raftlab keeps no more than " + MAX_LINES + " lines)");
    }
  }

  /** Returns the last lines so far, oldest first; from any thread. */
  public List<String> lastLines() {
    synchronized (lastLines) {
      return lastLines.stream().map(text -> PrintableText.of(text, MAX_CHARS)).toList();
    }
  }
}
