package raftlab.judge.linear;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import raftlab.judge.linear.HistoryOperation.OperationKind;

/**
 * Reduces a history that isn't linearizable to the operations that show it.
 *
 * <p>First it finds the shortest prefix without an order. Then it removes single answers: a get
 * without an answer is dropped, and a write without one is open. That can only allow more orders,
 * never fewer; when no further answer can be removed, the rest is the core. At last it finds out
 * for which open writes the time of the call matters.
 */
final class HistoryMinimizer {
  private final String key;
  private final List<HistoryOperation> history;
  private final @Nullable String initial;
  private final SearchBudget budget;

  HistoryMinimizer(
      String key, List<HistoryOperation> history, @Nullable String initial, SearchBudget budget) {
    this.key = key;
    this.history = history;
    this.initial = initial;
    this.budget = budget;
  }

  LinearizabilityResult.NotLinearizable minimize() {
    List<HistoryOperation> prefix = shortestPrefix();
    List<List<HistoryOperation>> partial = new ArrayList<>();
    LinearizationSearch.of(prefix, initial, budget, partial);
    List<HistoryOperation> core = core(prefix);
    HistoryOperation last =
        core.stream()
            .filter(o -> !o.isOpen())
            .max(Comparator.comparingLong(HistoryOperation::returnTime))
            .orElseThrow();
    return new LinearizabilityResult.NotLinearizable(key, history, prefix, last, core, partial);
  }

  private boolean hasNoOrder(List<HistoryOperation> operations) {
    return !budget.isExhausted()
        && LinearizationSearch.of(operations, initial, budget)
            == LinearizationSearch.SearchResult.NONE;
  }

  /** Returns the shortest prefix without an order, as far as the budget allows. */
  private List<HistoryOperation> shortestPrefix() {
    TreeSet<Long> returns = new TreeSet<>();
    history.stream().filter(o -> !o.isOpen()).forEach(o -> returns.add(o.returnTime()));
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

  private List<HistoryOperation> upTo(long end) {
    List<HistoryOperation> prefix = new ArrayList<>();
    for (HistoryOperation operation : history) {
      if (operation.callTime() <= end) {
        HistoryOperation known =
            operation.returnTime() <= end ? operation : withoutAnswer(operation);
        if (known != null) {
          prefix.add(known);
        }
      }
    }
    return prefix;
  }

  /** Returns the operation without its answer; null for a get. */
  private static @Nullable HistoryOperation withoutAnswer(HistoryOperation operation) {
    return operation.kind() == OperationKind.GET ? null : operation.asOpen();
  }

  private List<HistoryOperation> core(List<HistoryOperation> prefix) {
    HistoryOperation[] left = prefix.toArray(HistoryOperation[]::new);
    reduce(left, o -> o != null && !o.isOpen(), HistoryMinimizer::withoutAnswer);
    reduce(
        left,
        o -> o != null && o.isOpen() && o.callTime() > Long.MIN_VALUE,
        HistoryOperation::withEarliestCall);
    List<HistoryOperation> core = new ArrayList<>();
    for (int i = 0; i < left.length; i++) {
      if (left[i] != null && left[i].callTime() > Long.MIN_VALUE) {
        core.add(left[i]);
      }
    }
    core.sort(Comparator.comparingLong(HistoryOperation::callTime));
    return core;
  }

  /**
   * Weakens as many operations as possible while no order exists: the oldest first, many at a time
   * and then fewer and fewer.
   */
  private void reduce(
      HistoryOperation[] left,
      java.util.function.Predicate<HistoryOperation> isStrong,
      UnaryOperator<HistoryOperation> weaker) {
    int size = left.length;
    do {
      size = (size + 1) / 2;
      List<Integer> strong = new ArrayList<>();
      for (int i = 0; i < left.length; i++) {
        if (isStrong.test(left[i])) {
          strong.add(i);
        }
      }
      strong.sort(Comparator.comparingLong(i -> left[i].returnTime()));
      for (int from = 0; from < strong.size() && !budget.isExhausted(); from += size) {
        weaken(
            left, Set.copyOf(strong.subList(from, Math.min(from + size, strong.size()))), weaker);
      }
    } while (size > 1 && !budget.isExhausted());
  }

  private void weaken(
      HistoryOperation[] left, Set<Integer> which, UnaryOperator<HistoryOperation> weaker) {
    HistoryOperation[] before = left.clone();
    which.forEach(i -> left[i] = weaker.apply(left[i]));
    List<HistoryOperation> operations = new ArrayList<>();
    for (HistoryOperation operation : left) {
      if (operation != null) {
        operations.add(operation);
      }
    }
    if (!hasNoOrder(operations)) {
      System.arraycopy(before, 0, left, 0, left.length);
    }
  }
}
