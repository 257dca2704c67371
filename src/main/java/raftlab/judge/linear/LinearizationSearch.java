package raftlab.judge.linear;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Looks for an order of a key's operations that explains all answers: the search of Wing and Gong,
 * with Lowe's memory of where it has been. It places one operation after the other, each among
 * those that were called before the first return of what is still to be placed; where nothing fits,
 * it goes back and tries another.
 *
 * <p>What was placed is known from the first return that is missing and from which of the
 * operations under way then are missing: so the memory of a place is as large as there are
 * operations at a time, and does not grow with the history.
 */
final class LinearizationSearch {
  /** How a search ended. */
  enum Result {
    /** It found an order. */
    FOUND,
    /** There is none. */
    NONE,
    /** It ran out of steps. */
    SPENT
  }

  private static final int MOST_PARTIAL = 3;

  /**
   * Where the search may go on from; {@code placed} is how many were placed before its last step.
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
  private final VisitedStates memo = new VisitedStates();
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

  /** Whether the operations of one key can be ordered. */
  static Result of(List<HistoryOperation> history, String initial, SearchBudget budget) {
    return of(history, initial, budget, null);
  }

  /**
   * The same, and adds the longest orders that explain some of the answers to a list, unless it is
   * null; at most three.
   */
  static Result of(
      List<HistoryOperation> history,
      String initial,
      SearchBudget budget,
      List<List<HistoryOperation>> partial) {
    EncodedHistory puzzle = new EncodedHistory(history, initial);
    DeadEndPruning demands = new DeadEndPruning(puzzle);
    boolean hopeless = puzzle.isAbsurd || demands.isImpossible();
    if (hopeless && partial == null) {
      return Result.NONE;
    }
    LinearizationSearch search = new LinearizationSearch(puzzle, demands, budget, partial != null);
    Result result = search.run();
    if (partial != null) {
      partial.addAll(search.partial);
    }
    return hopeless ? Result.NONE : result;
  }

  private Result run() {
    Deque<Branch> branches = new ArrayDeque<>();
    go(branches, 0);
    while (!order.isComplete()) {
      Branch branch = branches.peek();
      if (branch == null) {
        return Result.NONE;
      }
      if (branch.tried == branch.choices.length) {
        order.takeOutTo(branch.placed);
        branches.pop();
        continue;
      }
      if (!budget.step()) {
        return Result.SPENT;
      }
      int placed = order.size();
      if (order.place(branch.choices[branch.tried++])) {
        go(branches, placed);
      }
    }
    return Result.FOUND;
  }

  /** Goes on from here if that has any sense; takes back the last step otherwise. */
  private void go(Deque<Branch> branches, int placed) {
    boolean fits = choices.placeForced();
    if (order.isComplete()) {
      return;
    }
    keepIfLong();
    if (fits && isNew()) {
      branches.push(new Branch(choices.next(), placed));
    } else {
      order.takeOutTo(placed);
    }
  }

  private boolean isNew() {
    return !memo.knows(
        choices.frontier(), order.state(), choices.lacking(), order.used(), !order.endsWithOpen());
  }

  private void keepIfLong() {
    if (!keepsPartial || order.definitePlaced() < longest) {
      return;
    }
    if (order.definitePlaced() > longest) {
      longest = order.definitePlaced();
      partial.clear();
    }
    if (partial.size() < MOST_PARTIAL) {
      partial.add(order.operations());
    }
  }
}
