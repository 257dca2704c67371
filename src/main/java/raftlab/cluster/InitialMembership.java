package raftlab.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import raftlab.wire.Id;

/** The replicas of a cluster, and whom each of them is told of when it is started. */
public final class InitialMembership {
  private final List<Id> founders;
  private final Set<Id> joined = new TreeSet<>();

  /** Of a cluster that is opened with these replicas. */
  public InitialMembership(Collection<Id> founders) {
    this.founders = founders.stream().sorted().toList();
  }

  /**
   * Adds a replica that the cluster was not opened with.
   *
   * @throws IllegalArgumentException if it was
   */
  public void join(Id replica) {
    if (founders.contains(replica)) {
      throw new IllegalArgumentException(
          "replica " + replica + " is there from the beginning, expected one that joins");
    }
    joined.add(replica);
  }

  /** Whether it joined: every start of it is one of a replica that joins. */
  public boolean hasJoined(Id replica) {
    return joined.contains(replica);
  }

  /**
   * Whom this replica is told of, ascending: those whom the cluster was opened with, and if it
   * joined itself, all others that have joined so far.
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
