package raftlab.judge.linear;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides whether histories are linearizable: whether all operations can be put into one order, in
 * which each comes between its call and its return, so that the answers are those of a store that
 * does one after the other. Each key is looked at by itself: a history is linearizable if that of
 * each key is.
 */
public final class LinearizabilityChecker {
  /** Steps that are plenty for the history of any lab, and take some seconds at most. */
  public static final long STEPS = 1_000_000;

  private final String initial;
  private final long steps;

  /**
   * A checker.
   *
   * @param initial the value of a key that nobody has written; null if reads tell that it isn't set
   * @param steps how many configurations the search for an order of one key's operations may look
   *     at; and again as many to find out what contradicts what
   */
  public LinearizabilityChecker(String initial, long steps) {
    this.initial = initial;
    this.steps = steps;
  }

  /** The findings for each key of a history, in the order in which keys are first named. */
  public Map<String, LinearizabilityResult> check(List<HistoryOperation> history) {
    Map<String, List<HistoryOperation>> keys = new LinkedHashMap<>();
    for (HistoryOperation operation : history) {
      keys.computeIfAbsent(operation.key(), key -> new ArrayList<>()).add(operation);
    }
    Map<String, LinearizabilityResult> findings = new LinkedHashMap<>();
    keys.forEach((key, operations) -> findings.put(key, checkKey(key, operations)));
    return findings;
  }

  /** The finding for a history of one key. */
  public LinearizabilityResult checkKey(String key, List<HistoryOperation> history) {
    SearchBudget budget = new SearchBudget(steps);
    return switch (LinearizationSearch.of(history, initial, budget)) {
      case FOUND -> new LinearizabilityResult.Linearizable(budget.taken());
      case SPENT -> new LinearizabilityResult.Unknown(key, steps);
      case NONE -> new HistoryMinimizer(key, history, initial, new SearchBudget(steps)).finding();
    };
  }
}
