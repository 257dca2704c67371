package raftlab.handin.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The first bytes of a file, which decide how the system starts it.
 *
 * @param bytes at most {@link #BYTES}
 */
public record ProgramStart(byte[] bytes) {
  private static final int BYTES = 512;
  private static final byte[][] BINARY = {
    {0x7f, 'E', 'L', 'F'}, // Linux
    {(byte) 0xcf, (byte) 0xfa, (byte) 0xed, (byte) 0xfe}, // macOS
    {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe}, // macOS for several processors; Java
  };

  /** Reads a file. */
  public static ProgramStart of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new ProgramStart(in.readNBytes(BYTES));
    }
  }

  /** Whether the system can start the file. */
  public boolean isProgram() {
    return startsWith(new byte[] {'#', '!'}) || isLinuxProgram();
  }

  /** Whether it was compiled for Linux. */
  public boolean isLinuxProgram() {
    return startsWith(BINARY[0]);
  }

  /** Whether it was compiled, for any system or for Java. */
  public boolean isCompiled() {
    for (byte[] magic : BINARY) {
      if (startsWith(magic)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a byte order mark precedes the text: then the system doesn't see the first line. */
  public boolean hasByteOrderMark() {
    return startsWith(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
  }

  /** The first line with its {@code #!}, if the file has one, and with a carriage return. */
  public Optional<String> interpreterLine() {
    if (!startsWith(new byte[] {'#', '!'})) {
      return Optional.empty();
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    return Optional.of(end < 0 ? text : text.substring(0, end));
  }

  private boolean startsWith(byte[] magic) {
    if (bytes.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if (bytes[i] != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
