package raftlab.cli;

import static raftlab.cluster.process.ReplicaCommand.REFERENCE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import raftlab.cluster.World;
import raftlab.cluster.process.ProcessWorld;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.cluster.sim.SimWorld;
import raftlab.cluster.virtual.SupervisorException;
import raftlab.cluster.virtual.VirtualWorld;
import raftlab.console.ConsoleWorlds;
import raftlab.replica.ReplicaOptions;

/** The options that select the world and the replicas. */
final class WorldOptions {
  /** The worlds, with their names on the command line. */
  enum Kind {
    PROCESS(ProcessWorld.NAME),
    VIRTUAL(VirtualWorld.NAME),
    SIM(SimWorld.NAME);

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    /** Its name in scenarios, traces and on the command line. */
    String key() {
      return key;
    }

    /** The world with this name, which must be one of them. */
    static Kind of(String name) {
      return Arrays.stream(values())
          .filter(kind -> kind.key.equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new UsageException(
                      "found world "
                          + name
                          + " in a trace, expected one of process, virtual, sim"));
    }
  }

  @Option(
      names = "--world",
      paramLabel = "WORLD",
      defaultValue = "process",
      description =
          "process (real processes, any language; the default), virtual (the same programs on virtual"
              + " time, Linux only) or sim (simulated, the reference replica)")
  private Kind kind;

  @Option(
      names = {"-r", "--replica"},
      paramLabel = "CMD",
      description =
          "the replica's program, with arguments if needed; default: the reference replica."
              + " `reference --no-pre-vote` is that one with an option: see `raftlab replica"
              + " --help`")
  private String replica;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "the seed of all random choices; default: the scenario's own, else a new one")
  private Long seed;

  /** The selected world. */
  World world() {
    return world(kind, replica);
  }

  /**
   * The selected world.
   *
   * @param certify whether runs must be the same when they are played twice
   */
  World world(boolean certify) {
    World world = world();
    if (certify && world.usesWallClock()) {
      throw new UsageException(
          "found --certify with --world "
              + world.name()
              + ", expected --world virtual or sim: processes keep their own time");
    }
    return world;
  }

  /** The worlds of a console: the selected one, and both with other replicas. */
  ConsoleWorlds consoleWorlds() {
    return new ConsoleWorlds(
        world(),
        other -> another(Kind.PROCESS, other != null || kind == Kind.SIM ? other : replica),
        other -> another(Kind.SIM, other != null || isProgram() ? other : replica));
  }

  private static World another(Kind kind, @Nullable String replica) {
    try {
      return world(kind, replica);
    } catch (UsageException wrong) {
      throw new IllegalArgumentException(wrong.getMessage(), wrong);
    }
  }

  private boolean isProgram() {
    return replica != null && !replica.strip().split("\\s+")[0].equals(REFERENCE);
  }

  /** A world with these replicas; the reference replica if null. */
  static World world(Kind kind, @Nullable String replica) {
    List<String> words =
        replica == null ? List.of(REFERENCE) : List.of(replica.strip().split("\\s+"));
    if (replica != null && !words.get(0).equals(REFERENCE)) {
      return program(kind, replica);
    }
    ReplicaOptions options = options(words.subList(1, words.size()));
    return switch (kind) {
      case PROCESS -> new ProcessWorld(ReplicaCommand.reference(options.words()));
      case VIRTUAL -> virtual(ReplicaCommand.reference(options.words()));
      case SIM -> simulated(options);
    };
  }

  /**
   * A world in which a run can be repeated: by default the virtual world for a program, and the
   * simulated one for the reference replica.
   *
   * @param kind null for the default
   * @param replica the replicas' program; null for the reference replica
   */
  static World repeatable(@Nullable Kind kind, @Nullable String replica) {
    if (kind == Kind.PROCESS) {
      throw new UsageException(
          "found --world process, expected --world virtual or sim: processes on the wall clock never"
              + " run the same way twice");
    }
    return world(kind != null ? kind : isReference(replica) ? Kind.SIM : Kind.VIRTUAL, replica);
  }

  /** Whether it is the reference replica, with any options. */
  static boolean isReference(@Nullable String replica) {
    return replica == null || replica.strip().split("\\s+")[0].equals(REFERENCE);
  }

  /** The simulated world with the reference replica and these options; null for none. */
  static World simulated(@Nullable String replica) {
    return simulated(referenceOptions(replica));
  }

  /** The options of the reference replica in this command; null for none. */
  static ReplicaOptions referenceOptions(@Nullable String replica) {
    List<String> words =
        replica == null ? List.of(REFERENCE) : List.of(replica.strip().split("\\s+"));
    if (!words.get(0).equals(REFERENCE)) {
      throw new UsageException(
          "found --replica "
              + replica
              + ", expected \"reference\" with options: the simulated world can't run programs");
    }
    return options(words.subList(1, words.size()));
  }

  /** The simulated world with the reference replica and these options. */
  static World simulated(ReplicaOptions options) {
    List<String> named = new ArrayList<>(options.words());
    if (!named.isEmpty()) {
      named.add(0, REFERENCE);
    }
    return new SimWorld(options.nodeFactory(), named);
  }

  /** The process or the virtual world with replicas that this command starts. */
  static World programWorld(Kind kind, ReplicaCommand command) {
    return kind == Kind.VIRTUAL ? virtual(command) : new ProcessWorld(command);
  }

  private static World virtual(ReplicaCommand command) {
    try {
      return VirtualWorld.of(command);
    } catch (SupervisorException cantRun) {
      throw new UsageException(String.valueOf(cantRun.getMessage()));
    }
  }

  private static World program(Kind kind, String replica) {
    if (kind == Kind.SIM) {
      throw new UsageException(
          "found --replica PROGRAM with --world sim, expected --world virtual or process: a program"
              + " can't be simulated");
    }
    try {
      return programWorld(kind, ReplicaCommand.parse(replica));
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(wrong);
    }
  }

  private static ReplicaOptions options(List<String> words) {
    try {
      ReplicaOptions options =
          ReplicaOptions.parse(System.getenv(ReplicaOptions.ENVIRONMENT_VARIABLE), words);
      if (!options.positional().isEmpty()) {
        throw new UsageException(
            "found \""
                + options.positional().get(0)
                + "\" after --replica reference, expected an option such as --no-pre-vote");
      }
      return options;
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(wrong);
    }
  }

  /** Whether a seed was given. */
  boolean hasSeed() {
    return seed != null;
  }

  /** The given seed, else a new one that is short enough to type. */
  long seedOrNew() {
    return seed != null ? seed : newSeed();
  }

  static long newSeed() {
    return ThreadLocalRandom.current().nextInt(1_000_000_000);
  }
}
