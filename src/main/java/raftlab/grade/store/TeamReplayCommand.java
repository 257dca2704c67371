package raftlab.grade.store;

import java.util.List;
import java.util.Locale;
import raftlab.report.ReplayCommandLine;

/**
 * The command with which a team plays a run again: in its own copy of the kit, with its own
 * program, so without paths of the grader's machine.
 */
public final class TeamReplayCommand {
  /** The folder with a team's evidence. */
  public static final String EVIDENCE = "evidence";

  private TeamReplayCommand() {}

  /**
   * Returns the command.
   *
   * @param replicaCommand the program in the hand-in, as in the header of the trace
   */
  static String of(ScenarioRecord scenario, List<String> replicaCommand, long seed) {
    String program = replicaCommand.isEmpty() ? "replica" : replicaCommand.get(0);
    return String.format(
        Locale.ROOT,
        "test-scripts/raftlab run --replica %s --seed %d %s",
        ReplayCommandLine.quoted("path/to/" + program),
        seed,
        ReplayCommandLine.quoted(
            scenario.nameInKit().orElseGet(() -> EVIDENCE + "/" + fileName(scenario))));
  }

  /** Returns the name of a scenario's file in the evidence, if it is no scenario of the kit. */
  public static String fileName(ScenarioRecord scenario) {
    return scenario.key() + ".json";
  }
}
