package raftlab.judge.linear;

import java.util.List;

/** The result for the history of one key. */
public sealed interface LinearizabilityResult {
  /**
   * There is an order that explains all answers.
   *
   * @param steps how many configurations the search visited
   */
  record Linearizable(long steps) implements LinearizabilityResult {}

  /**
   * No order explains all answers.
   *
   * @param key the key
   * @param history all operations of the key
   * @param prefix the shortest contradictory prefix: the operations called up to its end, those
   *     that returned later as open
   * @param last the operation with the answer that made the prefix contradictory; the last to
   *     return in it
   * @param core few operations with contradictory answers, in order of their calls; none can be
   *     removed unless the search for them ran out of steps
   * @param partial the longest orders that explain some of the prefix's answers; at most three
   */
  record NotLinearizable(
      String key,
      List<HistoryOperation> history,
      List<HistoryOperation> prefix,
      HistoryOperation last,
      List<HistoryOperation> core,
      List<List<HistoryOperation>> partial)
      implements LinearizabilityResult {
    /** Copies the lists. */
    public NotLinearizable {
      history = List.copyOf(history);
      prefix = List.copyOf(prefix);
      core = List.copyOf(core);
      partial = List.copyOf(partial);
    }
  }

  /**
   * The search ran out of steps.
   *
   * @param key the key
   * @param steps how many were taken
   */
  record Unknown(String key, long steps) implements LinearizabilityResult {}
}
