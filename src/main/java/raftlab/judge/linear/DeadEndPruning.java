package raftlab.judge.linear;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import raftlab.judge.linear.StateTransition.TransitionKind;

/**
 * Tracks what the operations that are not placed yet require of future states. An order that can't
 * meet these requirements is abandoned at once.
 *
 * <p>For each state on which an answer depends, this counts the reads that must find it; the exits,
 * which are the operations that must start in it and replace it, each on a separate visit; and its
 * makers, the operations that may produce it. An operation that leaves a state without remaining
 * makers must not leave reads or exits of it behind; and there must be no more exits than makers.
 *
 * <p>If a required state has only one maker, and that is an append, then this append must produce
 * it, and so must start in the state without the appended text, which is then required too, and so
 * on. If the texts differ, this leaves one order.
 */
final class DeadEndPruning {
  private static final int ANY = -1;
  private static final int[] NONE = {};

  private final EncodedHistory history;
  private int[] reads;
  private int[] exits;
  private int[] openCas;
  private int[] replacers;

  /** How many appends of each text are left. */
  private final int[] appendsLeft;

  /** The state that the only append of a text must produce; or {@link #ANY}. */
  private final int[] mustMake;

  /** The state in which that append must start. */
  private final int[] mustStart;

  /** The texts that each required state ends with. */
  private final Map<Integer, int[]> endings = new HashMap<>();

  private final Map<String, Integer> textNumbers = new HashMap<>();
  private final TreeSet<Integer> textLengths = new TreeSet<>();
  private boolean impossible;

  DeadEndPruning(EncodedHistory history) {
    this.history = history;
    int size = history.states.size();
    reads = new int[size];
    exits = new int[size];
    openCas = new int[size];
    replacers = new int[size];
    int texts = history.texts.size();
    appendsLeft = new int[texts];
    mustMake = new int[texts];
    mustStart = new int[texts];
    Arrays.fill(mustMake, ANY);
    for (int text = 0; text < texts; text++) {
      textNumbers.put(history.texts.get(text), text);
      textLengths.add(history.texts.get(text).length());
    }
    for (int step : history.stepOf) {
      count(history.step(step), true, 1);
    }
    for (int i = 0; i < history.openSteps.length; i++) {
      count(history.step(history.openSteps[i]), false, history.open.get(i).size());
    }
    traceBack();
  }

  private void count(StateTransition step, boolean definite, int by) {
    switch (step.kind()) {
      case READ -> reads[step.from()] += by;
      case PUT -> replacers[step.to()] += by;
      case CAS -> {
        replacers[step.to()] += by;
        (definite ? exits : openCas)[step.from()] += by;
      }
      case APPEND -> {
        appendsLeft[step.text()] += by;
        if (mustMake[step.text()] != ANY) {
          exits[mustStart[step.text()]] += by;
        }
      }
    }
  }

  /** Follows each required state back to its predecessors. */
  private void traceBack() {
    BitSet known = new BitSet();
    Deque<Integer> needed = new ArrayDeque<>();
    for (int state = 1; state < reads.length; state++) {
      if (reads[state] + exits[state] > 0) {
        needed.add(state);
        known.set(state);
      }
    }
    while (!needed.isEmpty()) {
      int state = needed.remove();
      endings.put(state, endingsOf(state));
      int start = state == history.initial ? ANY : onlyStart(state);
      if (start != ANY && !known.get(start)) {
        known.set(start);
        needed.add(start);
      }
    }
  }

  private int[] endingsOf(int state) {
    String text = history.hasAppends ? history.states.text(state) : "";
    return textLengths.headSet(text.length(), true).stream()
        .map(length -> textNumbers.get(text.substring(text.length() - length)))
        .filter(number -> number != null)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Returns the state before this one, if its only maker is an append. */
  private int onlyStart(int state) {
    int makers = makers(state);
    if (makers == 0) {
      impossible = true;
    }
    if (makers != 1 || replacers(state) == 1) {
      return ANY;
    }
    for (int text : Objects.requireNonNull(endings.get(state), "traceBack() enters them first")) {
      if (appendsLeft[text] == 1 && mustMake[text] == ANY) {
        int start = history.states.shortened(state, history.texts.get(text).length());
        if (start == state
            || history.initial == ValueNumbering.NIL && history.states.length(start) == 0) {
          return ANY;
        }
        mustMake[text] = state;
        mustStart[text] = start;
        exits = atLeast(exits, start);
        exits[start]++;
        return start;
      }
    }
    return ANY;
  }

  private static int[] atLeast(int[] counts, int index) {
    return index < counts.length ? counts : Arrays.copyOf(counts, 2 * index);
  }

  private static int at(int[] counts, int index) {
    return index < counts.length ? counts[index] : 0;
  }

  private int replacers(int state) {
    return at(replacers, state);
  }

  private int makers(int state) {
    int makers = replacers(state);
    for (int text : endings.getOrDefault(state, NONE)) {
      if (mustMake[text] == ANY || mustMake[text] == state) {
        makers += appendsLeft[text];
      }
    }
    return makers;
  }

  /** Whether a required state has no maker at all. */
  boolean isImpossible() {
    return impossible;
  }

  /** Notes that this operation is placed in the order. */
  void place(StateTransition step, boolean definite) {
    count(step, definite, -1);
  }

  /** Notes that it is removed again. */
  void remove(StateTransition step, boolean definite) {
    count(step, definite, 1);
  }

  /** Whether an append may produce this state. */
  boolean mayMake(StateTransition append, int state) {
    int must = mustMake[append.text()];
    return must == ANY || must == state;
  }

  /** Whether this step, not placed yet, may leave a state. */
  boolean mayLeave(int state, StateTransition step) {
    int left = exits(state) - (startsIn(step, state) ? 1 : 0);
    if (left == 0 && reads(state) == 0) {
      return true;
    }
    int makers = makers(state) - (mayEndIn(step, state) ? 1 : 0);
    return left <= makers && (makers > 0 || reads(state) == 0);
  }

  /** Whether this is an append that counts among the makers of a state. */
  private boolean mayEndIn(StateTransition step, int state) {
    return step.kind() == TransitionKind.APPEND
        && mayMake(step, state)
        && Arrays.stream(endings.getOrDefault(state, NONE)).anyMatch(t -> t == step.text());
  }

  private boolean startsIn(StateTransition step, int state) {
    return step.kind() == TransitionKind.CAS && step.from() == state
        || step.kind() == TransitionKind.APPEND
            && mustMake[step.text()] != ANY
            && mustStart[step.text()] == state;
  }

  /** Returns how many reads must still find this state. */
  int reads(int state) {
    return at(reads, state);
  }

  private int exits(int state) {
    return at(exits, state);
  }

  /** Whether at most reads still require this state. */
  boolean isNeededOnlyByReads(int state) {
    return exits(state) == 0 && at(openCas, state) == 0;
  }
}
