package raftlab.run.lab;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;

/** The state and the membership of each replica. */
final class ReplicaStates {
  private final Map<Id, ReplicaState> states = new TreeMap<>();
  private final Map<Id, MembershipStatus> membershipStatuses = new TreeMap<>();

  /** The replicas that are down, in the order in which they ended. */
  private final Set<Id> down = new LinkedHashSet<>();

  private List<Id> all;
  private List<Id> members;

  /** Starts with these members, none of them running. */
  ReplicaStates(List<Id> replicas) {
    for (Id replica : replicas) {
      states.put(replica, ReplicaState.DOWN);
      membershipStatuses.put(replica, MembershipStatus.MEMBER);
    }
    recompute();
  }

  private void recompute() {
    all = List.copyOf(states.keySet());
    members =
        all.stream().filter(id -> membershipStatuses.get(id) == MembershipStatus.MEMBER).toList();
  }

  /** Adds a replica that isn't running. */
  void join(Id replica) {
    states.put(replica, ReplicaState.DOWN);
    membershipStatuses.put(replica, MembershipStatus.JOINING);
    recompute();
  }

  void set(Id replica, ReplicaState state) {
    states.put(replica, state);
    down.remove(replica);
    if (state == ReplicaState.CRASHED || state == ReplicaState.EXITED) {
      down.add(replica);
    }
  }

  void set(Id replica, MembershipStatus standing) {
    membershipStatuses.put(replica, standing);
    recompute();
  }

  /** Returns the state of this replica; null for an unknown ID. */
  @Nullable ReplicaState state(Id replica) {
    return states.get(replica);
  }

  /** Returns the membership of this replica; null for an unknown ID. */
  @Nullable MembershipStatus membershipStatus(Id replica) {
    return membershipStatuses.get(replica);
  }

  boolean contains(Id id) {
    return states.containsKey(id);
  }

  /** Whether messages reach it; one that is paused reads them later. */
  boolean isReady(Id id) {
    return isActing(id) || states.get(id) == ReplicaState.PAUSED;
  }

  /** Whether it is ready and not paused. */
  boolean isActing(Id id) {
    return states.get(id) == ReplicaState.READY;
  }

  boolean isMember(Id id) {
    return membershipStatuses.get(id) == MembershipStatus.MEMBER;
  }

  boolean isRemoved(Id id) {
    return membershipStatuses.get(id) == MembershipStatus.REMOVED;
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
