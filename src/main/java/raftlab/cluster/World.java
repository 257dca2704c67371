package raftlab.cluster;

import java.util.List;
import raftlab.wire.Id;

/**
 * A way to make clusters: what is said on the command line with {@code --world} and {@code
 * --replica}.
 */
public interface World {
  /** Its name: {@code process} or {@code sim}. */
  String name();

  /** How its replicas are started; empty if they are the reference replica. */
  List<String> replicaCommand();

  /** Whether its clusters can do this to replicas. */
  boolean can(WorldCapability ability);

  /**
   * A cluster of these replicas; none of them is started yet.
   *
   * @param durable whether replicas have a place to store what must survive a crash
   */
  Cluster open(List<Id> replicas, long seed, boolean durable, Cluster.Observer observer);
}
