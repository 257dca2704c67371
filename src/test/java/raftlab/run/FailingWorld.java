package raftlab.run;

import java.util.List;
import java.util.function.LongPredicate;
import raftlab.cluster.Cluster;
import raftlab.cluster.World;
import raftlab.cluster.WorldCapability;
import raftlab.wire.Id;

/**
 * A world of which some clusters can't be opened.
 *
 * @param fails which, by their seeds
 */
public record FailingWorld(World sound, LongPredicate fails) implements World {
  @Override
  public String name() {
    return sound.name();
  }

  @Override
  public List<String> replicaCommand() {
    return sound.replicaCommand();
  }

  @Override
  public boolean usesWallClock() {
    return sound.usesWallClock();
  }

  @Override
  public boolean supports(WorldCapability ability) {
    return sound.supports(ability);
  }

  @Override
  public Cluster open(List<Id> replicas, long seed, boolean durable, Cluster.Observer observer) {
    if (fails.test(seed)) {
      throw new IllegalStateException("a bug");
    }
    return sound.open(replicas, seed, durable, observer);
  }
}
