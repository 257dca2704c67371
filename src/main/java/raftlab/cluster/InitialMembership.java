package raftlab.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import raftlab.wire.Id;

/** The replicas of a cluster, and the IDs that each gets when it starts. */
public final class InitialMembership {
  private final List<Id> founders;
  private final Set<Id> joined = new TreeSet<>();

  /** The membership of a cluster that is opened with these replicas. */
  public InitialMembership(Collection<Id> founders) {
    this.founders = founders.stream().sorted().toList();
  }

  /**
   * Adds a replica that was not among the initial ones.
   *
   * @throws IllegalArgumentException if it was
   */
  public void join(Id replica) {
    if (founders.contains(replica)) {
      throw new IllegalArgumentException(
          "replica " + replica + " is one of the initial replicas, expected one that joins");
    }
    joined.add(replica);
  }

  /** Whether it joined later; then it joins at each start. */
  public boolean hasJoined(Id replica) {
    return joined.contains(replica);
  }

  /**
   * Returns the other replicas that this one gets when it starts, ascending: the initial ones and,
   * if it joined itself, all others that have joined so far.
   */
  public List<Id> othersOf(Id replica) {
    List<Id> others = new ArrayList<>(founders);
    if (hasJoined(replica)) {
      others.addAll(joined);
    }
    others.remove(replica);
    others.sort(null);
    return List.copyOf(others);
  }
}
