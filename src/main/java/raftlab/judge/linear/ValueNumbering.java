package raftlab.judge.linear;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the values of one key. Only prefixes of values in answers get their own number. All
 * others are {@link #JUNK}: no answer shows them, with any texts appended, so they need not be
 * distinguished.
 */
final class ValueNumbering {
  /** All values that no answer depends on. */
  static final int JUNK = 0;

  /** The value that isn't set. */
  static final int NIL = 1;

  private final String[] observed;
  private final boolean appends;
  private final Map<Long, Integer> numbers = new HashMap<>();
  private final Map<Long, Integer> appended = new HashMap<>();
  private final List<String> owners = new ArrayList<>(List.of("", ""));
  private final List<Integer> lengths = new ArrayList<>(List.of(-1, 0));

  /**
   * Creates a numbering.
   *
   * @param observed the values in answers
   * @param appends whether values grow, so that their prefixes count too
   */
  ValueNumbering(TreeSet<String> observed, boolean appends) {
    this.observed = observed.toArray(String[]::new);
    this.appends = appends;
  }

  /** Returns the number of values so far. */
  int size() {
    return owners.size();
  }

  /** Returns the number of a value; null is the one that isn't set. */
  int of(@Nullable String value) {
    if (value == null) {
      return NIL;
    }
    int first = firstFrom(value);
    if (first == observed.length
        || !(appends ? observed[first].startsWith(value) : observed[first].equals(value))) {
      return JUNK;
    }
    return number(first, value.length());
  }

  /** Returns the index of the first observed value that isn't less than this one. */
  private int firstFrom(String value) {
    int place = java.util.Arrays.binarySearch(observed, value);
    return place >= 0 ? place : -place - 1;
  }

  private int number(int first, int length) {
    return numbers.computeIfAbsent(
        (long) first << 32 | length,
        form -> {
          owners.add(observed[first]);
          lengths.add(length);
          return owners.size() - 1;
        });
  }

  /** Returns the length of a state's value; -1 for junk. */
  int length(int state) {
    return lengths.get(state);
  }

  /** Returns the value; not for junk. */
  String text(int state) {
    return owners.get(state).substring(0, lengths.get(state));
  }

  /** Returns the value without its last characters; not for junk. */
  int shortened(int state, int characters) {
    return of(owners.get(state).substring(0, lengths.get(state) - characters));
  }

  /** Returns the value after a text, with this number among the texts, was appended. */
  int append(int state, int textNumber, String text) {
    return state == JUNK
        ? JUNK
        : appended.computeIfAbsent((long) state << 32 | textNumber, form -> of(text(state) + text));
  }
}
