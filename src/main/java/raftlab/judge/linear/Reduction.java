package raftlab.judge.linear;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import raftlab.judge.linear.Operation.Kind;

/**
 * Reduces a history that isn't linearizable to what shows it.
 *
 * <p>First its end is cut off, as long as no order explains what is left. Then single answers are
 * forgotten: a get without its answer is nothing, and a write without one is open. That can only
 * allow more orders, never fewer; what still has none when nothing more can be forgotten is the
 * core. At last it is found out which open writes matter by the time of their call.
 */
final class Reduction {
  private final String key;
  private final List<Operation> history;
  private final String initial;
  private final Budget budget;

  Reduction(String key, List<Operation> history, String initial, Budget budget) {
    this.key = key;
    this.history = history;
    this.initial = initial;
    this.budget = budget;
  }

  Finding.NotLinearizable finding() {
    List<Operation> prefix = shortestPrefix();
    List<List<Operation>> partial = new ArrayList<>();
    Search.of(prefix, initial, budget, partial);
    List<Operation> core = core(prefix);
    Operation last =
        core.stream()
            .filter(o -> !o.isOpen())
            .max(Comparator.comparingLong(Operation::ret))
            .orElseThrow();
    return new Finding.NotLinearizable(key, history, prefix, last, core, partial);
  }

  private boolean hasNoOrder(List<Operation> operations) {
    return !budget.isSpent() && Search.of(operations, initial, budget) == Search.Result.NONE;
  }

  /** What had happened when no order was left; cut where the budget allows. */
  private List<Operation> shortestPrefix() {
    TreeSet<Long> returns = new TreeSet<>();
    history.stream().filter(o -> !o.isOpen()).forEach(o -> returns.add(o.ret()));
    List<Long> ends = List.copyOf(returns);
    int low = 0;
    int high = ends.size() - 1;
    while (low < high) {
      int middle = (low + high) / 2;
      if (hasNoOrder(upTo(ends.get(middle)))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return upTo(ends.get(high));
  }

  private List<Operation> upTo(long end) {
    List<Operation> prefix = new ArrayList<>();
    for (Operation operation : history) {
      if (operation.call() <= end) {
        Operation known = operation.ret() <= end ? operation : forgotten(operation);
        if (known != null) {
          prefix.add(known);
        }
      }
    }
    return prefix;
  }

  /** The operation without its answer; null for a get. */
  private static Operation forgotten(Operation operation) {
    return operation.kind() == Kind.GET ? null : operation.opened();
  }

  private List<Operation> core(List<Operation> prefix) {
    Operation[] left = prefix.toArray(Operation[]::new);
    reduce(left, o -> o != null && !o.isOpen(), Reduction::forgotten);
    reduce(left, o -> o != null && o.isOpen() && o.call() > Long.MIN_VALUE, Operation::calledFirst);
    List<Operation> core = new ArrayList<>();
    for (int i = 0; i < left.length; i++) {
      if (left[i] != null && left[i].call() > Long.MIN_VALUE) {
        core.add(left[i]);
      }
    }
    core.sort(Comparator.comparingLong(Operation::call));
    return core;
  }

  /**
   * Weakens as many operations as it can, the oldest first, many at a time and then fewer and
   * fewer, so that no order is possible even then.
   */
  private void reduce(
      Operation[] left,
      java.util.function.Predicate<Operation> isStrong,
      UnaryOperator<Operation> weaker) {
    int size = left.length;
    do {
      size = (size + 1) / 2;
      List<Integer> strong = new ArrayList<>();
      for (int i = 0; i < left.length; i++) {
        if (isStrong.test(left[i])) {
          strong.add(i);
        }
      }
      strong.sort(Comparator.comparingLong(i -> left[i].ret()));
      for (int from = 0; from < strong.size() && !budget.isSpent(); from += size) {
        weaken(
            left, Set.copyOf(strong.subList(from, Math.min(from + size, strong.size()))), weaker);
      }
    } while (size > 1 && !budget.isSpent());
  }

  private void weaken(Operation[] left, Set<Integer> which, UnaryOperator<Operation> weaker) {
    Operation[] before = left.clone();
    which.forEach(i -> left[i] = weaker.apply(left[i]));
    List<Operation> operations = new ArrayList<>();
    for (Operation operation : left) {
      if (operation != null) {
        operations.add(operation);
      }
    }
    if (!hasNoOrder(operations)) {
      System.arraycopy(before, 0, left, 0, left.length);
    }
  }
}
