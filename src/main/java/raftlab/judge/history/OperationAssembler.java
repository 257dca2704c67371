package raftlab.judge.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import raftlab.judge.linear.HistoryOperation;
import raftlab.judge.linear.HistoryOperation.OperationKind;
import raftlab.judge.linear.HistoryOperation.Outcome;

/**
 * Builds operations from the lines of a log: each process invokes one operation at a time, and a
 * later line has its result. The clock is the number of the line, or of the event if several may
 * share a line. The number of an operation is that of its invocation.
 */
final class OperationAssembler implements OperationDescriber {
  /** The type of a line. */
  enum LogLineType {
    /** The operation was sent. */
    INVOKE,
    /** It was done. */
    OK,
    /** It did not happen. */
    FAIL,
    /** The result is unknown. */
    INFO
  }

  /**
   * A line about an operation.
   *
   * @param number the number of the event, ascending in the file
   * @param line its line
   * @param key the key; null for that of the invocation
   * @param value the value that is written, or was read
   * @param expect the value that a cas expects; null for any other
   */
  record LogLine(
      int number,
      int line,
      String process,
      LogLineType type,
      OperationKind kind,
      @Nullable String key,
      @Nullable String value,
      @Nullable String expect) {}

  private final @Nullable String initial;
  private final Map<String, LogLine> invoked = new HashMap<>();
  private final List<HistoryOperation> operations = new ArrayList<>();

  /** The lines of the operations by their numbers. */
  private final Map<Integer, Integer> lines = new HashMap<>();

  OperationAssembler(@Nullable String initial) {
    this.initial = initial;
  }

  void add(LogLine line) throws HistoryException {
    if (line.type == LogLineType.INVOKE) {
      LogLine before = invoked.putIfAbsent(line.process, line);
      lines.put(line.number, line.line);
      if (before != null) {
        throw new HistoryException(
            "process "
                + line.process
                + " invokes an operation, but that of line "
                + before.line
                + " has not returned");
      }
      return;
    }
    LogLine call = invoked.remove(line.process);
    if (call == null || call.kind != line.kind || isOfOtherKey(call, line)) {
      throw HistoryException.expected(
          call == null
              ? "an invocation before"
              : "that of the " + word(call.kind) + " of line " + call.line,
          "the end of a " + word(line.kind) + " of process " + line.process);
    }
    if (line.type != LogLineType.FAIL) {
      operations.add(operation(call, line));
    }
  }

  private static boolean isOfOtherKey(LogLine call, LogLine end) {
    return end.key != null && !end.key.equals(call.key);
  }

  private static String key(LogLine call) {
    return Objects.requireNonNull(call.key, "an invocation has a key");
  }

  /** Handles a cas that failed because it found this value. */
  void addMismatch(LogLine line, @Nullable String found) throws HistoryException {
    LogLine call = invoked.get(line.process);
    add(line);
    Objects.requireNonNull(call, "add() throws if there is none");
    operations.add(
        new HistoryOperation(
            call.number,
            call.process,
            OperationKind.CAS,
            key(call),
            call.value,
            call.expect,
            found,
            call.number,
            line.number,
            Outcome.MISMATCH));
  }

  /** Returns the operation; it is open if there is no line with its result. */
  private HistoryOperation operation(LogLine call, @Nullable LogLine end) {
    LogLine ok = end != null && end.type == LogLineType.OK ? end : null;
    boolean isGet = call.kind == OperationKind.GET;
    String result = ok == null || !isGet ? null : ok.value == null ? initial : ok.value;
    return new HistoryOperation(
        call.number,
        call.process,
        call.kind,
        key(call),
        isGet ? null : call.value,
        call.expect,
        result,
        call.number,
        ok == null ? HistoryOperation.NEVER : ok.number,
        ok == null ? Outcome.OPEN : Outcome.DONE);
  }

  private static String word(OperationKind kind) {
    return kind.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Returns the history; operations without a result are open. */
  History history() {
    List<HistoryOperation> all = new ArrayList<>(operations);
    invoked.values().forEach(call -> all.add(operation(call, null)));
    all.sort(java.util.Comparator.comparingInt(HistoryOperation::number));
    return new History(all, initial, this);
  }

  @Override
  public String answered(HistoryOperation operation, String what) {
    return what + " by " + author(operation) + " was answered with";
  }

  @Override
  public String author(HistoryOperation operation) {
    return "process " + operation.process() + " (line " + lines.get(operation.number()) + ")";
  }

  @Override
  public int timesSent(HistoryOperation operation) {
    return 1;
  }
}
