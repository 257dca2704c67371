package raftlab.grade;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.RunRecord;
import raftlab.grade.store.ScenarioRecord;
import raftlab.grade.store.TeamRecord;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Trace;
import raftlab.trace.TraceFile;

/** Judges all stored runs of a grading again, without playing anything. */
public final class Regrading {
  /**
   * The result.
   *
   * @param judged how many runs were judged
   * @param changed how many of their records changed
   * @param kept the runs that could not be judged, with the reason; their records are kept
   */
  public record RegradingResult(int judged, int changed, List<String> kept) {
    /** Copies the list. */
    public RegradingResult {
      kept = List.copyOf(kept);
    }
  }

  /** What became of one run. */
  private enum Result {
    SAME,
    CHANGED,
    KEPT
  }

  private final GradingFolder folder;
  private final Map<String, Scenario> scenarios = new HashMap<>();
  private final List<String> kept = new ArrayList<>();

  private Regrading(GradingFolder folder) {
    this.folder = folder;
  }

  /**
   * Judges all runs, several at a time, and replaces records that change.
   *
   * @throws IOException if a record can't be written
   */
  public static RegradingResult regrade(GradingFolder folder, int jobs)
      throws IOException, InterruptedException, ScenarioException {
    Regrading regrading = new Regrading(folder);
    for (ScenarioRecord scenario : folder.grading().scenarios()) {
      regrading.scenarios.put(scenario.key(), scenario.scenario());
    }
    return regrading.judgeAll(jobs);
  }

  private RegradingResult judgeAll(int jobs) throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(jobs);
    int judged = 0;
    int changed = 0;
    try {
      List<Future<Result>> results = new ArrayList<>();
      for (TeamRecord team : folder.grading().teams()) {
        for (RunRecord run : folder.runs(team)) {
          results.add(threads.submit(() -> judge(team, run)));
        }
      }
      for (Future<Result> future : results) {
        Result result = future.get();
        judged += result == Result.KEPT ? 0 : 1;
        changed += result == Result.CHANGED ? 1 : 0;
      }
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException unwritable) {
        throw unwritable;
      }
      throw new IllegalStateException(failed.getCause());
    } finally {
      threads.shutdownNow();
    }
    synchronized (kept) {
      return new RegradingResult(judged, changed, kept.stream().sorted().toList());
    }
  }

  private Result judge(TeamRecord team, RunRecord run) throws IOException {
    if (run.trace().isEmpty()) {
      return keep(team, run, "there is no trace of it: " + run.reason());
    }
    ScenarioRecord scenario = folder.grading().scenario(run.scenario()).orElse(null);
    if (scenario == null) {
      return keep(team, run, "the scenario " + run.scenario() + " is not in this grading");
    }
    RunRecord judged;
    try {
      Trace trace = TraceFile.read(folder.trace(team, run));
      judged = RunJudge.again(scenario, played(scenario, trace), run, trace);
    } catch (IOException damaged) {
      return keep(team, run, String.valueOf(damaged.getMessage()));
    } catch (ScenarioException | RuntimeException | StackOverflowError cant) {
      return keep(team, run, "it can't be judged: " + cant);
    }
    if (judged.equals(run)) {
      return Result.SAME;
    }
    folder.write(team, judged);
    return Result.CHANGED;
  }

  /** The scenario as it was played. */
  private Scenario played(ScenarioRecord scenario, Trace trace) throws ScenarioException {
    Scenario known = scenarios.get(scenario.key());
    return known != null && scenario.text().equals(trace.header().scenarioJson())
        ? known
        : ScenarioReader.read(scenario.file(), trace.header().scenarioJson());
  }

  private Result keep(TeamRecord team, RunRecord run, String why) {
    synchronized (kept) {
      kept.add(team.team() + ", " + run.name() + ": " + why);
    }
    return Result.KEPT;
  }
}
