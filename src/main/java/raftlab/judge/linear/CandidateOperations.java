package raftlab.judge.linear;

import java.util.Arrays;
import java.util.List;
import raftlab.judge.linear.StateTransition.TransitionKind;

/**
 * The operations that may come next in an order. Where one choice is as good as any other, only
 * that one is offered; each rule below gives the reason. "Callable" operations are those called
 * before the first missing return.
 *
 * <ul>
 *   <li><b>Reads at once.</b> A read that fits the state can be moved to this place from any later
 *       place in an order: it changes nothing, and is callable.
 *   <li><b>Finished blocks at once.</b> Suppose no remaining operation requires the present state,
 *       all reads of a callable put's value are callable too, and no other operation starts in that
 *       value. Then the put and these reads can be moved to this place: where the put was, other
 *       operations now start in another value, but none of their answers shows it. The same holds
 *       for a put of a value that is never read.
 *   <li><b>Finished blocks before other puts.</b> For the same reason, such a block may be placed
 *       before any put that replaces the state.
 *   <li><b>One of a kind.</b> Of callable operations with the same step, the one that returns first
 *       can change places with the one that comes first in an order; open ones return last.
 *   <li><b>Open operations only if needed.</b> An open operation that is followed by a put can be
 *       left out.
 * </ul>
 */
final class CandidateOperations {
  private final EncodedHistory history;
  private final DeadEndPruning pruning;
  private final PartialLinearization order;
  private final CallReturnList entries;
  private final int[] callable;
  private int callableCount;
  private int frontier;

  /** The number of callable reads of each state. */
  private final int[] callableReads;

  /** The callable operation of each step that returns first; -1 for none. */
  private final int[] firstOfStep;

  CandidateOperations(EncodedHistory history, DeadEndPruning pruning, PartialLinearization order) {
    this.history = history;
    this.pruning = pruning;
    this.order = order;
    this.entries = order.entries();
    callable = new int[Math.max(1, entries.slotCount())];
    callableReads = new int[history.states.size()];
    firstOfStep = new int[history.steps.size()];
    Arrays.fill(firstOfStep, -1);
  }

  /** Returns the first missing return, as its index among all calls and returns. */
  int frontier() {
    return frontier;
  }

  /** Returns which of the operations pending at the frontier are missing, one bit each. */
  long[] missing() {
    long[] bits = new long[(entries.slotCount() + 63) / 64];
    for (int i = 0; i < callableCount; i++) {
      int slot = entries.slot(callable[i]);
      bits[slot / 64] |= 1L << slot;
    }
    return bits;
  }

  /** Places reads and finished blocks; returns false if no order can follow. */
  boolean placeForced() {
    while (true) {
      while (scan()) {
        // A placed read may have made others callable.
      }
      if (order.isComplete() || order.state() != ValueNumbering.JUNK) {
        return true;
      }
      if (order.endsWithOpen()) {
        return false;
      }
      int block = finishedBlock();
      if (block < 0) {
        return true;
      }
      order.place(block);
    }
  }

  /**
   * Lists the callable operations; if there are reads among them it places these and returns true.
   */
  private boolean scan() {
    reset();
    boolean placed = false;
    int entry = entries.first();
    while (!entries.isEnd(entry) && !entries.isReturn(entry)) {
      int operation = entries.operation(entry);
      StateTransition step = order.step(operation);
      if (step.kind() == TransitionKind.READ && step.from() == order.state()) {
        order.place(operation);
        placed = true;
      } else {
        addCallable(operation, step);
      }
      entry = entries.after(entry);
    }
    frontier = entry;
    return placed;
  }

  private void reset() {
    for (int i = 0; i < callableCount; i++) {
      StateTransition step = order.step(callable[i]);
      firstOfStep[history.stepOf[callable[i]]] = -1;
      if (step.kind() == TransitionKind.READ) {
        callableReads[step.from()] = 0;
      }
    }
    callableCount = 0;
  }

  private void addCallable(int operation, StateTransition step) {
    callable[callableCount++] = operation;
    int number = history.stepOf[operation];
    int first = firstOfStep[number];
    if (first < 0 || entries.returnAt(operation) < entries.returnAt(first)) {
      firstOfStep[number] = operation;
    }
    if (step.kind() == TransitionKind.READ) {
      callableReads[step.from()]++;
    }
  }

  private int finishedBlock() {
    for (int i = 0; i < callableCount; i++) {
      StateTransition step = order.step(callable[i]);
      if (step.kind() == TransitionKind.PUT && isFinishedBy(step.to())) {
        return firstOfStep[history.stepOf[callable[i]]];
      }
    }
    return -1;
  }

  private boolean isFinishedBy(int state) {
    return state == ValueNumbering.JUNK
        || !history.hasAppends
            && pruning.isNeededOnlyByReads(state)
            && pruning.reads(state) == callableReads[state];
  }

  /** Returns the candidates: those that must come soon first, and open operations last. */
  int[] next() {
    int block = finishedBlock();
    boolean mayPut = !order.endsWithOpen();
    long[] found = new long[callableCount];
    int count = 0;
    for (int i = 0; i < callableCount; i++) {
      int operation = callable[i];
      StateTransition step = order.step(operation);
      boolean offered =
          firstOfStep[history.stepOf[operation]] == operation
              && isPossible(step)
              && (step.kind() != TransitionKind.PUT || mayPut && (block < 0 || block == operation));
      if (offered) {
        found[count++] = (long) entries.returnAt(operation) << 32 | operation;
      }
    }
    Arrays.sort(found, 0, count);
    int[] choices = new int[count + history.openSteps.length];
    for (int i = 0; i < count; i++) {
      choices[i] = (int) found[i];
    }
    for (int kind = 0; kind < history.openSteps.length; kind++) {
      if (isWorthwhile(kind, mayPut && block < 0)) {
        choices[count++] = -1 - kind;
      }
    }
    return Arrays.copyOf(choices, count);
  }

  private boolean isPossible(StateTransition step) {
    return switch (step.kind()) {
      case READ -> false;
      case PUT -> true;
      case CAS -> step.from() == order.state();
      case APPEND -> pruning.mayMake(step, order.after(step));
    };
  }

  private boolean isWorthwhile(int kind, boolean mayPut) {
    int number = history.openSteps[kind];
    StateTransition step = history.step(number);
    if (firstOfStep[number] >= 0 || !isPossible(step) || !isAvailable(kind)) {
      return false;
    }
    int after = order.after(step);
    if (after == order.state() || after == ValueNumbering.JUNK) {
      return false;
    }
    return step.kind() != TransitionKind.PUT || mayPut && isUseful(after);
  }

  /**
   * Whether an open operation of this group is left that was called before the first missing
   * return.
   */
  private boolean isAvailable(int kind) {
    List<HistoryOperation> same = history.open.get(kind);
    int used = order.used()[kind];
    return used < same.size() && same.get(used).callTime() <= entries.time(frontier);
  }

  /** Whether an operation that depends on this state could follow at once. */
  private boolean isUseful(int state) {
    if (history.hasAppends || callableReads[state] > 0) {
      return true;
    }
    for (int i = 0; i < callableCount; i++) {
      StateTransition step = order.step(callable[i]);
      if (step.kind() == TransitionKind.CAS && step.from() == state) {
        return true;
      }
    }
    for (int kind = 0; kind < history.openSteps.length; kind++) {
      StateTransition step = history.step(history.openSteps[kind]);
      if (step.kind() == TransitionKind.CAS && step.from() == state && isAvailable(kind)) {
        return true;
      }
    }
    return false;
  }
}
