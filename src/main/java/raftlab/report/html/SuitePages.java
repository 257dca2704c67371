package raftlab.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import raftlab.explain.LikelyCause;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.RunOutcome;
import raftlab.suite.Points;
import raftlab.trace.Trace;
import raftlab.trace.WholeFile;

/**
 * The pages of a suite: one for each run that did not pass, and an index with all runs. Runs may
 * end in several threads.
 */
public final class SuitePages implements BiConsumer<RunOutcome, Trace> {
  /** Many seeds can fail in the same way; the first runs of a cause have a page. */
  private static final int MAX_OF_A_CAUSE = 3;

  /** A page of a longer run would take too long to write while other runs are under way. */
  private static final int MAX_EVENTS = 500_000;

  private static final String INDEX = "index.html";

  /** The beginning of all pages of a folder, by which they are known. */
  private static final String MARK = "<!DOCTYPE html>\n<!-- raftlab -->";

  private static final PageTemplate TEMPLATE = PageTemplate.read(SuitePages.class, "suite.html");

  private final Path folder;
  private final Map<String, Map<String, ?>> pictures = new HashMap<>();
  private final Map<String, Path> pages = new HashMap<>();
  private final Map<String, Integer> ofCause = new HashMap<>();
  private @Nullable IOException error;

  /** Pages in this folder, which is created. Pages of an earlier suite in it are deleted. */
  public SuitePages(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
    try (DirectoryStream<Path> earlier = Files.newDirectoryStream(folder, "*.html")) {
      for (Path page : earlier) {
        if (isOfRaftlab(page)) {
          Files.delete(page);
        }
      }
    }
  }

  private static boolean isOfRaftlab(Path page) throws IOException {
    try (InputStream in = Files.newInputStream(page)) {
      return new String(in.readNBytes(MARK.length()), StandardCharsets.UTF_8).equals(MARK);
    }
  }

  @Override
  public void accept(RunOutcome outcome, Trace trace) {
    String run = nameOf(outcome);
    Map<String, ?> picture = LeaderTimeline.of(trace);
    boolean isWritten = false;
    synchronized (this) {
      pictures.put(run, picture);
      if (outcome.status() != Status.PASS && trace.events().size() <= MAX_EVENTS) {
        String cause = suiteOf(outcome) + outcome.scenario().name() + causeOf(outcome);
        isWritten = ofCause.merge(cause, 1, Integer::sum) <= MAX_OF_A_CAUSE;
      }
    }
    if (isWritten) {
      Path page = folder.resolve(run + ".html");
      try {
        RunPage.write(outcome, trace, page);
        synchronized (this) {
          pages.put(run, page);
        }
      } catch (IOException unwritable) {
        synchronized (this) {
          error = error == null ? unwritable : error;
        }
      }
    }
  }

  private static String causeOf(RunOutcome outcome) {
    return outcome.cause().map(LikelyCause::name).orElse("");
  }

  private static String suiteOf(RunOutcome outcome) {
    Path parent = outcome.scenario().file().toAbsolutePath().getParent();
    return parent == null || parent.getFileName() == null ? "" : parent.getFileName().toString();
  }

  private static String nameOf(RunOutcome outcome) {
    String name = suiteOf(outcome) + "-" + outcome.scenario().name();
    return name.replaceAll("[^\\w.-]", "_") + "-" + outcome.played().seed();
  }

  /** Returns the page of a run; null if it has none. */
  public synchronized @Nullable Path pageOf(RunOutcome outcome) {
    return pages.get(nameOf(outcome));
  }

  /**
   * Writes the index, and returns it.
   *
   * @param title describes the suite and the replica
   * @throws IOException if a page could not be written
   */
  public synchronized Path finish(String title, List<RunOutcome> outcomes) throws IOException {
    Points points = Points.NONE;
    Set<String> scenarios = new HashSet<>();
    Map<Path, List<RunOutcome>> byScenario =
        outcomes.stream().collect(Collectors.groupingBy(each -> each.scenario().file()));
    for (List<RunOutcome> runs : byScenario.values()) {
      points = points.plus(Points.of(runs));
    }
    List<Map<String, ?>> rows = new ArrayList<>();
    for (RunOutcome outcome : outcomes) {
      rows.add(row(outcome, scenarios.add(suiteOf(outcome))));
    }
    long passed = outcomes.stream().filter(each -> each.status() == Status.PASS).count();
    String page =
        TEMPLATE.with(
            Map.of(
                "title",
                title,
                "passed",
                passed,
                "runs",
                outcomes.size(),
                "points",
                number(points.earned()),
                "possible",
                points.possible() == 0 ? "" : number(points.possible()),
                "rows",
                rows));
    Path index = folder.resolve(INDEX);
    WholeFile.write(index, out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
    if (error != null) {
      throw error;
    }
    return index;
  }

  private Map<String, ?> row(RunOutcome outcome, boolean isFirstOfSuite) {
    String run = nameOf(outcome);
    Path page = pages.get(run);
    Map<String, Object> row = new HashMap<>();
    row.put("suite", isFirstOfSuite ? suiteOf(outcome) : "");
    row.put("name", outcome.scenario().name());
    row.put("scenarioTitle", outcome.scenario().title());
    row.put("status", outcome.status().name());
    row.put("seed", outcome.played().seed());
    row.put("page", page == null ? "" : String.valueOf(page.getFileName()));
    row.put("points", number(Points.of(List.of(outcome)).earned()));
    double possible = outcome.scenario().credit().points();
    row.put("worth", possible == 0 ? "" : number(possible));
    row.put("cause", causeOf(outcome));
    row.put("reason", outcome.cause().map(LikelyCause::text).orElse(outcome.judgement().reason()));
    row.put(
        "tiers",
        outcome.judgement().tiers().entrySet().stream()
            .map(
                tier ->
                    tier.getKey().key() + ": " + tier.getValue().name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", ")));
    Map<String, ?> picture = pictures.get(run);
    row.put("hasPicture", picture != null);
    row.putAll(
        picture == null
            ? Map.of("bars", List.of(), "lanes", List.of(), "height", 0, "pictureWidth", 0)
            : picture);
    return row;
  }

  private static String number(double points) {
    return points == Math.rint(points)
        ? String.format(Locale.ROOT, "%.0f", points)
        : String.format(Locale.ROOT, "%.2f", points);
  }
}
