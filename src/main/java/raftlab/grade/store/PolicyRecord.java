package raftlab.grade.store;

/**
 * The texts that say how results become points; each "" if there is none.
 *
 * @param rubricFile the name of the rubric file
 * @param rubric the text of the rubric file
 * @param lateFile the name of the file with the late policy
 * @param late the text of the file with the late policy
 */
public record PolicyRecord(String rubricFile, String rubric, String lateFile, String late) {
  /** Neither a rubric nor a late policy. */
  public static final PolicyRecord NONE = new PolicyRecord("", "", "", "");
}
