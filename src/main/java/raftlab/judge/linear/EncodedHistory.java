package raftlab.judge.linear;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import raftlab.judge.linear.HistoryOperation.OperationKind;
import raftlab.judge.linear.HistoryOperation.Outcome;
import raftlab.judge.linear.StateTransition.TransitionKind;

/**
 * A key's history as numbers: its operations are transitions between states. Open operations with
 * the same transition are grouped: it makes no difference which of them takes effect, so the one
 * called first always goes first.
 */
final class EncodedHistory {
  /** The transitions, each once. */
  final List<StateTransition> steps = new ArrayList<>();

  /** The texts that are appended. */
  final List<String> texts = new ArrayList<>();

  /** The operations that must take effect. */
  final List<HistoryOperation> definite;

  /** The number of the transition of each of them. */
  final int[] stepOf;

  /** The transitions of open operations. */
  final int[] openSteps;

  /** For each of these the open operations, in order of their calls. */
  final List<List<HistoryOperation>> open;

  final ValueNumbering states;
  final boolean hasAppends;
  final int initial;

  /**
   * Whether an answer contradicts itself: a cas that found what it expected, and was answered with
   * mismatch.
   */
  final boolean isAbsurd;

  private final Map<StateTransition, Integer> numbers = new HashMap<>();
  private final Map<String, Integer> textNumbers = new HashMap<>();

  EncodedHistory(List<HistoryOperation> history, @Nullable String initialValue) {
    RelevantOperations relevant = new RelevantOperations(history, initialValue == null);
    states = relevant.states();
    hasAppends = relevant.hasAppends();
    initial = states.of(initialValue);
    definite = relevant.definite();
    isAbsurd =
        definite.stream()
            .anyMatch(
                o -> o.outcome() == Outcome.MISMATCH && Objects.equals(o.result(), o.expect()));
    stepOf = definite.stream().mapToInt(this::stepNumber).toArray();
    Map<Integer, List<HistoryOperation>> sameStep = new LinkedHashMap<>();
    for (HistoryOperation operation : relevant.open()) {
      sameStep.computeIfAbsent(stepNumber(operation), s -> new ArrayList<>()).add(operation);
    }
    openSteps = sameStep.keySet().stream().mapToInt(Integer::intValue).toArray();
    open = List.copyOf(sameStep.values());
    open.forEach(same -> same.sort(Comparator.comparingLong(HistoryOperation::callTime)));
  }

  private int stepNumber(HistoryOperation operation) {
    return numbers.computeIfAbsent(
        step(operation),
        step -> {
          steps.add(step);
          return steps.size() - 1;
        });
  }

  private StateTransition step(HistoryOperation operation) {
    if (operation.kind() == OperationKind.GET || operation.outcome() == Outcome.MISMATCH) {
      return new StateTransition(TransitionKind.READ, states.of(operation.observedValue()), 0, 0);
    }
    return switch (operation.kind()) {
      case APPEND ->
          new StateTransition(TransitionKind.APPEND, 0, 0, textNumber(operation.appendedText()));
      case CAS -> cas(states.of(operation.expect()), states.of(operation.value()));
      default -> new StateTransition(TransitionKind.PUT, 0, states.of(operation.value()), 0);
    };
  }

  /** Encodes a cas; one from a value to itself only reads the value. */
  private static StateTransition cas(int from, int to) {
    return from == to
        ? new StateTransition(TransitionKind.READ, from, 0, 0)
        : new StateTransition(TransitionKind.CAS, from, to, 0);
  }

  private int textNumber(String text) {
    return textNumbers.computeIfAbsent(
        text,
        t -> {
          texts.add(t);
          return texts.size() - 1;
        });
  }

  StateTransition step(int number) {
    return steps.get(number);
  }

  /** Returns the state after an append. */
  int append(int state, int text) {
    return states.append(state, text, texts.get(text));
  }
}
