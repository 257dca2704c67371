package raftlab.run.shrink;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import raftlab.run.concrete.ScenarioDraft;

/**
 * Removes elements of a list by delta debugging (Zeller and Hildebrandt 2002): large parts first,
 * single elements last.
 */
final class DeltaDebugging {
  /** The place of the list in a draft. */
  interface ListAccess<E> {
    /** The list as it is now. */
    List<E> current();

    /** Returns the present draft with another list. */
    ScenarioDraft with(List<E> others);
  }

  /** Runs after all parts of one size were tried. */
  interface RoundListener {
    void afterRound() throws ShrinkTimeoutException;
  }

  private DeltaDebugging() {}

  /**
   * Removes all elements that aren't needed; afterwards no single element can be removed.
   *
   * @return whether any was removed
   */
  static <E> boolean shrink(SmallestFailure best, ListAccess<E> place, RoundListener between)
      throws ShrinkTimeoutException {
    boolean any = false;
    for (int size = (place.current().size() + 1) / 2; size > 1; size = (size + 1) / 2) {
      if (leaveOut(best, place, size)) {
        any = true;
        between.afterRound();
        size = Math.min(size, place.current().size() + 1);
      }
    }
    while (leaveOut(best, place, 1)) {
      any = true;
      between.afterRound();
    }
    return any;
  }

  private static <E> boolean leaveOut(SmallestFailure best, ListAccess<E> place, int size)
      throws ShrinkTimeoutException {
    boolean any = false;
    int from = 0;
    while (from < place.current().size()) {
      List<Integer> starts = starts(from, place.current().size(), size);
      List<E> now = place.current();
      Function<Integer, ScenarioDraft> without = start -> place.with(without(now, start, size));
      List<ScenarioDraft> drafts = starts.stream().map(without).toList();
      ScenarioDraft taken = best.tryReplaceWithFirst(drafts);
      if (taken == null) {
        return any;
      }
      any = true;
      from = starts.get(drafts.indexOf(taken));
    }
    return any;
  }

  private static List<Integer> starts(int from, int end, int size) {
    List<Integer> starts = new ArrayList<>();
    for (int start = from; start < end; start += size) {
      starts.add(start);
    }
    return starts;
  }

  private static <E> List<E> without(List<E> all, int start, int size) {
    List<E> rest = new ArrayList<>(all.subList(0, start));
    rest.addAll(all.subList(Math.min(all.size(), start + size), all.size()));
    return rest;
  }
}
