package raftlab.judge.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import raftlab.wire.Id;

/** Numbers the replicas of a run from 0, those that join later behind the others. */
final class Places {
  static final int NOBODY = -1;

  private final List<Id> ids = new ArrayList<>();
  private final int members;
  private int[] places = new int[64];

  Places(List<Id> members) {
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
  boolean started(Id id) {
    if (of(id) != NOBODY) {
      return false;
    }
    add(id);
    return true;
  }

  /** The place of a replica; {@link #NOBODY} for whoever is none. */
  int of(Id id) {
    return id.value() < places.length ? places[id.value()] : NOBODY;
  }

  Id id(int place) {
    return ids.get(place);
  }

  /** How many there are. */
  int count() {
    return ids.size();
  }

  /** How many there were at the beginning: the members. */
  int members() {
    return members;
  }
}
