package raftlab.run.action;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import raftlab.wire.Id;

/**
 * The senders or the receivers of links: all replicas, also those that join later, or named ones.
 * Some of those named may not have joined yet.
 *
 * @param isAll whether these are all replicas
 * @param named the replicas if they are not all
 */
record LinkEnds(boolean isAll, List<Id> named) {
  /** All replicas. */
  static final LinkEnds ALL = new LinkEnds(true, List.of());

  /** Takes a copy of the list. */
  LinkEnds {
    named = List.copyOf(named);
  }

  /**
   * Named replicas.
   *
   * @param present those that have joined
   * @param absent those that may join later
   */
  static LinkEnds of(Collection<Id> present, Collection<Id> absent) {
    List<Id> all = new ArrayList<>(present);
    all.addAll(absent);
    return new LinkEnds(false, all);
  }

  /** Whether a replica is one of them. */
  boolean includes(Id replica) {
    return isAll || named.contains(replica);
  }

  /** Those of them that have joined. */
  List<Id> present(List<Id> replicas) {
    return isAll ? replicas : named.stream().filter(replicas::contains).toList();
  }

  /** Whether a replica that joins later is one of them. */
  boolean mayGrow(List<Id> replicas) {
    return isAll || !replicas.containsAll(named);
  }
}
