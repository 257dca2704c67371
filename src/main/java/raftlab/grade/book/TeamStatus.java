package raftlab.grade.book;

/** How far the grading of a team is, and how its hand-in ended. */
public enum TeamStatus {
  /** Nothing is known yet. */
  WAITING("waiting"),
  /** Some of its runs are played. */
  PARTIAL("partial"),
  /** All of its scenarios were played. */
  GRADED("graded"),
  /** It could not be copied. */
  NOT_COPIED("not copied"),
  /** Its build failed or took too long. */
  NOT_BUILT("not built"),
  /** There was no program in it. */
  NO_PROGRAM("no program"),
  /** Its replicas exit, or send nothing, before a scenario begins. */
  NEVER_STARTED("never started"),
  /** The machine failed, not the hand-in. */
  MACHINE_FAILED("machine failed"),
  /** The kit failed, not the hand-in. */
  KIT_FAILED("kit failed");

  private final String title;

  TeamStatus(String title) {
    this.title = title;
  }

  /** Returns its name in reports. */
  public String title() {
    return title;
  }

  /** Whether the hand-in has its final grade, unless a scenario is unknown. */
  public boolean isFinal() {
    return this != WAITING && this != PARTIAL && this != MACHINE_FAILED && this != KIT_FAILED;
  }
}
