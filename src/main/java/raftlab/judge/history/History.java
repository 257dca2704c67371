package raftlab.judge.history;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import raftlab.judge.linear.Checker;
import raftlab.judge.linear.Diagnoser;
import raftlab.judge.linear.Finding;
import raftlab.judge.linear.Operation;

/**
 * What clients asked a store for, and what they were told.
 *
 * @param initial the value of a key that nobody has written; null if reads tell that it isn't set
 * @param teller knows where the operations are from
 */
public record History(List<Operation> operations, String initial, Teller teller) {
  /** Takes a copy of the list. */
  public History {
    operations = List.copyOf(operations);
  }

  /** The findings for each key. */
  public Map<String, Finding> check(long steps) {
    return new Checker(initial, steps).check(operations);
  }

  /** The contradiction that showed first, in words; nothing if there is none. */
  public Optional<String> firstContradiction(Map<String, Finding> findings) {
    return findings.values().stream()
        .filter(Finding.NotLinearizable.class::isInstance)
        .map(Finding.NotLinearizable.class::cast)
        .min(Comparator.comparingLong(finding -> finding.last().ret()))
        .map(
            finding ->
                Wording.of(
                    new Diagnoser(finding, initial, operations, teller).diagnosis(), teller));
  }
}
