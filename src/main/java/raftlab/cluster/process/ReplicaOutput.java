package raftlab.cluster.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Reads the output of a replica so that the replica never blocks on a full pipe. */
final class ReplicaOutput implements Runnable {
  private final InputStream stream;
  private final OutputLines lines;
  private final long maxOutput;
  private final Runnable onExceeded;
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
    this.lines = new OutputLines(lines);
    this.maxOutput = maxOutput;
    this.onExceeded = onExceeded;
  }

  @Override
  public void run() {
    char[] buffer = new char[8192];
    try (Reader in = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        count(n);
        lines.add(buffer, n);
      }
    } catch (IOException closed) {
      // The replica ended, and the pipe was closed.
    }
    lines.end();
  }

  private void count(int characters) {
    boolean isExceeded = readOutput > maxOutput;
    readOutput += characters;
    if (readOutput > maxOutput && !isExceeded) {
      onExceeded.run();
    }
  }

  /** Returns the last lines so far, oldest first; from any thread. */
  List<String> lastLines() {
    return lines.lastLines();
  }
}
