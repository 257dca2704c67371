package raftlab.handin.check;

import java.util.List;
import raftlab.handin.archive.HandInProblem;

/**
 * What was found in a submission.
 *
 * @param problems what is wrong, in the order in which it was found
 * @param passed what was tried and is right, a line each
 * @param details the output of a build that failed, or of a program that exited
 */
public record HandInReport(
    List<HandInProblem> problems, List<String> passed, List<String> details) {
  /** Copies the lists. */
  public HandInReport {
    problems = List.copyOf(problems);
    passed = List.copyOf(passed);
    details = List.copyOf(details);
  }

  /** Whether it may be handed in. */
  public boolean isGood() {
    return problems.stream().noneMatch(HandInProblem::isError);
  }
}
