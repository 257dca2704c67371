package raftlab.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import raftlab.wire.Id;

/** Numbers the replicas of a run from 0; replicas that join later get the next numbers. */
public final class ReplicaIndex {
  /** The number of an ID that is not a replica. */
  public static final int NOBODY = -1;

  private final List<Id> ids = new ArrayList<>();
  private final int members;
  private int[] places = new int[64];

  /** Numbers these replicas in their order. */
  public ReplicaIndex(List<Id> members) {
    Arrays.fill(places, NOBODY);
    members.forEach(this::add);
    this.members = ids.size();
  }

  private void add(Id id) {
    if (id.value() >= places.length) {
      int before = places.length;
      places = Arrays.copyOf(places, id.value() + 1);
      Arrays.fill(places, before, places.length, NOBODY);
    }
    places[id.value()] = ids.size();
    ids.add(id);
  }

  /** Notes that a replica starts; returns whether it is new. */
  public boolean started(Id id) {
    if (of(id) != NOBODY) {
      return false;
    }
    add(id);
    return true;
  }

  /** Returns the number of a replica; {@link #NOBODY} for any other ID. */
  public int of(Id id) {
    return id.value() < places.length ? places[id.value()] : NOBODY;
  }

  /** Returns the replica with a number. */
  public Id id(int place) {
    return ids.get(place);
  }

  /** Returns the number of replicas. */
  public int count() {
    return ids.size();
  }

  /** Returns the number of replicas at the start of the run, which are the members. */
  public int members() {
    return members;
  }
}
