package raftlab.scenario;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A scenario or a suite couldn't be read; it holds everything that is wrong, its message a line for
 * each problem.
 */
public final class ScenarioException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<FileProblem> problems;

  /** Needs at least one problem. */
  public ScenarioException(List<FileProblem> problems) {
    super(problems.stream().map(FileProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** A single problem. */
  public ScenarioException(FileProblem problem) {
    this(List.of(problem));
  }

  /** All problems, those of one file in the order of its lines. */
  public List<FileProblem> problems() {
    return problems;
  }
}
