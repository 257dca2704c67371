package raftlab.console;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import raftlab.run.lab.Lab;
import raftlab.wire.Id;

/**
 * The state of the cluster for prompt and completion, which must not access the lab.
 *
 * @param replicas all IDs; none if no cluster was started
 * @param reachableCount the number of ready replicas
 * @param partitioned whether the network is partitioned
 * @param stoppedAtMicros the time of the cluster, if it stands still between commands
 */
record ClusterSnapshot(
    List<Id> replicas,
    int reachableCount,
    Optional<Id> leader,
    boolean partitioned,
    OptionalLong stoppedAtMicros) {
  static final ClusterSnapshot EMPTY =
      new ClusterSnapshot(List.of(), 0, Optional.empty(), false, OptionalLong.empty());

  static ClusterSnapshot of(LiveCluster cluster) {
    Lab lab = cluster.lab();
    return new ClusterSnapshot(
        lab.replicas(),
        lab.ready().size(),
        lab.leader(),
        !lab.links().topology().isFullyConnected(),
        cluster.isSteppable() ? OptionalLong.of(lab.nowMicros()) : OptionalLong.empty());
  }
}
