package raftlab.judge.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import raftlab.trace.TraceFile;
import raftlab.wire.PrintableText;

/** Reads a history from a file in one of several formats. */
public final class HistoryFile {
  private static final String FORMATS =
      "a raftlab trace, JSON lines, EDN lines or a Jepsen log of a register";

  private HistoryFile() {}

  /**
   * Reads a file; its content determines the format.
   *
   * @throws IOException if it can't be read, or has none of the formats; the message names file and
   *     line
   */
  public static History read(Path file, InitialState model) throws IOException {
    int number = 0;
    try (BufferedReader in = Files.newBufferedReader(file)) {
      HistoryFormat format = null;
      OperationAssembler processes = null;
      String first = null;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        if (first == null && line.startsWith("{\"raftlab-trace\"")) {
          return trace(file, model);
        }
        if (format == null) {
          format = format(line, first == null);
          processes = format == null ? null : new OperationAssembler(model.initial(format.model()));
        }
        first = first == null ? line : first;
        if (format != null && processes != null) {
          format.read(line, number, processes);
        }
      }
      if (processes == null) {
        number = 1;
        throw HistoryException.expected(
            FORMATS, first == null ? "nothing" : "\"" + PrintableText.of(first, 40) + "\"");
      }
      return processes.history();
    } catch (CharacterCodingException binary) {
      throw new IOException(file + ": found bytes that are not UTF-8, expected " + FORMATS, binary);
    } catch (HistoryException wrong) {
      throw new IOException(file + ":" + number + ": " + wrong.getMessage(), wrong);
    }
  }

  /** Returns the format of a line; null for none. */
  private static @Nullable HistoryFormat format(String line, boolean isFirst) {
    if (isFirst && line.stripLeading().startsWith("{")) {
      return line.stripLeading().substring(1).stripLeading().startsWith(":")
          ? new EdnHistoryFormat()
          : new JsonHistoryFormat();
    }
    return JepsenLogFormat.isLine(line) ? new JepsenLogFormat() : null;
  }

  private static History trace(Path file, InitialState model) throws IOException {
    if (model == InitialState.REGISTER) {
      throw new IOException(file + ": found a raftlab trace, which is of a key-value store");
    }
    TraceHistory history = new TraceHistory(TraceFile.read(file));
    return new History(history.operations(), "", history);
  }
}
