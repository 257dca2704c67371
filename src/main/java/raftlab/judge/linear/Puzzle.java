package raftlab.judge.linear;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import raftlab.judge.linear.Operation.Kind;
import raftlab.judge.linear.Operation.Outcome;
import raftlab.judge.linear.Step.Act;

/**
 * A key's history in numbers: its operations as steps between states. Open operations with the same
 * step are kept together: which of them takes effect makes no difference, so that the one called
 * first always goes first.
 */
final class Puzzle {
  /** The steps, each once. */
  final List<Step> steps = new ArrayList<>();

  /** The texts that are appended. */
  final List<String> texts = new ArrayList<>();

  /** What must take effect. */
  final List<Operation> definite;

  /** The number of the step of each of them. */
  final int[] stepOf;

  /** The steps that open operations make. */
  final int[] openSteps;

  /** For each of these the open operations that make it, by their calls. */
  final List<List<Operation>> open;

  final States states;
  final boolean hasAppends;
  final int initial;

  /**
   * Whether an answer contradicts itself: a cas that found what it expected, and yet mismatched.
   */
  final boolean isAbsurd;

  private final Map<Step, Integer> numbers = new HashMap<>();
  private final Map<String, Integer> textNumbers = new HashMap<>();

  Puzzle(List<Operation> history, String initialValue) {
    Relevant relevant = new Relevant(history, initialValue == null);
    states = relevant.states();
    hasAppends = relevant.hasAppends();
    initial = states.of(initialValue);
    definite = relevant.definite();
    isAbsurd =
        definite.stream()
            .anyMatch(
                o -> o.outcome() == Outcome.MISMATCH && Objects.equals(o.result(), o.expect()));
    stepOf = definite.stream().mapToInt(this::stepNumber).toArray();
    Map<Integer, List<Operation>> sameStep = new LinkedHashMap<>();
    for (Operation operation : relevant.open()) {
      sameStep.computeIfAbsent(stepNumber(operation), s -> new ArrayList<>()).add(operation);
    }
    openSteps = sameStep.keySet().stream().mapToInt(Integer::intValue).toArray();
    open = List.copyOf(sameStep.values());
    open.forEach(same -> same.sort(Comparator.comparingLong(Operation::call)));
  }

  private int stepNumber(Operation operation) {
    return numbers.computeIfAbsent(
        step(operation),
        step -> {
          steps.add(step);
          return steps.size() - 1;
        });
  }

  private Step step(Operation operation) {
    if (operation.kind() == Kind.GET || operation.outcome() == Outcome.MISMATCH) {
      return new Step(Act.READ, states.of(operation.observed()), 0, 0);
    }
    return switch (operation.kind()) {
      case APPEND -> new Step(Act.APPEND, 0, 0, textNumber(operation.value()));
      case CAS -> cas(states.of(operation.expect()), states.of(operation.value()));
      default -> new Step(Act.PUT, 0, states.of(operation.value()), 0);
    };
  }

  /** A cas from a value to itself tells of the value, and no more. */
  private static Step cas(int from, int to) {
    return from == to ? new Step(Act.READ, from, 0, 0) : new Step(Act.CAS, from, to, 0);
  }

  private int textNumber(String text) {
    return textNumbers.computeIfAbsent(
        text,
        t -> {
          texts.add(t);
          return texts.size() - 1;
        });
  }

  Step step(int number) {
    return steps.get(number);
  }

  /** The state after an append. */
  int append(int state, int text) {
    return states.append(state, text, texts.get(text));
  }
}
