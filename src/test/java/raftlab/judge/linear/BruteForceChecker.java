package raftlab.judge.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import raftlab.judge.linear.HistoryOperation.OperationKind;
import raftlab.judge.linear.HistoryOperation.Outcome;

/** The plainest checker: it tries all orders, without any cleverness. For a few operations only. */
final class BruteForceChecker {
  private BruteForceChecker() {}

  static boolean explains(List<HistoryOperation> history, String initial) {
    List<HistoryOperation> left = new ArrayList<>(history);
    left.removeIf(o -> o.isOpen() && o.kind() == OperationKind.GET);
    return canOrder(left, initial);
  }

  private static boolean canOrder(List<HistoryOperation> left, String value) {
    if (left.stream().allMatch(HistoryOperation::isOpen)) {
      return true;
    }
    long firstReturn = left.stream().mapToLong(HistoryOperation::returnTime).min().orElseThrow();
    for (int i = 0; i < left.size(); i++) {
      HistoryOperation operation = left.get(i);
      if (operation.callTime() <= firstReturn && isPossible(operation, value)) {
        List<HistoryOperation> rest = new ArrayList<>(left);
        rest.remove(i);
        if (canOrder(rest, after(operation, value))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isPossible(HistoryOperation operation, String value) {
    return switch (operation.kind()) {
      case GET -> Objects.equals(operation.result(), value);
      case PUT, APPEND -> true;
      case CAS ->
          operation.outcome() == Outcome.MISMATCH
              ? Objects.equals(operation.result(), value)
                  && !Objects.equals(operation.expect(), value)
              : Objects.equals(operation.expect(), value);
    };
  }

  private static String after(HistoryOperation operation, String value) {
    if (!operation.mayWrite()) {
      return value;
    }
    return operation.kind() == OperationKind.APPEND
        ? (value == null ? "" : value) + operation.value()
        : operation.value();
  }
}
