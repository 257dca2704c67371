package raftlab.raft;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import raftlab.wire.Id;

/**
 * The other members of the cluster, and those that have just been removed, each with a slot from 0
 * for use in arrays; and the arithmetic of majorities. The slots change when the members do; see
 * {@link #version}.
 */
final class Peers {
  private final Id self;
  private Id[] others = {};
  private boolean[] isVoter = {};
  private boolean[] isMember = {};
  private int voters; // including this replica, if it is one
  private boolean selfIsVoter;
  private final Map<Id, Integer> slots = new HashMap<>(); // never iterated
  private long[] sorted = {}; // reused for sorting
  private int version;

  Peers(Id self) {
    this.self = self;
  }

  /** A new configuration. The removed members must still receive that. */
  void update(Configuration configuration, List<Id> removedMembers) {
    version++;
    others =
        Stream.of(configuration.voters(), configuration.learners(), removedMembers)
            .flatMap(List::stream)
            .filter(member -> !member.equals(self))
            .sorted()
            .toArray(Id[]::new);
    isVoter = new boolean[others.length];
    isMember = new boolean[others.length];
    slots.clear();
    for (int slot = 0; slot < others.length; slot++) {
      slots.put(others[slot], slot);
      isVoter[slot] = configuration.isVoter(others[slot]);
      isMember[slot] = configuration.isMember(others[slot]);
    }
    voters = configuration.voters().size();
    selfIsVoter = configuration.isVoter(self);
    sorted = new long[selfIsVoter ? voters - 1 : voters];
  }

  /** Changes when the slots do. */
  int version() {
    return version;
  }

  Id self() {
    return self;
  }

  boolean selfIsVoter() {
    return selfIsVoter;
  }

  /** The number of slots. */
  int count() {
    return others.length;
  }

  Id id(int slot) {
    return others[slot];
  }

  /** The slot of this replica; -1 if it has none. */
  int slotOf(Id replica) {
    Integer slot = slots.get(replica);
    return slot == null ? -1 : slot;
  }

  /** Whether it is a voter or a learner of the latest configuration. */
  boolean isMember(int slot) {
    return isMember[slot];
  }

  boolean isVoter(int slot) {
    return isVoter[slot];
  }

  /**
   * How many of the other voters make a majority of all voters, together with this replica if it is
   * a voter itself. A leader that is being removed doesn't count itself (dissertation §4.2.2).
   */
  int otherVotesForMajority() {
    int majority = voters / 2 + 1;
    return selfIsVoter ? majority - 1 : majority;
  }

  /**
   * The highest value that a majority of the voters has reached, given the values of the others by
   * slot; this replica has reached all of them. With five voters and the values 7, 3, 9, 5 of the
   * others that is 7: this replica and those with 7 and 9 have reached it.
   */
  long reachedByMajority(long[] values) {
    int needed = otherVotesForMajority();
    if (needed == 0) {
      return Long.MAX_VALUE;
    }
    int count = 0;
    for (int slot = 0; slot < others.length; slot++) {
      if (isVoter[slot]) {
        sorted[count++] = values[slot];
      }
    }
    Arrays.sort(sorted);
    return needed > count ? Long.MIN_VALUE : sorted[count - needed];
  }
}
