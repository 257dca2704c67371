package raftlab.run.lab;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import raftlab.run.lab.Lab.State;
import raftlab.wire.Id;

/** The state and the membership of each replica. */
final class ReplicaStates {
  private final Map<Id, State> states = new TreeMap<>();
  private final Map<Id, MembershipStatus> standings = new TreeMap<>();

  /** The replicas that are down, in the order in which they ended. */
  private final Set<Id> down = new LinkedHashSet<>();

  private List<Id> all;
  private List<Id> members;

  /** Starts with these members, none of them running. */
  ReplicaStates(List<Id> replicas) {
    for (Id replica : replicas) {
      states.put(replica, State.DOWN);
      standings.put(replica, MembershipStatus.MEMBER);
    }
    count();
  }

  private void count() {
    all = List.copyOf(states.keySet());
    members = all.stream().filter(id -> standings.get(id) == MembershipStatus.MEMBER).toList();
  }

  /** Adds a replica that isn't running. */
  void join(Id replica) {
    states.put(replica, State.DOWN);
    standings.put(replica, MembershipStatus.JOINING);
    count();
  }

  void set(Id replica, State state) {
    states.put(replica, state);
    down.remove(replica);
    if (state == State.CRASHED || state == State.EXITED) {
      down.add(replica);
    }
  }

  void set(Id replica, MembershipStatus standing) {
    standings.put(replica, standing);
    count();
  }

  /** Returns the state of this replica; null for an unknown ID. */
  State state(Id replica) {
    return states.get(replica);
  }

  /** Returns the membership of this replica; null for an unknown ID. */
  MembershipStatus standing(Id replica) {
    return standings.get(replica);
  }

  boolean contains(Id id) {
    return states.containsKey(id);
  }

  /** Whether messages reach it; one that is paused reads them later. */
  boolean isReady(Id id) {
    return isAwake(id) || states.get(id) == State.PAUSED;
  }

  /** Whether it is ready and not paused. */
  boolean isAwake(Id id) {
    return states.get(id) == State.READY;
  }

  boolean isMember(Id id) {
    return standings.get(id) == MembershipStatus.MEMBER;
  }

  boolean isRemoved(Id id) {
    return standings.get(id) == MembershipStatus.REMOVED;
  }

  /** Returns all replicas, ascending. */
  List<Id> all() {
    return all;
  }

  /** Returns the members, ascending. */
  List<Id> members() {
    return members;
  }

  /**
   * Returns the replicas that ended and were not removed before, in the order in which they ended.
   */
  List<Id> down() {
    return down.stream().filter(id -> !isRemoved(id)).toList();
  }
}
