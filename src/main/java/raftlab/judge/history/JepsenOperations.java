package raftlab.judge.history;

import java.util.List;
import org.jspecify.annotations.Nullable;
import raftlab.judge.history.OperationAssembler.LogLine;
import raftlab.judge.history.OperationAssembler.LogLineType;
import raftlab.judge.linear.HistoryOperation.OperationKind;

/**
 * Operations in Jepsen's form: {@code :f :read}, {@code :write} or {@code :cas} of one register, or
 * of several whose values are {@code [KEY VALUE]}, as in {@code :cas [7 [0 3]]}. All operations of
 * a history have keys, or none has. The nemesis is left out.
 */
final class JepsenOperations {
  /** The name of a register without a key. */
  private static final String REGISTER = "register";

  private static final String NEMESIS = "nemesis";

  /** The value of an operation, without its key. */
  private record Keyed(boolean hasKey, String key, @Nullable Object value) {}

  private final OperationAssembler operations;
  private boolean keyed;

  /** The line of the first operation; 0 before it. */
  private int first;

  JepsenOperations(OperationAssembler operations) {
    this.operations = operations;
  }

  /** Whether this process is the one that injects faults. */
  static boolean isNemesis(@Nullable Object process) {
    return process instanceof EdnReader.Keyword keyword && keyword.name().equals(NEMESIS);
  }

  /**
   * Adds one event.
   *
   * @param number the number of the event, ascending
   * @param line its line in the file
   * @throws HistoryException if it isn't an operation of a register
   */
  void add(
      int number,
      int line,
      String process,
      LogLineType type,
      OperationKind kind,
      @Nullable Object value)
      throws HistoryException {
    if (kind == OperationKind.APPEND) {
      throw HistoryVocabulary.otherType("append", "lists");
    } else if (type == LogLineType.FAIL || type == LogLineType.INFO) {
      // Jepsen's old tests end a write with :fail and the value :timed-out; it may have happened.
      LogLineType end = value instanceof EdnReader.Keyword ? LogLineType.INFO : type;
      operations.add(new LogLine(number, line, process, end, kind, null, null, null));
    } else if (type == LogLineType.OK && kind != OperationKind.GET) {
      // What it wrote is in its invocation.
      operations.add(new LogLine(number, line, process, type, kind, null, null, null));
    } else {
      Keyed parts = split(kind, value);
      requireSameForm(parts, line, value);
      operations.add(
          kind == OperationKind.CAS
              ? cas(number, line, process, type, parts)
              : new LogLine(
                  number,
                  line,
                  process,
                  type,
                  kind,
                  parts.key,
                  kind == OperationKind.PUT ? written(parts.value) : read(parts.value),
                  null));
    }
  }

  private static LogLine cas(int number, int line, String process, LogLineType type, Keyed parts)
      throws HistoryException {
    if (!(parts.value instanceof List<?> pair) || pair.size() != 2) {
      throw HistoryException.expected("[EXPECTED NEW]", EdnReader.shown(parts.value));
    }
    return new LogLine(
        number,
        line,
        process,
        type,
        OperationKind.CAS,
        parts.key,
        EdnReader.text(pair.get(1)),
        EdnReader.text(pair.get(0)));
  }

  private static String written(@Nullable Object value) throws HistoryException {
    if (value == null) {
      throw HistoryException.expected("a value to write", "none");
    }
    return EdnReader.scalar(value);
  }

  private static @Nullable String read(@Nullable Object value) throws HistoryException {
    if (EdnReader.isCollection(value)) {
      throw HistoryException.expected(
          "the single value of a register; raftlab judges no sets, lists or maps",
          "a read of " + EdnReader.shown(value));
    }
    return EdnReader.text(value);
  }

  /** Separates the key of a value {@code [KEY VALUE]}. */
  private static Keyed split(OperationKind kind, @Nullable Object value) throws HistoryException {
    if (value instanceof List<?> parts
        && parts.size() == 2
        && (kind != OperationKind.CAS || parts.get(1) instanceof List<?>)) {
      String key = EdnReader.text(parts.get(0));
      return new Keyed(true, key == null ? "nil" : key, parts.get(1));
    }
    return new Keyed(false, REGISTER, value);
  }

  private void requireSameForm(Keyed parts, int line, @Nullable Object value)
      throws HistoryException {
    if (first == 0) {
      first = line;
      keyed = parts.hasKey;
    } else if (keyed && !parts.hasKey) {
      throw HistoryException.expected(
          "a value with a key, [KEY VALUE], as in line " + first, EdnReader.shown(value));
    } else if (!keyed && parts.hasKey) {
      throw HistoryException.expected(
          "a value without a key, as in line " + first, EdnReader.shown(value));
    }
  }
}
