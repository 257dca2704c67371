package raftlab.cluster.virtual;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import raftlab.cluster.process.OutputLines;

/** The file to which a replica prints, read as it grows. What was read is cut off, now and then. */
final class OutputFile implements AutoCloseable {
  private static final long MAX_KEPT_BYTES = 1 << 20;

  private final FileChannel file;
  private final OutputLines lines;
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 13);
  private final CharBuffer characters = CharBuffer.allocate(1 << 13);
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private long position;

  OutputFile(Path path, Consumer<String> lines) throws IOException {
    this.file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    this.lines = new OutputLines(lines);
  }

  /** Reads what was written since the last call. */
  void read() {
    try {
      for (int n = file.read(bytes, position); n > 0; n = file.read(bytes, position)) {
        position += n;
        bytes.flip();
        decoder.decode(bytes, characters, false);
        bytes.compact();
        lines.add(characters.array(), characters.position());
        characters.clear();
      }
      if (position > MAX_KEPT_BYTES) {
        file.truncate(0);
        position = 0;
      }
    } catch (IOException unreadable) {
      return;
    }
  }

  /** Reads the rest. */
  void end() {
    read();
    lines.end();
  }

  List<String> lastLines() {
    return lines.lastLines();
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException closedAnyway) {
      return;
    }
  }
}
