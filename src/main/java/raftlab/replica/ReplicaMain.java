package raftlab.replica;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import raftlab.node.NodeFactory;
import raftlab.node.StackTraceSummary;
import raftlab.raft.RaftSettings;
import raftlab.storage.StorageException;
import raftlab.wire.Id;

/** Starts the reference replica under the course's command line. */
public final class ReplicaMain {
  /** The usage text. */
  public static final String USAGE =
      "usage: raftlab replica [OPTION]... PORT ID ID...\n"
          + "  PORT  the kit's UDP port on localhost, 1 to 65535\n"
          + "  ID    this replica's own ID, then those of all others: four hexadecimal digits, such as 0AA1\n"
          + "  `raftlab replica --help` lists the options";

  private ReplicaMain() {}

  /**
   * Runs a replica; returns only if it can't start or can't continue, after an error on stderr.
   *
   * @return the exit code: 2 for wrong arguments, else 1
   */
  public static int run(List<String> args) {
    List<Id> ids;
    int port;
    NodeFactory factory;
    try {
      ReplicaOptions options = options(args);
      factory = options.nodeFactory();
      port = port(options.positional());
      ids = ids(options.positional());
    } catch (IllegalArgumentException wrong) {
      System.err.println("raftlab replica: " + wrong.getMessage());
      System.err.println(USAGE);
      return 2;
    }
    List<Id> others = ids.subList(1, ids.size());
    ReplicaEnvironment environment = ReplicaEnvironment.of(System.getenv());
    try (UdpHost host = new UdpHost(port, ids.get(0), others, environment, factory)) {
      host.run();
      return 0;
    } catch (IOException | StorageException cantGoOn) {
      System.err.println("raftlab replica: " + cantGoOn.getMessage());
    } catch (RuntimeException | Error broken) {
      System.err.println("raftlab replica: broken: " + StackTraceSummary.of(broken));
    }
    return 1;
  }

  /**
   * Without options, as nearly always, the class that parses them isn't loaded: five replicas start
   * at once, and each class costs time.
   */
  private static ReplicaOptions options(List<String> args) {
    String environment = System.getenv(ReplicaOptions.ENVIRONMENT_VARIABLE);
    boolean none = environment == null && !args.toString().contains("--");
    return none
        ? new ReplicaOptions(RaftSettings.DEFAULT, null, false, args)
        : ReplicaOptions.parse(environment, args);
  }

  private static int port(List<String> args) {
    if (args.size() < 3) {
      throw new IllegalArgumentException(
          "found "
              + args.size()
              + (args.size() == 1 ? " argument" : " arguments")
              + ", expected a port and at least two IDs");
    }
    try {
      int port = Integer.parseInt(args.get(0));
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException notANumber) {
      // Reported below.
    }
    throw new IllegalArgumentException(
        "found \"" + args.get(0) + "\", expected a UDP port from 1 to 65535");
  }

  private static List<Id> ids(List<String> args) {
    Set<Id> ids = new LinkedHashSet<>();
    for (String arg : args.subList(1, args.size())) {
      Id id = Id.parse(arg);
      if (id.isBroadcast() || !ids.add(id)) {
        throw new IllegalArgumentException(
            id.isBroadcast() ? "FFFF is no replica's ID" : "the ID " + id + " is there twice");
      }
    }
    return new ArrayList<>(ids);
  }
}
