package raftlab.raft;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import raftlab.wire.Id;

/**
 * The members of the cluster: this replica and the others, each with a place from 0 for use in
 * arrays.
 */
final class Peers {
  private final Id self;
  private final Id[] others;
  private final Map<Id, Integer> places = new HashMap<>(); // only looked up, never walked through
  private final long[] sorted;

  Peers(Id self, List<Id> others) {
    this.self = self;
    this.others = others.toArray(Id[]::new);
    this.sorted = new long[this.others.length];
    for (int place = 0; place < this.others.length; place++) {
      places.put(this.others[place], place);
    }
  }

  Id self() {
    return self;
  }

  /** How many replicas there are besides this one. */
  int count() {
    return others.length;
  }

  Id id(int place) {
    return others[place];
  }

  /** The place of this replica, or -1 if it isn't one of the others. */
  int placeOf(Id replica) {
    Integer place = places.get(replica);
    return place == null ? -1 : place;
  }

  /** How many of the others make a majority of the cluster together with this replica. */
  int othersForMajority() {
    return (others.length + 1) / 2;
  }

  /**
   * The highest value that a majority has reached, given the others' values by place and that this
   * replica has reached whatever they have. With five replicas and the values 7, 3, 9, 5 of the
   * others that is 7: this replica and those with 7 and 9 have reached it.
   */
  long reachedByMajority(long[] values) {
    if (othersForMajority() == 0) {
      return Long.MAX_VALUE;
    }
    for (int place = 0; place < sorted.length; place++) {
      sorted[place] = values[place];
    }
    Arrays.sort(sorted);
    return sorted[sorted.length - othersForMajority()];
  }
}
