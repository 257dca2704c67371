package raftlab.judge.linear;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import raftlab.judge.linear.HistoryOperation.OperationKind;

/**
 * Selects the operations of a key's history that can affect whether an order exists.
 *
 * <p>An open operation may always be left out. Including it can help only if some answer depends on
 * it; otherwise it is dropped. Call a value <i>observed</i> if a get or a mismatched cas returned
 * it, or if a cas that was done, or an open one that is kept, expects it. In an order that explains
 * all answers and uses an open operation p, look at the operations after p up to the next put (or
 * the end).
 *
 * <ul>
 *   <li>A <b>get</b> changes nothing; an open one has no answer.
 *   <li>A <b>put</b> of v: until the next put the value is v with the texts appended since, so it
 *       begins with v. If no observed value begins with v, no get or cas after p depends on the
 *       value. So p can be left out: appends after it then change another value, which no answer
 *       shows either; the put after them hides the difference. (Without any append on the key the
 *       value is v itself, so v must be observed.)
 *   <li>A <b>cas</b> from e to v, if it takes effect, is like the put; if it doesn't, it does
 *       nothing. If it is kept, e counts as observed; and so on until nothing changes.
 *   <li>An <b>append</b> of a: until the next put (or cas, which shows its value) the value
 *       contains a. If no observed value contains it, p can be left out for the same reason.
 * </ul>
 *
 * <p>An append of nothing (unless there is a value that isn't set), and an open cas from a value to
 * itself, have no effect.
 */
final class RelevantOperations {
  private final List<HistoryOperation> definite = new ArrayList<>();
  private final List<HistoryOperation> open = new ArrayList<>();
  private final TreeSet<String> observedValues = new TreeSet<>();
  private final boolean appends;
  private final boolean nilAtFirst;
  private boolean nilObserved;

  RelevantOperations(List<HistoryOperation> history, boolean nilAtFirst) {
    this.nilAtFirst = nilAtFirst;
    List<HistoryOperation> candidates = new ArrayList<>();
    for (HistoryOperation operation : history) {
      if (doesNothing(operation)) {
        continue;
      }
      (operation.isOpen() ? candidates : definite).add(operation);
      if (operation.observesValue()) {
        addObserved(operation.observedValue());
      }
    }
    appends = history.stream().anyMatch(o -> o.kind() == OperationKind.APPEND && !doesNothing(o));
    while (keepSome(candidates)) {
      // A kept cas adds an observed value, for which more operations must be kept.
    }
  }

  private boolean doesNothing(HistoryOperation operation) {
    return switch (operation.kind()) {
      case APPEND -> operation.appendedText().isEmpty() && !nilAtFirst;
      case GET -> operation.isOpen();
      case CAS -> operation.isOpen() && Objects.equals(operation.value(), operation.expect());
      case PUT -> false;
    };
  }

  private void addObserved(@Nullable String value) {
    if (value == null) {
      nilObserved = true;
    } else {
      observedValues.add(value);
    }
  }

  private boolean keepSome(List<HistoryOperation> candidates) {
    int values = observedValues.size();
    boolean nil = nilObserved;
    Set<String> containing = appends ? longest() : Set.of();
    List<HistoryOperation> left = new ArrayList<>();
    for (HistoryOperation operation : candidates) {
      if (!isSeen(operation, containing)) {
        left.add(operation);
        continue;
      }
      open.add(operation);
      if (operation.kind() == OperationKind.CAS) {
        addObserved(operation.expect());
      }
    }
    candidates.clear();
    candidates.addAll(left);
    return observedValues.size() > values || nil != nilObserved;
  }

  private boolean isSeen(HistoryOperation operation, Set<String> containing) {
    if (operation.kind() == OperationKind.APPEND) {
      return containing.stream().anyMatch(value -> value.contains(operation.appendedText()));
    }
    if (operation.value() == null) {
      return nilObserved || appends;
    }
    String next = observedValues.ceiling(operation.value());
    return next != null
        && (appends ? next.startsWith(operation.value()) : next.equals(operation.value()));
  }

  /** Returns the observed values that are no prefix of another. */
  private Set<String> longest() {
    Set<String> longest = new HashSet<>();
    String previous = null;
    for (String value : observedValues) {
      if (previous != null && !value.startsWith(previous)) {
        longest.add(previous);
      }
      previous = value;
    }
    if (previous != null) {
      longest.add(previous);
    }
    return longest;
  }

  /** Returns the operations that must be in every order. */
  List<HistoryOperation> definite() {
    return definite;
  }

  /** Returns the operations that may be in an order. */
  List<HistoryOperation> open() {
    return open;
  }

  /** Returns the numbers of all relevant values. */
  ValueNumbering states() {
    return new ValueNumbering(observedValues, appends);
  }

  /** Whether there are appends; then a value can change without being replaced. */
  boolean hasAppends() {
    return appends;
  }
}
