package raftlab.scenario.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import raftlab.scenario.FileProblem;
import raftlab.scenario.ScenarioException;

/** Reads a text file, or explains why it can't be read. */
final class TextFileReader {
  private static final int MAX_BYTES = 1 << 20;

  private TextFileReader() {}

  /** The text of a file in UTF-8. */
  static String read(Path path) throws ScenarioException {
    String file = path.toString();
    if (Files.isDirectory(path)) {
      throw new ScenarioException(FileProblem.ofFile(file, "is a folder", "a JSON file"));
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new ScenarioException(FileProblem.ofFile(file, "no such file", "a JSON file"));
    } catch (AccessDeniedException e) {
      throw new ScenarioException(
          FileProblem.ofFile(file, "no permission to read this file", "a readable JSON file"));
    } catch (IOException e) {
      throw new ScenarioException(
          FileProblem.ofFile(
              file, "can't read this file: " + e.getMessage(), "a readable JSON file"));
    }
    if (bytes.length > MAX_BYTES) {
      throw new ScenarioException(
          FileProblem.ofFile(file, "the file is larger than 1 MiB", "a smaller JSON file"));
    }
    return decode(file, bytes);
  }

  private static String decode(String file, byte[] bytes) throws ScenarioException {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    boolean malformed = decoder.decode(in, out, true).isError();
    String text = out.flip().toString();
    if (malformed) {
      int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
      int column = text.length() - text.lastIndexOf('\n');
      String found = String.format(Locale.ROOT, "the byte 0x%02x is not UTF-8", in.get() & 0xff);
      throw new ScenarioException(
          new FileProblem(
              file, line, column, found, "a file saved as UTF-8 without byte order mark"));
    }
    return text;
  }
}
