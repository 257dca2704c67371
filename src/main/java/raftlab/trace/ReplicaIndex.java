package raftlab.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import raftlab.wire.Id;

/** Numbers the replicas of a run from 0, those that join later behind the others. */
public final class ReplicaIndex {
  /** The place of whoever is no replica. */
  public static final int NOBODY = -1;

  private final List<Id> ids = new ArrayList<>();
  private final int members;
  private int[] places = new int[64];

  /** These replicas, in their order. */
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

  /** A replica starts; returns whether it is a new one. */
  public boolean started(Id id) {
    if (of(id) != NOBODY) {
      return false;
    }
    add(id);
    return true;
  }

  /** The place of a replica; {@link #NOBODY} for whoever is none. */
  public int of(Id id) {
    return id.value() < places.length ? places[id.value()] : NOBODY;
  }

  /** The replica at a place. */
  public Id id(int place) {
    return ids.get(place);
  }

  /** How many there are. */
  public int count() {
    return ids.size();
  }

  /** How many there were at the beginning: the members. */
  public int members() {
    return members;
  }
}
