package raftlab;

import java.util.Arrays;
import java.util.List;
import raftlab.replica.ReplicaMain;
import raftlab.sandbox.WorkerMain;

/**
 * The one entry of the jar. A replica starts before anything of the command line's libraries is
 * loaded: that saves more than half of the time and a good part of the memory of each of the five
 * processes of a run.
 */
public final class Main {
  private Main() {}

  /** Runs a replica, a worker of the grader, or else the command line. */
  public static void main(String[] args) {
    List<String> words = Arrays.asList(args);
    if (!words.isEmpty() && words.get(0).equals("replica") && !asksForHelp(words)) {
      System.exit(ReplicaMain.run(words.subList(1, words.size())));
    }
    if (!words.isEmpty() && words.get(0).equals(WorkerMain.COMMAND)) {
      System.exit(WorkerMain.run(words.subList(1, words.size())));
    }
    System.exit(raftlab.cli.RaftlabCommand.run(args));
  }

  private static boolean asksForHelp(List<String> words) {
    return words.contains("--help") || words.contains("-h");
  }
}
