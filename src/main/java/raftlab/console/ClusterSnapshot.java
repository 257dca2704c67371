package raftlab.console;

import java.util.List;
import java.util.Optional;
import raftlab.run.lab.Lab;
import raftlab.wire.Id;

/**
 * The state of the cluster for prompt and completion, which must not access the lab.
 *
 * @param replicas all IDs; none if no cluster was started
 * @param reachableCount the number of ready replicas
 * @param partitioned whether the network is partitioned
 */
record ClusterSnapshot(
    List<Id> replicas, int reachableCount, Optional<Id> leader, boolean partitioned) {
  static final ClusterSnapshot EMPTY = new ClusterSnapshot(List.of(), 0, Optional.empty(), false);

  static ClusterSnapshot of(Lab lab) {
    return new ClusterSnapshot(
        lab.replicas(),
        lab.ready().size(),
        lab.leader(),
        !lab.links().topology().isFullyConnected());
  }
}
