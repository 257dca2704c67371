package raftlab.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import raftlab.wire.Id;

/** Numbers the replicas of a run from 0; replicas that join later get the next numbers. */
public final class ReplicaIndex {
  /** The number of an ID that is not a replica. */
  public static final int NONE = -1;

  private final List<Id> ids = new ArrayList<>();
  private final int initialMemberCount;
  private int[] indexes = new int[64];

  /** Numbers these replicas in their order. */
  public ReplicaIndex(List<Id> members) {
    Arrays.fill(indexes, NONE);
    members.forEach(this::add);
    this.initialMemberCount = ids.size();
  }

  private void add(Id id) {
    if (id.value() >= indexes.length) {
      int before = indexes.length;
      indexes = Arrays.copyOf(indexes, id.value() + 1);
      Arrays.fill(indexes, before, indexes.length, NONE);
    }
    indexes[id.value()] = ids.size();
    ids.add(id);
  }

  /** Notes that a replica starts; returns whether it is new. */
  public boolean addIfAbsent(Id id) {
    if (indexOf(id) != NONE) {
      return false;
    }
    add(id);
    return true;
  }

  /** Returns the number of a replica; {@link #NONE} for any other ID. */
  public int indexOf(Id id) {
    return id.value() < indexes.length ? indexes[id.value()] : NONE;
  }

  /** Returns the replica with a number. */
  public Id id(int place) {
    return ids.get(place);
  }

  /** Returns the number of replicas. */
  public int size() {
    return ids.size();
  }

  /** Returns the number of replicas at the start of the run, which are the members. */
  public int initialMemberCount() {
    return initialMemberCount;
  }
}
