package raftlab.handin.archive;

import java.util.List;

/** Thrown if a hand-in is refused; has everything that is wrong with it. */
public final class RefusedHandInException extends Exception {
  private final transient List<HandInProblem> problems;

  /** Creates one; the first problem is the most important one. */
  public RefusedHandInException(List<HandInProblem> problems) {
    super(HandInProblem.joined(problems));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong. */
  public List<HandInProblem> problems() {
    return problems;
  }
}
