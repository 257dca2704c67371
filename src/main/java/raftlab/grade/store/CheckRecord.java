package raftlab.grade.store;

import java.util.List;
import raftlab.judge.check.Verdict.Status;

/**
 * The verdict of a check that did not pass.
 *
 * @param check the name of the check in reports
 * @param status its result
 * @param requirement the requirement, in words
 * @param section the section of the Raft paper with the requirement; "" if none has it
 * @param text the reason, with figures
 * @param summary the same without values, equal for equal failures but for figures
 * @param evidence the events that prove it, one line each
 */
public record CheckRecord(
    String check,
    Status status,
    String requirement,
    String section,
    String text,
    String summary,
    List<String> evidence) {
  /** Copies the list. */
  public CheckRecord {
    evidence = List.copyOf(evidence);
  }
}
