package raftlab.report.html;

/** A column of whole numbers, as the text of a JSON array. */
final class NumberColumn {
  private final StringBuilder text = new StringBuilder("[");
  private long last;
  private int size;

  /** Adds a number. */
  void add(long number) {
    if (size++ > 0) {
      text.append(',');
    }
    text.append(number);
  }

  /** Adds a number of an ascending column, as the difference to the one before. */
  void addAscending(long number) {
    add(number - last);
    last = number;
  }

  /** Returns how many numbers it has. */
  int size() {
    return size;
  }

  /** Returns the JSON array. */
  String json() {
    return text + "]";
  }
}
