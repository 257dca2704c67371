package raftlab.grade.store;

/** What is responsible if a hand-in or a run has no good result. */
public enum Fault {
  /** There is nothing wrong. */
  NONE("none"),
  /** The hand-in. Only this costs points. */
  SUBMISSION("the hand-in"),
  /** The machine: it was overloaded, or its disk was full. */
  MACHINE("the machine"),
  /** The kit: it failed, or could not decide. */
  KIT("the kit");

  private final String title;

  Fault(String title) {
    this.title = title;
  }

  /** Returns its name in reports. */
  public String title() {
    return title;
  }

  /** Whether the result says nothing about the hand-in, so that it costs no points. */
  public boolean isExcused() {
    return this == MACHINE || this == KIT;
  }
}
