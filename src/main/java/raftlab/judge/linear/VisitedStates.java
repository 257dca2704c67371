package raftlab.judge.linear;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The visited configurations from which no order was found. A configuration that has used the same
 * open operations and more is no better than another, since the other can do all that it can.
 */
final class VisitedStates {
  /** Visited without any open operation used: no configuration is better. */
  private static final int[][] UNUSED = {};

  /** The first missing return, the missing pending operations, and the state. */
  private static final class Configuration {
    private final int frontier;
    private final int state;
    private final long[] missing;
    private final int hash;

    Configuration(int frontier, int state, long[] missing) {
      this.frontier = frontier;
      this.state = state;
      this.missing = missing;
      int mixed = (31 * frontier + state) * 31 + Arrays.hashCode(missing);
      this.hash = mixed * 0x9E3779B9;
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Configuration place
          && frontier == place.frontier
          && state == place.state
          && Arrays.equals(missing, place.missing);
    }
  }

  private final Map<Configuration, int[][]> visits = new HashMap<>();

  /**
   * Whether a configuration at least as good was visited before.
   *
   * @param used how many open operations of each group it has used
   * @param remember whether to remember this one if not
   */
  boolean wasVisited(int frontier, int state, long[] lacking, int[] used, boolean remember) {
    Configuration place = new Configuration(frontier, state, lacking.clone());
    int[][] before = visits.get(place);
    if (before == UNUSED) {
      return true;
    }
    if (before != null) {
      for (int[] other : before) {
        if (isCovered(other, used)) {
          return true;
        }
      }
    }
    if (remember) {
      visits.put(place, with(before, used));
    }
    return false;
  }

  private static int[][] with(int @Nullable [][] before, int[] used) {
    if (Arrays.stream(used).allMatch(count -> count == 0)) {
      return UNUSED;
    }
    if (before == null) {
      return new int[][] {used.clone()};
    }
    int[][] kept =
        Arrays.stream(before).filter(other -> !isCovered(used, other)).toArray(int[][]::new);
    int[][] more = Arrays.copyOf(kept, kept.length + 1);
    more[kept.length] = used.clone();
    return more;
  }

  private static boolean isCovered(int[] fewer, int[] used) {
    for (int i = 0; i < used.length; i++) {
      if (fewer[i] > used[i]) {
        return false;
      }
    }
    return true;
  }
}
