package raftlab.run;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import raftlab.wire.Id;

/**
 * Who leads, as far as messages tell: each replica's latest word counts as one voice, and whoever
 * most of the living replicas name leads. A single follower that hasn't heard of the new leader yet
 * doesn't turn the picture back.
 *
 * <p>Of one that has died and come back, others may say for a while that it leads still: it leads
 * only if it says so itself.
 */
final class Leadership {
  private final Population population;
  private final Map<Id, Id> voices = new HashMap<>();
  private final Set<Id> diedBefore = new HashSet<>();
  private Id leader = Id.BROADCAST;

  Leadership(Population population) {
    this.population = population;
  }

  /** The leader known at present; {@link Id#BROADCAST} if none. */
  Id leader() {
    return leader;
  }

  /** This replica is dead: its voice no longer counts. */
  void died(Id replica) {
    voices.remove(replica);
    diedBefore.add(replica);
  }

  /** Whether the latest word of this replica names that one as the leader. */
  boolean names(Id replica, Id named) {
    return named.equals(voices.get(replica));
  }

  /** Notes whom a replica names; returns whether that is news from it. */
  boolean heard(Id replica, Id named) {
    return !named.equals(voices.put(replica, named));
  }

  /**
   * Counts the voices anew.
   *
   * @param counts which replicas count: the living ones in the majority's part of the network.
   *     Those of them that are members have a voice; those that were removed can't be named
   * @return whether another leader than before is known now
   */
  boolean recount(Predicate<Id> counts) {
    Id before = leader;
    leader = mostNamed(counts);
    return !leader.equals(before);
  }

  private Id mostNamed(Predicate<Id> counts) {
    int electorate = 0;
    Map<Id, Integer> votes = new HashMap<>();
    for (Id replica : population.members()) {
      if (counts.test(replica)) {
        electorate++;
        Id named = voices.get(replica);
        if (named != null && counts.test(named) && canLead(named)) {
          votes.merge(named, 1, Integer::sum);
        }
      }
    }
    for (Id replica : population.all()) {
      if (2 * votes.getOrDefault(replica, 0) > electorate) {
        return replica;
      }
    }
    return Id.BROADCAST;
  }

  private boolean canLead(Id named) {
    return !population.isRemoved(named)
        && (!diedBefore.contains(named) || named.equals(voices.get(named)));
  }
}
