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
 * @param replicaCommand the words for these replicas on a command line; empty for the reference
 *     replica with its defaults
 * @param isDelayedByKit whether a message needs 100 to 200 µs between the kit and a replica, as
 *     between processes
 */
public record SimWorld(NodeFactory factory, List<String> replicaCommand, boolean isDelayedByKit)
    implements World {
  /** Its name. */
  public static final String NAME = "sim";

  /** Copies the list. */
  public SimWorld {
    replicaCommand = List.copyOf(replicaCommand);
  }

  /** A world of replicas without a name on the command line. */
  public SimWorld(NodeFactory factory) {
    this(factory, List.of());
  }

  /** A world of replicas with these words on the command line. */
  public SimWorld(NodeFactory factory, List<String> replicaCommand) {
    this(factory, replicaCommand, true);
  }

  /** The same world, in which a replica handles a message at the moment of its delivery. */
  public SimWorld withoutKitDelay() {
    return new SimWorld(factory, replicaCommand, false);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean usesWallClock() {
    return false;
  }

  @Override
  public boolean supports(WorldCapability ability) {
    return true;
  }

  @Override
  public Cluster open(List<Id> replicas, long seed, boolean durable, Cluster.Observer observer) {
    return new SimCluster(this, replicas, seed, durable, observer);
  }
}
