package raftlab.scenario;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown if a scenario or suite can't be read. It contains all problems; the message has a line for
 * each.
 */
public final class ScenarioException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<FileProblem> problems;

  /** Requires at least one problem. */
  public ScenarioException(List<FileProblem> problems) {
    super(problems.stream().map(FileProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** A single problem. */
  public ScenarioException(FileProblem problem) {
    this(List.of(problem));
  }

  /** All problems; those of one file in the order of its lines. */
  public List<FileProblem> problems() {
    return problems;
  }
}
