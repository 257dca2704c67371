package raftlab.judge.history;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import raftlab.judge.linear.ContradictionFinder;
import raftlab.judge.linear.HistoryOperation;
import raftlab.judge.linear.LinearizabilityChecker;
import raftlab.judge.linear.LinearizabilityResult;

/**
 * The operations of clients and their answers.
 *
 * @param initial the value of a key before its first write; null if reads show that it isn't set
 * @param describer describes the source of the operations
 */
public record History(
    List<HistoryOperation> operations, @Nullable String initial, OperationDescriber describer) {
  /** Copies the list. */
  public History {
    operations = List.copyOf(operations);
  }

  /** Checks each key; returns the results by key. */
  public Map<String, LinearizabilityResult> check(long steps) {
    return new LinearizabilityChecker(initial, steps).check(operations);
  }

  /** Describes the earliest contradiction; empty for none. */
  public Optional<String> firstContradiction(Map<String, LinearizabilityResult> findings) {
    return findings.values().stream()
        .filter(LinearizabilityResult.NotLinearizable.class::isInstance)
        .map(LinearizabilityResult.NotLinearizable.class::cast)
        .min(Comparator.comparingLong(finding -> finding.last().returnTime()))
        .map(
            finding ->
                ContradictionText.of(
                    new ContradictionFinder(finding, initial, operations, describer).diagnosis(),
                    describer));
  }
}
