package raftlab.console;

import java.util.List;
import raftlab.run.Lab;
import raftlab.wire.Id;

/**
 * What prompt and completion need to know of the cluster; they may not touch the lab.
 *
 * @param replicas all IDs; none if no cluster was started
 * @param up how many of them can be reached
 * @param cut whether the network is cut
 */
record View(List<Id> replicas, int up, Id leader, boolean cut) {
  static final View NOTHING = new View(List.of(), 0, Id.BROADCAST, false);

  static View of(Lab lab) {
    return new View(
        lab.replicas(), lab.ready().size(), lab.leader(), !lab.links().topology().isWhole());
  }
}
