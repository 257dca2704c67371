package raftlab.judge.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import raftlab.trace.TraceFile;
import raftlab.wire.PrintableText;

/** Reads a history from a file in one of several formats. */
public final class HistoryFile {
  private static final String FORMATS =
      "a raftlab trace, JSON lines, EDN (as Jepsen's history.edn) or a log of Jepsen";

  private static final Pattern JSON_LIST = Pattern.compile("\\[\\s*\\{\\s*\"");
  private static final Pattern EDN = Pattern.compile("\\{\\s*:|[\\[(#;]");

  private HistoryFile() {}

  /**
   * Reads a file; its content determines the format.
   *
   * @throws IOException if it can't be read, or has none of the formats; the message names file and
   *     line
   */
  public static History read(Path file, InitialState model) throws IOException {
    try {
      if (TraceFile.isTrace(file) || firstLine(file).startsWith("{\"raftlab-trace\"")) {
        return trace(file, model);
      }
      String text = Files.readString(file).replaceFirst("^\uFEFF", "");
      return isEdn(text) ? EdnHistory.read(text, model) : readLines(text, model);
    } catch (CharacterCodingException binary) {
      throw new IOException(file + ": found bytes that are not UTF-8, expected " + FORMATS, binary);
    } catch (HistoryException wrong) {
      throw new IOException(file + ":" + wrong.line() + ": " + wrong.getMessage(), wrong);
    }
  }

  /**
   * Returns the first line that isn't blank; "" for none. A trace may be too large to read twice.
   */
  private static String firstLine(Path file) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(file)) {
      String line = in.readLine();
      while (line != null && line.isBlank()) {
        line = in.readLine();
      }
      return line == null ? "" : line;
    }
  }

  /** Whether the text begins as EDN does: with a keyword in a map, a list, a tag or a comment. */
  private static boolean isEdn(String text) throws HistoryException {
    String begin = text.stripLeading();
    if (JSON_LIST.matcher(begin).lookingAt()) {
      int line =
          1 + (int) text.substring(0, text.indexOf('[')).chars().filter(c -> c == '\n').count();
      throw HistoryException.expected("JSON lines: one object a line, in no list", "a JSON list")
          .at(line);
    }
    return EDN.matcher(begin).lookingAt();
  }

  private static History readLines(String text, InitialState model) throws HistoryException {
    HistoryFormat format = null;
    OperationAssembler processes = null;
    String first = null;
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      if (format == null) {
        format = format(line, first == null);
        processes = format == null ? null : new OperationAssembler(model.initial(format.model()));
      }
      first = first == null ? line : first;
      if (format != null && processes != null) {
        try {
          format.read(line, number, processes);
        } catch (HistoryException wrong) {
          throw wrong.inLine(number);
        }
      }
    }
    if (processes == null) {
      String found = first == null ? "nothing" : "\"" + PrintableText.of(first, 40) + "\"";
      throw HistoryException.expected(FORMATS, found).at(1);
    }
    return processes.history();
  }

  /** Returns the format of a line; null for none. */
  private static @Nullable HistoryFormat format(String line, boolean isFirst) {
    if (isFirst && line.stripLeading().startsWith("{")) {
      return new JsonHistoryFormat();
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
