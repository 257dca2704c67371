package raftlab.judge.linear;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Searches for an order of a key's operations that explains all answers, with the algorithm of Wing
 * and Gong and Lowe's memory of visited configurations. It places one operation after the other,
 * each among those called before the first missing return; where nothing fits, it goes back and
 * tries another.
 *
 * <p>The first missing return, and the pending operations that are missing then, determine which
 * operations were placed. So the size of a remembered configuration depends on the concurrency, not
 * on the length of the history.
 */
final class LinearizationSearch {
  /** The result of a search. */
  enum SearchResult {
    /** It found an order. */
    FOUND,
    /** There is no order. */
    NONE,
    /** It ran out of steps. */
    OUT_OF_STEPS
  }

  private static final int MAX_PARTIAL_ORDERS = 3;

  /**
   * A point from which the search may continue; {@code placed} is how many operations were placed
   * before its last step.
   */
  private static final class Branch {
    private final int[] choices;
    private final int placed;
    private int tried;

    Branch(int[] choices, int placed) {
      this.choices = choices;
      this.placed = placed;
    }
  }

  private final PartialLinearization order;
  private final CandidateOperations choices;
  private final VisitedStates visited = new VisitedStates();
  private final SearchBudget budget;
  private final boolean keepsPartial;
  private final List<List<HistoryOperation>> partial = new ArrayList<>();
  private int longest = -1;

  private LinearizationSearch(
      EncodedHistory puzzle, DeadEndPruning demands, SearchBudget budget, boolean keepsPartial) {
    this.order = new PartialLinearization(puzzle, demands);
    this.choices = new CandidateOperations(puzzle, demands, order);
    this.budget = budget;
    this.keepsPartial = keepsPartial;
  }

  /** Searches for an order of the operations of one key. */
  static SearchResult of(
      List<HistoryOperation> history, @Nullable String initial, SearchBudget budget) {
    return of(history, initial, budget, null);
  }

  /**
   * Does the same, and adds the longest orders that explain some of the answers to a list, unless
   * it is null; at most three.
   */
  static SearchResult of(
      List<HistoryOperation> history,
      @Nullable String initial,
      SearchBudget budget,
      @Nullable List<List<HistoryOperation>> partial) {
    EncodedHistory puzzle = new EncodedHistory(history, initial);
    DeadEndPruning demands = new DeadEndPruning(puzzle);
    boolean hopeless = puzzle.isAbsurd || demands.isImpossible();
    if (hopeless && partial == null) {
      return SearchResult.NONE;
    }
    LinearizationSearch search = new LinearizationSearch(puzzle, demands, budget, partial != null);
    SearchResult result = search.search();
    if (partial != null) {
      partial.addAll(search.partial);
    }
    return hopeless ? SearchResult.NONE : result;
  }

  private SearchResult search() {
    Deque<Branch> branches = new ArrayDeque<>();
    advanceOrBacktrack(branches, 0);
    while (!order.isComplete()) {
      Branch branch = branches.peek();
      if (branch == null) {
        return SearchResult.NONE;
      }
      if (branch.tried == branch.choices.length) {
        order.truncate(branch.placed);
        branches.pop();
        continue;
      }
      if (!budget.takeStep()) {
        return SearchResult.OUT_OF_STEPS;
      }
      int placed = order.size();
      if (order.place(branch.choices[branch.tried++])) {
        advanceOrBacktrack(branches, placed);
      }
    }
    return SearchResult.FOUND;
  }

  /** Continues from here if an order may follow; else takes the last step back. */
  private void advanceOrBacktrack(Deque<Branch> branches, int placed) {
    boolean fits = choices.placeForced();
    if (order.isComplete()) {
      return;
    }
    keepIfLong();
    if (fits && isNew()) {
      branches.push(new Branch(choices.next(), placed));
    } else {
      order.truncate(placed);
    }
  }

  private boolean isNew() {
    return !visited.wasVisited(
        choices.frontier(), order.state(), choices.missing(), order.used(), !order.endsWithOpen());
  }

  private void keepIfLong() {
    if (!keepsPartial || order.definitePlaced() < longest) {
      return;
    }
    if (order.definitePlaced() > longest) {
      longest = order.definitePlaced();
      partial.clear();
    }
    if (partial.size() < MAX_PARTIAL_ORDERS) {
      partial.add(order.operations());
    }
  }
}
