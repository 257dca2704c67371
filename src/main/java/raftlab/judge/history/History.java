package raftlab.judge.history;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import raftlab.judge.linear.ContradictionFinder;
import raftlab.judge.linear.HistoryOperation;
import raftlab.judge.linear.LinearizabilityChecker;
import raftlab.judge.linear.LinearizabilityResult;

/**
 * What clients asked a store for, and what they were told.
 *
 * @param initial the value of a key that nobody has written; null if reads tell that it isn't set
 * @param teller knows where the operations are from
 */
public record History(
    List<HistoryOperation> operations, String initial, OperationDescriber teller) {
  /** Takes a copy of the list. */
  public History {
    operations = List.copyOf(operations);
  }

  /** The findings for each key. */
  public Map<String, LinearizabilityResult> check(long steps) {
    return new LinearizabilityChecker(initial, steps).check(operations);
  }

  /** The contradiction that showed first, in words; nothing if there is none. */
  public Optional<String> firstContradiction(Map<String, LinearizabilityResult> findings) {
    return findings.values().stream()
        .filter(LinearizabilityResult.NotLinearizable.class::isInstance)
        .map(LinearizabilityResult.NotLinearizable.class::cast)
        .min(Comparator.comparingLong(finding -> finding.last().ret()))
        .map(
            finding ->
                ContradictionText.of(
                    new ContradictionFinder(finding, initial, operations, teller).diagnosis(),
                    teller));
  }
}
