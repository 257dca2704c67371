package raftlab.judge.linear;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether histories are linearizable (Herlihy and Wing 1990): whether all operations can be
 * put into one order, each between its call and its return, with the answers of a store that
 * executes one operation at a time. Keys are checked separately, since a history is linearizable if
 * the history of each key is.
 */
public final class LinearizabilityChecker {
  /** The default number of steps: enough for any lab's history; takes a few seconds at most. */
  public static final long DEFAULT_STEP_LIMIT = 1_000_000;

  private final @Nullable String initial;
  private final long steps;

  /**
   * Creates a checker.
   *
   * @param initial the value of a key before its first write; null if reads show that it isn't set
   * @param steps the most configurations in the search for an order of one key's operations; and
   *     again as many to find the contradiction
   */
  public LinearizabilityChecker(@Nullable String initial, long steps) {
    this.initial = initial;
    this.steps = steps;
  }

  /** Checks a history; returns the result for each key, in the order of their first operations. */
  public Map<String, LinearizabilityResult> check(List<HistoryOperation> history) {
    Map<String, List<HistoryOperation>> keys = new LinkedHashMap<>();
    for (HistoryOperation operation : history) {
      keys.computeIfAbsent(operation.key(), key -> new ArrayList<>()).add(operation);
    }
    Map<String, LinearizabilityResult> findings = new LinkedHashMap<>();
    keys.forEach((key, operations) -> findings.put(key, checkKey(key, operations)));
    return findings;
  }

  /** Checks a history of one key. */
  public LinearizabilityResult checkKey(String key, List<HistoryOperation> history) {
    SearchBudget budget = new SearchBudget(steps);
    return switch (LinearizationSearch.of(history, initial, budget)) {
      case FOUND -> new LinearizabilityResult.Linearizable(budget.taken());
      case OUT_OF_STEPS -> new LinearizabilityResult.Unknown(key, steps);
      case NONE -> new HistoryMinimizer(key, history, initial, new SearchBudget(steps)).minimize();
    };
  }
}
