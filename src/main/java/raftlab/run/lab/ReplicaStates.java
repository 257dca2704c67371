package raftlab.run.lab;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import raftlab.run.lab.Lab.State;
import raftlab.wire.Id;

/** Who there is: what each replica is doing, and what it is to the cluster. */
final class ReplicaStates {
  private final Map<Id, State> states = new TreeMap<>();
  private final Map<Id, MembershipStatus> standings = new TreeMap<>();

  /** Those that are down, in the order in which they ended. */
  private final Set<Id> down = new LinkedHashSet<>();

  private List<Id> all;
  private List<Id> members;

  /** Members, none of which is started. */
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

  /** One more is there, which isn't started. */
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

  /** What this replica is doing; null if there is none. */
  State state(Id replica) {
    return states.get(replica);
  }

  /** What this replica is to the cluster; null if there is none. */
  MembershipStatus standing(Id replica) {
    return standings.get(replica);
  }

  boolean contains(Id id) {
    return states.containsKey(id);
  }

  /** Whether messages reach it, though one that is paused will only read them later. */
  boolean isReady(Id id) {
    return isAwake(id) || states.get(id) == State.PAUSED;
  }

  /** Whether it can be reached, and acts. */
  boolean isAwake(Id id) {
    return states.get(id) == State.READY;
  }

  boolean isMember(Id id) {
    return standings.get(id) == MembershipStatus.MEMBER;
  }

  boolean isRemoved(Id id) {
    return standings.get(id) == MembershipStatus.REMOVED;
  }

  /** All, ascending. */
  List<Id> all() {
    return all;
  }

  /** The members, ascending. */
  List<Id> members() {
    return members;
  }

  /** Those that ended and were not removed before, in the order in which they ended. */
  List<Id> down() {
    return down.stream().filter(id -> !isRemoved(id)).toList();
  }
}
