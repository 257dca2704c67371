package raftlab.cluster.sim;

import java.util.List;
import raftlab.cluster.Cluster;
import raftlab.cluster.World;
import raftlab.cluster.WorldCapability;
import raftlab.node.NodeFactory;
import raftlab.wire.Id;

/**
 * The simulated world, for replicas that are {@link raftlab.node.Node}s.
 *
 * @param replicaCommand how one would name these replicas on a command line; empty for the
 *     reference replica as it is by default
 */
public record SimWorld(NodeFactory factory, List<String> replicaCommand) implements World {
  /** Takes a copy of the list. */
  public SimWorld {
    replicaCommand = List.copyOf(replicaCommand);
  }

  /** A world of replicas that have no name. */
  public SimWorld(NodeFactory factory) {
    this(factory, List.of());
  }

  @Override
  public String name() {
    return "sim";
  }

  @Override
  public boolean can(WorldCapability ability) {
    return true;
  }

  @Override
  public Cluster open(List<Id> replicas, long seed, boolean durable, Cluster.Observer observer) {
    return new SimCluster(factory, replicas, seed, durable, observer);
  }
}
