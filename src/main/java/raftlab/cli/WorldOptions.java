package raftlab.cli;

import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Option;
import raftlab.cluster.World;
import raftlab.cluster.process.ProcessWorld;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.cluster.sim.SimWorld;
import raftlab.raft.RaftNode;

/** The options that say what is played where. */
final class WorldOptions {
  /** The two worlds, as they are named on the command line. */
  enum Kind {
    process,
    sim
  }

  @Option(
      names = "--world",
      paramLabel = "WORLD",
      defaultValue = "process",
      description =
          "process (real processes, any language; the default) or sim (simulated, the reference replica)")
  private Kind kind;

  @Option(
      names = {"-r", "--replica"},
      paramLabel = "CMD",
      description =
          "the replica's program, with arguments if need be; the reference replica if not given")
  private String replica;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "the seed of all random choices; the scenario's own, or else a new one, if not given")
  private Long seed;

  /** The world that was asked for. */
  World world() {
    if (kind == Kind.sim) {
      if (replica != null) {
        throw new WrongUseException(
            "found --replica with --world sim; programs can only be played in --world process");
      }
      return new SimWorld(RaftNode::new);
    }
    try {
      return new ProcessWorld(
          replica == null ? ReplicaCommand.reference() : ReplicaCommand.parse(replica));
    } catch (IllegalArgumentException wrong) {
      throw new WrongUseException(wrong.getMessage());
    }
  }

  /** Whether a seed was given. */
  boolean hasSeed() {
    return seed != null;
  }

  /** The seed that was given, or else a new one: short enough to type. */
  long seedOrNew() {
    return seed != null ? seed : newSeed();
  }

  static long newSeed() {
    return ThreadLocalRandom.current().nextInt(1_000_000_000);
  }
}
