package raftlab.judge.linear;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The calls and returns of the operations that are not placed yet, in order of time, as a doubly
 * linked list. Removing an operation, and putting the last removed one back, take constant time. An
 * operation may be placed next if its call comes before the first return.
 */
final class CallReturnList {
  private final int[] next;
  private final int[] previous;
  private final int[] callAt;
  private final int[] returnAt;

  /** The kind of each entry: twice the operation, and one more for a return. */
  private final int[] entryCodes;

  private final int end;
  private final List<HistoryOperation> operations;

  /** The bit of each operation while it is pending; concurrent operations have different bits. */
  private final int[] slots;

  private final int slotCount;

  CallReturnList(List<HistoryOperation> operations) {
    this.operations = operations;
    int count = operations.size();
    end = 2 * count;
    entryCodes =
        IntStream.range(0, end)
            .boxed()
            .sorted(
                (a, b) -> {
                  int order = Long.compare(time(operations, a), time(operations, b));
                  // A call before a return at the same time: this allows more orders.
                  return order != 0 ? order : Integer.compare(a & 1, b & 1);
                })
            .mapToInt(Integer::intValue)
            .toArray();
    callAt = new int[count];
    returnAt = new int[count];
    slots = new int[count];
    next = new int[end + 1];
    previous = new int[end + 1];
    for (int i = 0; i <= end; i++) {
      next[i] = i == end ? 0 : i + 1;
      previous[i] = i == 0 ? end : i - 1;
    }
    slotCount = assignSlots();
  }

  private static long time(List<HistoryOperation> operations, int entry) {
    HistoryOperation operation = operations.get(entry / 2);
    return (entry & 1) == 0 ? operation.callTime() : operation.returnTime();
  }

  private int assignSlots() {
    java.util.BitSet taken = new java.util.BitSet();
    int most = 0;
    for (int i = 0; i < end; i++) {
      int operation = entryCodes[i] / 2;
      if ((entryCodes[i] & 1) == 0) {
        callAt[operation] = i;
        slots[operation] = taken.nextClearBit(0);
        taken.set(slots[operation]);
        most = Math.max(most, slots[operation] + 1);
      } else {
        returnAt[operation] = i;
        taken.clear(slots[operation]);
      }
    }
    return most;
  }

  /** Returns the time of an entry. */
  long time(int entry) {
    return time(operations, entryCodes[entry]);
  }

  int slotCount() {
    return slotCount;
  }

  int slot(int operation) {
    return slots[operation];
  }

  /** Returns the index of an operation's return among all entries. */
  int returnAt(int operation) {
    return returnAt[operation];
  }

  /** Returns the first entry. */
  int first() {
    return next[end];
  }

  /** Returns the entry after this one; {@link #isEnd} after the last. */
  int after(int entry) {
    return next[entry];
  }

  boolean isEnd(int entry) {
    return entry == end;
  }

  boolean isReturn(int entry) {
    return (entryCodes[entry] & 1) == 1;
  }

  int operation(int entry) {
    return entryCodes[entry] / 2;
  }

  void remove(int operation) {
    removeEntry(callAt[operation]);
    removeEntry(returnAt[operation]);
  }

  private void removeEntry(int entry) {
    next[previous[entry]] = next[entry];
    previous[next[entry]] = previous[entry];
  }

  /** Puts back the operation that was removed last of those not put back yet. */
  void restore(int operation) {
    restoreEntry(returnAt[operation]);
    restoreEntry(callAt[operation]);
  }

  private void restoreEntry(int entry) {
    next[previous[entry]] = entry;
    previous[next[entry]] = entry;
  }
}
