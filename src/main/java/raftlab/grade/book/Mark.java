package raftlab.grade.book;

/** The result of a team in one scenario, in one word. */
public enum Mark {
  /** All runs passed. */
  PASS("PASS"),
  /** Some runs passed. */
  FLAKY("FLAKY"),
  /** No run passed, or none was played because it could only fail. */
  FAIL("FAIL"),
  /** No run reached the behaviour that the scenario tests, because something else failed first. */
  BLOCKED("BLOCKED"),
  /** The runs prove nothing, because of the machine or the kit. It costs no points. */
  UNKNOWN("UNKNOWN"),
  /** There was no program to play. */
  NONE("-"),
  /** It was not played yet. */
  OPEN("");

  private final String label;

  Mark(String label) {
    this.label = label;
  }

  /** Returns the mark in tables. */
  public String label() {
    return label;
  }
}
