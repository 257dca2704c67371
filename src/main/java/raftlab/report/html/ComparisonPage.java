package raftlab.report.html;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import raftlab.explain.LikelyCause;
import raftlab.report.ReplayCommandLine;
import raftlab.run.RunOutcome;
import raftlab.trace.Trace;

/**
 * A page with two runs of one scenario side by side, such as those of a correct and of a wrong
 * replica with the same seed; the first difference is marked.
 */
public final class ComparisonPage {
  private static final PageTemplate TEMPLATE =
      PageTemplate.read(ComparisonPage.class, "compare.html");

  private ComparisonPage() {}

  /** A run with its outcome. */
  public record Run(RunOutcome outcome, Trace trace) {}

  /** Writes the page. */
  public static void write(Run first, Run second, Path file) throws IOException {
    Map<String, Object> values = new HashMap<>();
    String name = first.outcome().scenario().name();
    values.put("title", name + ": two runs");
    values.put("scenario", name);
    values.put("scenarioTitle", first.outcome().scenario().title());
    Map<String, RunData> runs = new LinkedHashMap<>();
    add("A", first, values, runs);
    add("B", second, values, runs);
    PageWriter.write(TEMPLATE.with(values), runs, file);
  }

  private static void add(
      String side, Run run, Map<String, Object> values, Map<String, RunData> runs)
      throws IOException {
    RunOutcome outcome = run.outcome();
    String replica = String.join(" ", run.trace().header().replicaCommand());
    values.put("status" + side, outcome.status().name());
    values.put("replica" + side, replica.isEmpty() ? "reference" : replica);
    values.put("seed" + side, run.trace().header().seed());
    values.put("cause" + side, outcome.cause().map(LikelyCause::name).orElse(""));
    String again = ReplayCommandLine.command(outcome);
    runs.put(side.toLowerCase(Locale.ROOT), RunData.of(outcome, run.trace(), replica, again));
  }
}
