package raftlab.judge.linear;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The values of one key, as small numbers. Only beginnings of values that some answer tells are
 * told apart. All others are {@link #JUNK}: whatever is appended to them, no answer tells of it, so
 * that no answer can tell them apart.
 */
final class ValueNumbering {
  /** Every value that no answer depends on. */
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
   * @param observed the values that answers tell
   * @param appends whether values grow, so that their beginnings count too
   */
  ValueNumbering(TreeSet<String> observed, boolean appends) {
    this.observed = observed.toArray(String[]::new);
    this.appends = appends;
  }

  /** How many there are so far. */
  int size() {
    return owners.size();
  }

  /** The number of a value; null is the one that isn't set. */
  int of(String value) {
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

  /** The first of the observed values that isn't below this one. */
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

  /** The length of a state's value; -1 for junk. */
  int length(int state) {
    return lengths.get(state);
  }

  /** The value; not for junk. */
  String text(int state) {
    return owners.get(state).substring(0, lengths.get(state));
  }

  /** The value without its last characters; not for junk. */
  int shortened(int state, int characters) {
    return of(owners.get(state).substring(0, lengths.get(state) - characters));
  }

  /** What becomes of a value when a text (of this number among the texts) is added to its end. */
  int append(int state, int textNumber, String text) {
    return state == JUNK
        ? JUNK
        : appended.computeIfAbsent((long) state << 32 | textNumber, form -> of(text(state) + text));
  }
}
