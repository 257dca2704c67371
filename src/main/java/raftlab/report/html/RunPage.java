package raftlab.report.html;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import raftlab.report.ReplayCommandLine;
import raftlab.run.RunOutcome;
import raftlab.trace.Trace;

/**
 * A page that shows a run: the verdict, the events that show the cause, and a time-space diagram.
 * It is one file that needs no network.
 */
public final class RunPage {
  private static final PageTemplate TEMPLATE = PageTemplate.read(RunPage.class, "run.html");

  private RunPage() {}

  /** Writes the page. */
  public static void write(RunOutcome outcome, Trace trace, Path file) throws IOException {
    String replica = String.join(" ", trace.header().replicaCommand());
    write(outcome, RunData.of(outcome, trace, replica, ReplayCommandLine.command(outcome)), file);
  }

  /**
   * Writes the page for the authors of the replica: it doesn't name the path of the replica on this
   * machine.
   *
   * @param again the command that plays the run again; "" for none
   */
  public static void writeForTeam(RunOutcome outcome, Trace trace, String again, Path file)
      throws IOException {
    write(outcome, RunData.of(outcome, trace, "", again), file);
  }

  private static void write(RunOutcome outcome, RunData data, Path file) throws IOException {
    PageWriter.write(TEMPLATE.with(values(outcome)), Map.of("run", data), file);
  }

  private static Map<String, ?> values(RunOutcome outcome) {
    String status = outcome.status().name().toUpperCase(Locale.ROOT);
    String name = outcome.scenario().name();
    return Map.of(
        "title",
        status + " " + name,
        "status",
        status,
        "scenario",
        name,
        "scenarioTitle",
        outcome.scenario().title());
  }
}
