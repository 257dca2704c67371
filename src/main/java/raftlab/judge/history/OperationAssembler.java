package raftlab.judge.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import raftlab.judge.linear.HistoryOperation;
import raftlab.judge.linear.HistoryOperation.Kind;
import raftlab.judge.linear.HistoryOperation.Outcome;

/**
 * Makes operations of the lines of a log: each process invokes one operation at a time, and is told
 * later what became of it. The clock is the number of the line. What an operation is numbered by is
 * the line that invoked it.
 */
final class OperationAssembler implements OperationDescriber {
  /** What a line says of an operation. */
  enum Type {
    /** It was sent. */
    INVOKE,
    /** It was done. */
    OK,
    /** It did not happen. */
    FAIL,
    /** Nobody knows. */
    INFO
  }

  /**
   * One line that says something of an operation.
   *
   * @param value what is written, or was read
   * @param expect what a cas expects; null for any other
   */
  record Line(
      int number, String process, Type type, Kind kind, String key, String value, String expect) {}

  private final String initial;
  private final Map<String, Line> invoked = new HashMap<>();
  private final List<HistoryOperation> operations = new ArrayList<>();

  OperationAssembler(String initial) {
    this.initial = initial;
  }

  void take(Line line) throws HistoryException {
    if (line.type == Type.INVOKE) {
      Line before = invoked.putIfAbsent(line.process, line);
      if (before != null) {
        throw new HistoryException(
            "process "
                + line.process
                + " invokes an operation, but that of line "
                + before.number
                + " has not returned");
      }
      return;
    }
    Line call = invoked.remove(line.process);
    if (call == null || call.kind != line.kind || !call.key.equals(line.key)) {
      throw HistoryException.expected(
          call == null
              ? "an invocation before"
              : "that of the " + word(call.kind) + " of line " + call.number,
          "the end of a " + word(line.kind) + " of process " + line.process);
    }
    if (line.type != Type.FAIL) {
      operations.add(operation(call, line));
    }
  }

  /** A cas that failed did so since it found this value. */
  void takeMismatch(Line line, String found) throws HistoryException {
    Line call = invoked.get(line.process);
    take(line);
    operations.add(
        new HistoryOperation(
            call.number,
            call.process,
            Kind.CAS,
            call.key,
            call.value,
            call.expect,
            found,
            call.number,
            line.number,
            Outcome.MISMATCH));
  }

  private HistoryOperation operation(Line call, Line end) {
    boolean done = end != null && end.type == Type.OK;
    boolean isGet = call.kind == Kind.GET;
    String result = done && isGet ? (end.value == null ? initial : end.value) : null;
    return new HistoryOperation(
        call.number,
        call.process,
        call.kind,
        call.key,
        isGet ? null : call.value,
        call.expect,
        result,
        call.number,
        done ? end.number : HistoryOperation.NEVER,
        done ? Outcome.DONE : Outcome.OPEN);
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** All operations; those that have not returned are open. */
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
    return "process " + operation.process() + " (line " + operation.number() + ")";
  }

  @Override
  public int timesSent(HistoryOperation operation) {
    return 1;
  }
}
