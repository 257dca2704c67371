package raftlab.judge.linear;

import java.util.ArrayList;
import java.util.List;

/**
 * The operations placed so far, in order, and the resulting state. Definite operations have numbers
 * from 0 on; {@code -1 - i} stands for any of the i-th group of open operations.
 */
final class PartialLinearization {
  private final EncodedHistory puzzle;
  private final DeadEndPruning demands;
  private final CallReturnList entries;
  private final int[] placed;
  private final int[] stateBefore;
  private final int[] used;
  private int size;
  private int definite;
  private int state;

  PartialLinearization(EncodedHistory puzzle, DeadEndPruning demands) {
    this.puzzle = puzzle;
    this.demands = demands;
    this.entries = new CallReturnList(puzzle.definite);
    int open = puzzle.open.stream().mapToInt(List::size).sum();
    placed = new int[puzzle.definite.size() + open];
    stateBefore = new int[placed.length];
    used = new int[puzzle.openSteps.length];
    state = sameOrJunk(puzzle.initial);
  }

  /**
   * Returns junk for a state that no operation requires any more. (Where values grow, it may still
   * become a required one.)
   */
  private int sameOrJunk(int state) {
    return !puzzle.hasAppends
            && state != ValueNumbering.JUNK
            && demands.reads(state) == 0
            && demands.isLeftToReads(state)
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
    return definite == puzzle.definite.size();
  }

  /** Whether the last operation is an open one; it is useful only if another depends on it. */
  boolean endsWithOpen() {
    return size > 0 && placed[size - 1] < 0;
  }

  StateTransition step(int number) {
    return puzzle.step(number >= 0 ? puzzle.stepOf[number] : puzzle.openSteps[-1 - number]);
  }

  /** Returns the state after a step that is possible now. */
  int after(StateTransition step) {
    return switch (step.act()) {
      case READ -> state;
      case PUT, CAS -> step.to();
      case APPEND -> puzzle.append(state, step.text());
    };
  }

  /**
   * Places an operation, unless it would leave a state that others depend on; returns whether it
   * did.
   */
  boolean place(int number) {
    StateTransition step = step(number);
    int after = after(step);
    if (after != state && !demands.mayLeave(state, step)) {
      return false;
    }
    placed[size] = number;
    stateBefore[size++] = state;
    demands.place(step, number >= 0);
    if (number >= 0) {
      entries.takeOut(number);
      definite++;
    } else {
      used[-1 - number]++;
    }
    state = sameOrJunk(after);
    return true;
  }

  /** Removes the last operations until only {@code count} are left. */
  void takeOutTo(int count) {
    while (size > count) {
      int number = placed[--size];
      state = stateBefore[size];
      demands.takeOut(step(number), number >= 0);
      if (number >= 0) {
        entries.putBack(number);
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
              ? puzzle.definite.get(placed[i])
              : puzzle.open.get(-1 - placed[i]).get(seen[-1 - placed[i]]++));
    }
    return operations;
  }
}
