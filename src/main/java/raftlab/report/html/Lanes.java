package raftlab.report.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/** Numbers the lanes of the diagram: first the clients and the operator, then the replicas. */
final class Lanes {
  private final List<Id> ids = new ArrayList<>();
  private final Map<Id, Integer> numbers = new HashMap<>();
  private final int clients;

  private Lanes(Set<Id> clients, Set<Id> replicas) {
    clients.forEach(this::add);
    this.clients = ids.size();
    replicas.forEach(this::add);
  }

  /** Returns the lanes of a run. */
  static Lanes of(Trace trace) {
    Set<Id> replicas = new TreeSet<>(trace.header().replicas());
    Set<Id> clients = new TreeSet<>();
    for (Event event : trace.events()) {
      if (event instanceof Event.Started started) {
        replicas.add(started.replica());
      } else if (event instanceof Event.Requested request) {
        clients.add(request.client());
      } else if (event instanceof Event.Sent sent) {
        clients.add(sent.from());
        clients.add(sent.to());
      }
    }
    clients.removeAll(replicas);
    clients.remove(Id.BROADCAST);
    return new Lanes(clients, replicas);
  }

  private void add(Id id) {
    numbers.put(id, ids.size());
    ids.add(id);
  }

  /** Returns the number of a lane; -1 for an ID without a lane. */
  int number(Id id) {
    return numbers.getOrDefault(id, -1);
  }

  /** Whether this is a replica. */
  boolean isReplica(Id id) {
    return number(id) >= clients;
  }

  /** Returns the IDs of all lanes, by number. */
  List<Id> ids() {
    return ids;
  }

  /** Returns the number of the first replica. */
  int firstReplica() {
    return clients;
  }
}
