package raftlab.judge.linear;

import java.util.List;

/** What the checker found out about a history. */
public sealed interface LinearizabilityResult {
  /**
   * There is an order that explains all answers.
   *
   * @param steps how many configurations of the search it took to find it
   */
  record Linearizable(long steps) implements LinearizabilityResult {}

  /**
   * No order explains all answers.
   *
   * @param key the key whose operations contradict each other
   * @param history all operations of the key
   * @param prefix what had happened when the contradiction was complete: the operations called up
   *     to then, those that returned later as open
   * @param last the operation whose answer made the prefix contradictory; the last to return in it
   * @param core few operations whose answers contradict each other, in order of their calls; none
   *     can be left out unless the search for them ran out of steps
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
    /** Takes copies of the lists. */
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
   * @param key the key whose history it was
   * @param steps how many were taken
   */
  record Unknown(String key, long steps) implements LinearizabilityResult {}
}
