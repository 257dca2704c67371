package raftlab.cluster.sim;

import java.util.List;
import raftlab.cluster.Cluster;
import raftlab.cluster.World;
import raftlab.node.NodeFactory;
import raftlab.wire.Id;

/** The simulated world, for replicas that are {@link raftlab.node.Node}s. */
public record SimWorld(NodeFactory factory) implements World {
  @Override
  public String name() {
    return "sim";
  }

  @Override
  public List<String> replicaCommand() {
    return List.of();
  }

  @Override
  public Cluster open(List<Id> replicas, long seed, boolean durable, Cluster.Observer observer) {
    return new SimCluster(factory, replicas, seed, durable, observer);
  }
}
