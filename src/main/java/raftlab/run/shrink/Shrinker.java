package raftlab.run.shrink;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.World;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.invariant.CheckName;
import raftlab.run.concrete.ConcreteScenarioWriter;
import raftlab.run.concrete.ConcreteScenarioWriter.ConcreteScenario;
import raftlab.run.concrete.ScenarioDraft;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;

/**
 * Shrinks a failing run: removes as much as possible while the same check still fails. The result
 * depends only on the run and on the time limit.
 */
public final class Shrinker {
  /** The most rounds over all reductions, since one may make another possible. */
  private static final int MAX_ROUNDS = 4;

  private final World world;
  private final int jobs;
  private final long fromNanos = System.nanoTime();
  private final long deadlineNanos;
  private volatile @Nullable DraftRunner draftRunner;
  private volatile boolean stopped;
  private volatile @Nullable SmallestFailure best;

  /** The header of the failed run; set before {@link #best}. */
  private @Nullable TraceHeader failedRun;

  private boolean isConcrete;
  private boolean isDone;

  /**
   * Creates a shrinker; its time begins now.
   *
   * @param world a simulated one, with the replicas that failed
   * @param jobs how many runs at a time, 1 or more
   * @param seconds how long it may take
   */
  public Shrinker(World world, int jobs, double seconds) {
    this.world = world;
    this.jobs = jobs;
    this.deadlineNanos = fromNanos + (long) (seconds * 1e9);
  }

  /** Ends it soon, with the best result so far; from any thread. */
  public void stop() {
    stopped = true;
    DraftRunner now = draftRunner;
    if (now != null) {
      now.stop();
    }
  }

  /** Shrinks a run so that the first check that failed in it still fails. */
  public Optional<ShrinkResult> shrink(Trace failed) throws ScenarioException {
    return shrink(failed, null);
  }

  /**
   * Shrinks a run.
   *
   * @param failed a run in which a check failed; its replicas need not be those of the world
   * @param wanted the check that must still fail; null for the first that failed
   * @return empty if the check fails neither in the recorded run nor in another run of its scenario
   *     in this world
   * @throws ScenarioException if the scenario in the trace isn't valid
   */
  public Optional<ShrinkResult> shrink(Trace failed, @Nullable CheckName wanted)
      throws ScenarioException {
    failedRun = failed.header();
    ConcreteScenario concrete = ConcreteScenarioWriter.of(failed);
    Scenario scenario =
        ScenarioReader.read(failed.header().scenario(), failed.header().scenarioJson());
    List<CheckName> failing = failedChecks(Judgement.of(scenario, failed));
    CheckName check = wanted != null ? wanted : failing.stream().findFirst().orElse(null);
    if (check == null || !failing.contains(check)) {
      return Optional.empty();
    }
    DraftRunner playing = new DraftRunner(world, check, jobs, deadlineNanos);
    try (playing) {
      draftRunner = playing;
      if (stopped) {
        playing.stop();
      }
      SmallestFailure smallest = begin(scenario, concrete, playing, failed.header().seed());
      if (smallest != null) {
        best = smallest;
        shrink(smallest);
        isDone = true;
      }
    } catch (ShrinkTimeoutException early) {
      isDone = false;
    }
    SmallestFailure smallest = best;
    return smallest == null
        ? Optional.empty()
        : Optional.of(toResult(smallest.current(), failed, concrete, playing));
  }

  /** Returns the failed checks, the deciding one first. */
  public static List<CheckName> failedChecks(Judgement judgement) {
    return judgement.verdicts().stream()
        .filter(verdict -> verdict.status() == Status.FAIL)
        .map(Verdict::check)
        .toList();
  }

  /** Finds a draft that fails: the recorded run, else the scenario; null if neither does. */
  private @Nullable SmallestFailure begin(
      Scenario scenario, ConcreteScenario concrete, DraftRunner playing, long failedSeed)
      throws ShrinkTimeoutException {
    Optional<FailingDraft> first =
        playing.firstFailing(List.of(concrete.timed(), concrete.draft()));
    isConcrete = first.isPresent();
    if (first.isEmpty()) {
      JsonPrimitive seed = new JsonPrimitive(failedSeed);
      first = playing.firstFailing(List.of(ScenarioDraft.of(scenario).with("seed", seed)));
    }
    return first.map(tried -> new SmallestFailure(playing, tried)).orElse(null);
  }

  private void shrink(SmallestFailure best) throws ShrinkTimeoutException {
    TimeReduction times = new TimeReduction(best);
    if (isConcrete) {
      times.cutEnd();
      KeyReduction.dropUnrelated(best);
    }
    for (int round = 0; round < MAX_ROUNDS; round++) {
      boolean any = leaveOutEvents(best, times);
      if (!isConcrete) {
        any |= StructureReduction.shrink(best);
      }
      any |= ReplicaReduction.shrink(best);
      if (!any) {
        break;
      }
    }
    if (isConcrete) {
      times.closeGaps();
      KeyReduction.simplify(best);
      leaveOutEvents(best, times);
    }
  }

  private boolean leaveOutEvents(SmallestFailure best, TimeReduction times)
      throws ShrinkTimeoutException {
    DeltaDebugging.ListAccess<JsonObject> events =
        new DeltaDebugging.ListAccess<>() {
          @Override
          public List<JsonObject> current() {
            return best.events();
          }

          @Override
          public ScenarioDraft with(List<JsonObject> others) {
            return best.draft().withEvents(others);
          }
        };
    return DeltaDebugging.shrink(best, events, isConcrete ? times::cutEnd : () -> {});
  }

  /**
   * Returns the best result so far, even before it is done; empty if there is none. From any
   * thread.
   */
  public Optional<ScenarioDraft> bestSoFar() {
    SmallestFailure now = best;
    TraceHeader failed = failedRun;
    return now == null || failed == null
        ? Optional.empty()
        : Optional.of(titled(now.current(), failed));
  }

  private static ScenarioDraft titled(FailingDraft tried, TraceHeader failed) {
    String title =
        String.format(
            Locale.ROOT,
            "%s fails: shrunk from %s, seed %d",
            tried.verdict().check().key(),
            failed.scenario(),
            failed.seed());
    JsonObject head = new JsonObject();
    head.addProperty("title", title.length() > 200 ? title.substring(0, 200) : title);
    tried
        .draft()
        .head()
        .entrySet()
        .forEach(
            member -> {
              if (!head.has(member.getKey())) {
                head.add(member.getKey(), member.getValue());
              }
            });
    return new ScenarioDraft(head, tried.draft().events());
  }

  private ShrinkResult toResult(
      FailingDraft tried, Trace failed, ConcreteScenario concrete, DraftRunner playing) {
    return new ShrinkResult(
        tried.verdict().check(),
        tried.verdict().text(),
        titled(tried, failed.header()),
        tried.played(),
        RunSize.of(concrete.draft(), FailingDraft.durationMillis(failed)),
        RunSize.of(tried.draft(), tried.durationMillis()),
        isConcrete,
        playing.runs(),
        playing.broken(),
        (System.nanoTime() - fromNanos) / 1e9,
        isDone);
  }
}
