package raftlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import raftlab.run.RunOutcome;
import raftlab.trace.Event;
import raftlab.trace.Event.StepPhase;
import raftlab.trace.Trace;

/** Prints the faults and steps of a run with their times and resolved replicas. */
public final class PlayedFaultsText {
  private PlayedFaultsText() {}

  /** The run's events line by line, and its result. */
  public static List<String> of(Trace trace, RunOutcome outcome, TerminalStyle style) {
    List<String> lines = new ArrayList<>();
    lines.add(style.bold("As it was played in the simulated world"));
    long began = outcome.judgement().statistics().beganMicros();
    for (Event event : trace.events()) {
      if (isListed(event)) {
        lines.add(
            style.faint(String.format(Locale.ROOT, "  %9.3f s  ", (event.atMicros() - began) / 1e6))
                + text(event));
      }
    }
    lines.add("");
    String why = outcome.judgement().reason();
    lines.add(
        style.status(outcome.status(), 1)
            + "  "
            + style.bold(outcome.scenario().name())
            + (why.isEmpty() ? "" : "  " + why));
    lines.add("  " + ReplayCommandLine.command(outcome));
    return lines;
  }

  private static boolean isListed(Event event) {
    return EventText.isNews(event)
        || event instanceof Event.Step step && step.phase() != StepPhase.DONE
        || event instanceof Event.Ended;
  }

  /** Indents all events except steps. */
  private static String text(Event event) {
    return (event instanceof Event.Step ? "" : "    ") + EventText.of(event);
  }
}
