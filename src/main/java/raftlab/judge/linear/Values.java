package raftlab.judge.linear;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import raftlab.judge.linear.Operation.Kind;

/** Which values the writes of one key can make, whatever their order. */
final class Values {
  private final List<Operation> writes;
  private final String initial;
  private final boolean appends;

  Values(List<Operation> history, String initial) {
    this.writes = history.stream().filter(Operation::writes).toList();
    this.initial = initial;
    this.appends = writes.stream().anyMatch(o -> o.kind() == Kind.APPEND);
  }

  boolean hasAppends() {
    return appends;
  }

  /**
   * The writes called until then that may have left this value behind; in order of their returns.
   */
  List<Operation> makers(String value, long until) {
    return writes.stream()
        .filter(o -> o.call() <= until && makes(o, value))
        .sorted(Comparator.comparingLong(Operation::ret))
        .toList();
  }

  private static boolean makes(Operation write, String value) {
    return write.kind() == Kind.APPEND
        ? value != null && value.endsWith(write.value())
        : Objects.equals(write.value(), value);
  }

  /** Whether the writes called until then, in any order and as often as needed, can make it. */
  boolean canBeMade(String value, long until) {
    if (value == null || !appends) {
      return Objects.equals(value, initial)
          || writes.stream().anyMatch(o -> o.call() <= until && makes(o, value));
    }
    List<Operation> early = writes.stream().filter(o -> o.call() <= until).toList();
    List<String> texts =
        early.stream()
            .filter(o -> o.kind() == Kind.APPEND)
            .map(Operation::value)
            .distinct()
            .toList();
    boolean[] reached = new boolean[value.length() + 1];
    reached[0] = true;
    for (Operation write : early) {
      if (write.kind() != Kind.APPEND && write.value() != null && value.startsWith(write.value())) {
        reached[write.value().length()] = true;
      }
    }
    for (int at = 0; at < value.length(); at++) {
      for (String text : texts) {
        if (reached[at] && value.startsWith(text, at)) {
          reached[at + text.length()] = true;
        }
      }
    }
    // Where nothing was appended, only a put, or the beginning, makes the empty value.
    return reached[value.length()] && (!value.isEmpty() || isEmptyMade(early));
  }

  private boolean isEmptyMade(List<Operation> early) {
    return Objects.equals(initial, "") || early.stream().anyMatch(o -> "".equals(o.value()));
  }

  /** How often a text is in another, one after the other. */
  static int occurrences(String text, String within) {
    int count = 0;
    if (within != null) {
      for (int at = within.indexOf(text); at >= 0; at = within.indexOf(text, at + text.length())) {
        count++;
      }
    }
    return count;
  }
}
