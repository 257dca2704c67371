package raftlab.raft;

import static raftlab.raft.SimulatedCluster.MILLI;

import java.util.SplittableRandom;

/**
 * What befalls a simulated cluster: crashes and restarts, partitions, links cut, replicas paused.
 */
final class RandomFaults {
  private final SimulatedCluster cluster;
  private final SplittableRandom random;

  RandomFaults(SimulatedCluster cluster, SplittableRandom random) {
    this.cluster = cluster;
    this.random = random;
  }

  /** One thing happens. */
  void strike() {
    SimulatedMachine any = any();
    SimulatedMachine leader = cluster.leader();
    SimulatedMachine victim = leader != null && random.nextBoolean() ? leader : any;
    switch (random.nextInt(9)) {
      case 0 -> cluster.partition();
      case 1 -> cluster.isolate(victim.number);
      case 2, 3 -> cluster.heal();
      case 4 -> {
        victim.crash();
        cluster.at(cluster.now() + random.nextLong(1_500 * MILLI), victim::boot);
      }
      case 5 -> victim.pause(cluster.now() + random.nextLong(1_500 * MILLI));
      case 6 -> cluster.cut[any().number][any().number] = true;
      case 7 -> {
        for (SimulatedMachine machine : cluster.machines) {
          machine.crash();
          cluster.at(cluster.now() + random.nextLong(300 * MILLI), machine::boot);
        }
      }
      default -> {
        victim.crash();
        victim.boot();
      }
    }
  }

  private SimulatedMachine any() {
    return cluster.machines.get(random.nextInt(cluster.machines.size()));
  }

  /** Ends all faults and starts all machines. */
  void end() {
    cluster.heal();
    cluster.loss = 0;
    cluster.lateness = 0;
    cluster.crashInEvent = 0;
    cluster.machines.forEach(SimulatedMachine::boot);
  }
}
