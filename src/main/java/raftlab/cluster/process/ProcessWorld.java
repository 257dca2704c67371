package raftlab.cluster.process;

import java.util.List;
import raftlab.cluster.Cluster;
import raftlab.cluster.World;
import raftlab.cluster.WorldCapability;
import raftlab.wire.Id;

/**
 * The process world, for replicas that are executables.
 *
 * @param sandbox how they are started
 */
public record ProcessWorld(ReplicaCommand command, ReplicaSandbox sandbox) implements World {
  /** Its name. */
  public static final String NAME = "process";

  /** The world with replicas as plain processes. */
  public ProcessWorld(ReplicaCommand command) {
    this(command, ReplicaSandbox.NONE);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean usesWallClock() {
    return true;
  }

  @Override
  public List<String> replicaCommand() {
    return command.userWords();
  }

  /**
   * The kit can't change the clock and the disk of the machine. It knows the file format of the
   * reference replica only, so only that can have torn writes.
   */
  @Override
  public boolean supports(WorldCapability ability) {
    return ability == WorldCapability.TORN_WRITES && command.isReference();
  }

  @Override
  public Cluster open(List<Id> replicas, long seed, boolean durable, Cluster.Observer observer) {
    return new ProcessCluster(command, sandbox, replicas, seed, durable, observer);
  }
}
