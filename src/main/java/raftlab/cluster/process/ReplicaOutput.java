package raftlab.cluster.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import raftlab.wire.PrintableText;

/**
 * Reads the output of a replica so that the replica never blocks on a full pipe. Passes on the
 * first lines and keeps the last ones; memory is bounded.
 */
final class ReplicaOutput implements Runnable {
  private static final int MAX_LINES = 5_000;

  /** The most characters of a line. */
  private static final int MAX_CHARS = 1_000;

  private static final int MAX_LAST_LINES = 20;

  private final InputStream stream;
  private final Consumer<String> lines;
  private final long maxOutput;
  private final Runnable onExceeded;
  private final Deque<String> lastLines = new ArrayDeque<>();
  private int forwardedLines;
  private long readOutput;

  ReplicaOutput(InputStream stream, Consumer<String> lines) {
    this(stream, lines, Long.MAX_VALUE, () -> {});
  }

  /**
   * Creates a reader.
   *
   * @param maxOutput the most characters
   * @param onExceeded is called once if there are more
   */
  ReplicaOutput(InputStream stream, Consumer<String> lines, long maxOutput, Runnable onExceeded) {
    this.stream = stream;
    this.lines = lines;
    this.maxOutput = maxOutput;
    this.onExceeded = onExceeded;
  }

  @Override
  public void run() {
    StringBuilder line = new StringBuilder();
    char[] buffer = new char[8192];
    try (Reader in = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        count(n);
        for (int i = 0; i < n; i++) {
          if (buffer[i] == '\n') {
            endLine(line);
          } else if (line.length() < MAX_CHARS) {
            line.append(buffer[i]);
          }
        }
      }
    } catch (IOException closed) {
      // The replica ended, and the pipe was closed.
    }
    if (!line.isEmpty()) {
      endLine(line);
    }
  }

  private void count(int characters) {
    boolean isExceeded = readOutput > maxOutput;
    readOutput += characters;
    if (readOutput > maxOutput && !isExceeded) {
      onExceeded.run();
    }
  }

  private void endLine(StringBuilder text) {
    String line = text.toString().stripTrailing();
    text.setLength(0);
    synchronized (lastLines) {
      lastLines.add(line);
      if (lastLines.size() > MAX_LAST_LINES) {
        lastLines.remove();
      }
    }
    forwardedLines++;
    if (forwardedLines < MAX_LINES) {
      lines.accept(PrintableText.of(line, MAX_CHARS));
    } else if (forwardedLines == MAX_LINES) {
      lines.accept("... (raftlab keeps no more than " + MAX_LINES + " lines)");
    }
  }

  /** Returns the last lines so far, oldest first; from any thread. */
  List<String> lastLines() {
    synchronized (lastLines) {
      return lastLines.stream().map(line -> PrintableText.of(line, MAX_CHARS)).toList();
    }
  }
}
