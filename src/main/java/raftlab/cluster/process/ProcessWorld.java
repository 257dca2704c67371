package raftlab.cluster.process;

import java.util.List;
import raftlab.cluster.Cluster;
import raftlab.cluster.World;
import raftlab.wire.Id;

/** The process world, for replicas that are programs. */
public record ProcessWorld(ReplicaCommand command) implements World {
  @Override
  public String name() {
    return "process";
  }

  @Override
  public List<String> replicaCommand() {
    return command.given();
  }

  @Override
  public Cluster open(List<Id> replicas, long seed, boolean durable, Cluster.Observer observer) {
    return new ProcessCluster(command, replicas, durable, observer);
  }
}
