package raftlab.console;

import java.util.List;
import raftlab.run.lab.Lab;
import raftlab.wire.Id;

/**
 * What prompt and completion need to know of the cluster; they may not touch the lab.
 *
 * @param replicas all IDs; none if no cluster was started
 * @param up how many of them can be reached
 * @param cut whether the network is cut
 */
record ClusterSnapshot(List<Id> replicas, int up, Id leader, boolean cut) {
  static final ClusterSnapshot NOTHING = new ClusterSnapshot(List.of(), 0, Id.BROADCAST, false);

  static ClusterSnapshot of(Lab lab) {
    return new ClusterSnapshot(
        lab.replicas(), lab.ready().size(), lab.leader(), !lab.links().topology().isWhole());
  }
}
