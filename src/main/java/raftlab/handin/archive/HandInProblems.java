package raftlab.handin.archive;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import raftlab.handin.archive.HandInProblem.Kind;

/** Collects problems; of each kind it keeps the first ones, and the number of the others. */
public final class HandInProblems {
  private static final int MAX_OF_KIND = 10;

  private final List<HandInProblem> kept = new ArrayList<>();
  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

  /** Adds one. */
  public void add(Kind kind, String path, String text) {
    add(new HandInProblem(kind, path, text));
  }

  /** Adds one. */
  public void add(HandInProblem problem) {
    if (counts.merge(problem.kind(), 1, Integer::sum) <= MAX_OF_KIND) {
      kept.add(problem);
    }
  }

  /** Adds all. */
  public void addAll(List<HandInProblem> problems) {
    problems.forEach(this::add);
  }

  /** Whether one of them is an error. */
  public boolean hasErrors() {
    return counts.keySet().stream()
        .anyMatch(kind -> kind.severity() == HandInProblem.Severity.ERROR);
  }

  /** Those that were kept, in the order in which they were found, and the numbers of others. */
  public List<HandInProblem> list() {
    List<HandInProblem> all = new ArrayList<>(kept);
    counts.forEach(
        (kind, count) -> {
          if (count > MAX_OF_KIND) {
            all.add(
                HandInProblem.ofAll(
                    kind,
                    "and " + (count - MAX_OF_KIND) + " more like these (" + kind.title() + ")"));
          }
        });
    return all;
  }

  /** The errors among them. */
  public List<HandInProblem> errors() {
    return list().stream().filter(HandInProblem::isError).toList();
  }

  /** The warnings among them. */
  public List<HandInProblem> warnings() {
    return list().stream().filter(problem -> !problem.isError()).toList();
  }
}
