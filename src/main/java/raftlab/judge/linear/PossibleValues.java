package raftlab.judge.linear;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import raftlab.judge.linear.HistoryOperation.OperationKind;

/** Computes which values the writes of one key can produce, in any order. */
final class PossibleValues {
  private final List<HistoryOperation> writes;
  private final @Nullable String initial;
  private final boolean appends;

  PossibleValues(List<HistoryOperation> history, @Nullable String initial) {
    this.writes = history.stream().filter(HistoryOperation::mayWrite).toList();
    this.initial = initial;
    this.appends = writes.stream().anyMatch(o -> o.kind() == OperationKind.APPEND);
  }

  boolean hasAppends() {
    return appends;
  }

  /**
   * Returns the writes called until then that may have produced this value, in order of their
   * returns.
   */
  List<HistoryOperation> makers(@Nullable String value, long until) {
    return writes.stream()
        .filter(o -> o.callTime() <= until && makes(o, value))
        .sorted(Comparator.comparingLong(HistoryOperation::returnTime))
        .toList();
  }

  private static boolean makes(HistoryOperation write, @Nullable String value) {
    return write.kind() == OperationKind.APPEND
        ? value != null && value.endsWith(write.appendedText())
        : Objects.equals(write.value(), value);
  }

  /** Returns how many writes have this text or value. */
  long writersOf(@Nullable String value) {
    return writes.stream().filter(o -> Objects.equals(o.value(), value)).count();
  }

  /** Whether the writes called until then can produce it, in any order and any number of times. */
  boolean canBeMade(@Nullable String value, long until) {
    return canBeMade(value, until, null);
  }

  /**
   * Does the same, but one text may be appended only once.
   *
   * @param once the text; null for none
   */
  boolean canBeMade(@Nullable String value, long until, @Nullable String once) {
    List<HistoryOperation> early = writes.stream().filter(o -> o.callTime() <= until).toList();
    if (value == null || value.isEmpty() || !appends) {
      return Objects.equals(value, initial) || early.stream().anyMatch(o -> makes(o, value));
    }
    List<String> texts =
        early.stream()
            .filter(o -> o.kind() == OperationKind.APPEND && !o.appendedText().isEmpty())
            .map(HistoryOperation::appendedText)
            .distinct()
            .toList();
    // The prefixes that can be produced, without that text and with it.
    boolean[] without = new boolean[value.length() + 1];
    boolean[] with = new boolean[value.length() + 1];
    without[0] = true;
    for (HistoryOperation write : early) {
      if (write.kind() != OperationKind.APPEND
          && write.value() != null
          && value.startsWith(write.value())) {
        without[write.value().length()] = true;
      }
    }
    for (int at = 0; at < value.length(); at++) {
      for (String text : texts) {
        if ((without[at] || with[at]) && value.startsWith(text, at)) {
          int end = at + text.length();
          boolean isOnce = text.equals(once);
          with[end] |= isOnce ? without[at] : with[at];
          without[end] |= !isOnce && without[at];
        }
      }
    }
    return without[value.length()] || with[value.length()];
  }

  /** Counts the non-overlapping occurrences of a text in another. */
  static int occurrences(String text, @Nullable String within) {
    int count = 0;
    if (within != null) {
      for (int at = within.indexOf(text); at >= 0; at = within.indexOf(text, at + text.length())) {
        count++;
      }
    }
    return count;
  }
}
