package raftlab.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import raftlab.replica.ReplicaMain;

/**
 * The help of the command that {@link raftlab.Main} runs by itself, before this package is loaded.
 */
@Command(
    name = "replica",
    description =
        "Runs the reference replica, under the course's command line. It ends only when it is killed.",
    mixinStandardHelpOptions = true)
final class ReplicaHelp implements Callable<Integer> {
  @Parameters(
      paramLabel = "PORT",
      index = "0",
      description = "the simulator's UDP port on localhost")
  private String port;

  @Parameters(
      paramLabel = "ID",
      index = "1..*",
      arity = "2..*",
      description = "this replica's own ID, then those of all others: four hexadecimal digits each")
  private List<String> ids;

  @Override
  public Integer call() {
    List<String> args = new java.util.ArrayList<>(ids);
    args.add(0, port);
    return ReplicaMain.run(args);
  }
}
