package raftlab.judge.linear;

import java.util.ArrayList;
import java.util.List;

/**
 * The operations placed so far, in order, and the resulting state. Definite operations have numbers
 * from 0 on; {@code -1 - i} stands for any of the i-th group of open operations.
 */
final class PartialLinearization {
  private final EncodedHistory history;
  private final DeadEndPruning pruning;
  private final CallReturnList entries;
  private final int[] placed;
  private final int[] stateBefore;
  private final int[] used;
  private int size;
  private int definite;
  private int state;

  PartialLinearization(EncodedHistory history, DeadEndPruning pruning) {
    this.history = history;
    this.pruning = pruning;
    this.entries = new CallReturnList(history.definite);
    int open = history.open.stream().mapToInt(List::size).sum();
    placed = new int[history.definite.size() + open];
    stateBefore = new int[placed.length];
    used = new int[history.openSteps.length];
    state = junkIfUnneeded(history.initial);
  }

  /**
   * Returns junk for a state that no operation requires any more. (Where values grow, it may still
   * become a required one.)
   */
  private int junkIfUnneeded(int state) {
    return !history.hasAppends
            && state != ValueNumbering.JUNK
            && pruning.reads(state) == 0
            && pruning.isNeededOnlyByReads(state)
        ? ValueNumbering.JUNK
        : state;
  }

  CallReturnList entries() {
    return entries;
  }

  int state() {
    return state;
  }

  int size() {
    return size;
  }

  int definitePlaced() {
    return definite;
  }

  /** Returns how many open operations of each group are placed. Must not be changed. */
  int[] used() {
    return used;
  }

  boolean isComplete() {
    return definite == history.definite.size();
  }

  /** Whether the last operation is an open one; it is useful only if another depends on it. */
  boolean endsWithOpen() {
    return size > 0 && placed[size - 1] < 0;
  }

  StateTransition step(int number) {
    return history.step(number >= 0 ? history.stepOf[number] : history.openSteps[-1 - number]);
  }

  /** Returns the state after a step that is possible now. */
  int after(StateTransition step) {
    return switch (step.kind()) {
      case READ -> state;
      case PUT, CAS -> step.to();
      case APPEND -> history.append(state, step.text());
    };
  }

  /**
   * Places an operation, unless it would leave a state that others depend on; returns whether it
   * did.
   */
  boolean place(int number) {
    StateTransition step = step(number);
    int after = after(step);
    if (after != state && !pruning.mayLeave(state, step)) {
      return false;
    }
    placed[size] = number;
    stateBefore[size++] = state;
    pruning.place(step, number >= 0);
    if (number >= 0) {
      entries.remove(number);
      definite++;
    } else {
      used[-1 - number]++;
    }
    state = junkIfUnneeded(after);
    return true;
  }

  /** Removes the last operations until only {@code count} are left. */
  void truncate(int count) {
    while (size > count) {
      int number = placed[--size];
      state = stateBefore[size];
      pruning.remove(step(number), number >= 0);
      if (number >= 0) {
        entries.restore(number);
        definite--;
      } else {
        used[-1 - number]--;
      }
    }
  }

  /** Returns the placed operations. */
  List<HistoryOperation> operations() {
    List<HistoryOperation> operations = new ArrayList<>();
    int[] seen = new int[used.length];
    for (int i = 0; i < size; i++) {
      operations.add(
          placed[i] >= 0
              ? history.definite.get(placed[i])
              : history.open.get(-1 - placed[i]).get(seen[-1 - placed[i]]++));
    }
    return operations;
  }
}
