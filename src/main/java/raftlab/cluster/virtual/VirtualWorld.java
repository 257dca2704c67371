package raftlab.cluster.virtual;

import java.nio.file.Path;
import java.util.List;
import raftlab.cluster.Cluster;
import raftlab.cluster.World;
import raftlab.cluster.WorldCapability;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.wire.Id;

/**
 * The virtual world, for replicas that are executables.
 *
 * @param supervisor the program that runs them
 */
public record VirtualWorld(ReplicaCommand command, Path supervisor) implements World {
  /** Its name. */
  public static final String NAME = "virtual";

  /**
   * The virtual world of this machine.
   *
   * @throws SupervisorException if this machine can't run the supervisor
   */
  public static VirtualWorld of(ReplicaCommand command) {
    return new VirtualWorld(command, SupervisorProgram.find());
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
  public List<String> replicaCommand() {
    return command.userWords();
  }

  @Override
  public boolean supports(WorldCapability ability) {
    return switch (ability) {
      case CLOCK -> true;
      case TORN_WRITES -> command.isReference();
      case DISK_LIMITS, STEPPING -> false;
    };
  }

  @Override
  public Cluster open(List<Id> replicas, long seed, boolean durable, Cluster.Observer observer) {
    return new VirtualCluster(this, replicas, seed, durable, observer);
  }
}
