package raftlab.judge.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import raftlab.judge.linear.Operation.Kind;
import raftlab.judge.linear.Operation.Outcome;

/** The plainest checker: it tries all orders, without any cleverness. For a few operations only. */
final class EveryOrder {
  private EveryOrder() {}

  static boolean explains(List<Operation> history, String initial) {
    List<Operation> left = new ArrayList<>(history);
    left.removeIf(o -> o.isOpen() && o.kind() == Kind.GET);
    return canOrder(left, initial);
  }

  private static boolean canOrder(List<Operation> left, String value) {
    if (left.stream().allMatch(Operation::isOpen)) {
      return true;
    }
    long firstReturn = left.stream().mapToLong(Operation::ret).min().orElseThrow();
    for (int i = 0; i < left.size(); i++) {
      Operation operation = left.get(i);
      if (operation.call() <= firstReturn && isPossible(operation, value)) {
        List<Operation> rest = new ArrayList<>(left);
        rest.remove(i);
        if (canOrder(rest, after(operation, value))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isPossible(Operation operation, String value) {
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

  private static String after(Operation operation, String value) {
    if (!operation.writes()) {
      return value;
    }
    return operation.kind() == Kind.APPEND
        ? (value == null ? "" : value) + operation.value()
        : operation.value();
  }
}
