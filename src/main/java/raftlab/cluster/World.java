package raftlab.cluster;

import java.util.List;
import raftlab.wire.Id;

/** Creates clusters. The options {@code --world} and {@code --replica} choose one. */
public interface World {
  /** Returns its name: {@code process}, {@code virtual} or {@code sim}. */
  String name();

  /** Returns the command that starts a replica; empty for the reference replica. */
  List<String> replicaCommand();

  /**
   * Whether time is the wall clock, which other programs can disturb. Otherwise time is a number,
   * and passes only in {@link Cluster#advance}.
   */
  boolean usesWallClock();

  /** Whether its clusters have this capability. */
  boolean supports(WorldCapability ability);

  /**
   * Opens a cluster of these replicas and starts none of them.
   *
   * @param durable whether replicas can store what must survive a crash
   */
  Cluster open(List<Id> replicas, long seed, boolean durable, Cluster.Observer observer);
}
