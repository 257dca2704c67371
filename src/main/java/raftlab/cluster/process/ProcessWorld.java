package raftlab.cluster.process;

import java.util.List;
import raftlab.cluster.Cluster;
import raftlab.cluster.World;
import raftlab.cluster.WorldCapability;
import raftlab.wire.Id;

/** The process world, for replicas that are programs. */
public record ProcessWorld(ReplicaCommand command) implements World {
  static final String NAME = "process";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> replicaCommand() {
    return command.given();
  }

  /**
   * Clocks and disks belong to the machine, not to the kit. Only of the reference replica it knows
   * how a record looks that was written in part.
   */
  @Override
  public boolean can(WorldCapability ability) {
    return ability == WorldCapability.TORN_WRITES && command.isReference();
  }

  @Override
  public Cluster open(List<Id> replicas, long seed, boolean durable, Cluster.Observer observer) {
    return new ProcessCluster(command, replicas, seed, durable, observer);
  }
}
