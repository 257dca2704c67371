package raftlab.judge.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import raftlab.judge.figures.EventCounts;
import raftlab.scenario.CountedMetric;
import raftlab.scenario.Limits;
import raftlab.scenario.Step;
import raftlab.trace.Event;
import raftlab.trace.Event.Phase;

/** Checks that the figures of the whole run and of each step stay within the scenario's limits. */
public final class WithinLimitsCheck implements RunCheck {
  private static final String PROMISE = "all figures stay within the scenario's limits";

  private record Breach(String text, List<Event> evidence) {}

  private final List<Breach> breaches = new ArrayList<>();
  private int kept;

  @Override
  public Verdict judge(JudgedRun run) {
    return new WithinLimitsCheck().verdict(run);
  }

  private Verdict verdict(JudgedRun run) {
    Map<String, Step> bounded = new HashMap<>();
    collect(run.scenario().steps(), bounded);
    List<Event> events = run.landmarks().events();
    Map<String, Integer> began = new HashMap<>();
    int start = -1;
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i) instanceof Event.Began) {
        start = run.landmarks().place(i);
      } else if (events.get(i) instanceof Event.Step step && bounded.containsKey(step.number())) {
        if (step.phase() == Phase.BEGAN) {
          began.put(step.number(), run.landmarks().place(i));
        } else {
          Limits limits = bounded.get(step.number()).limits();
          check(
              run,
              limits,
              began.get(step.number()),
              run.landmarks().place(i),
              "in step " + step.number());
        }
      }
    }
    if (start >= 0 && run.isComplete()) {
      check(run, run.scenario().limits(), start, run.trace().events().size(), "in the whole run");
    }
    if (!breaches.isEmpty()) {
      String more = breaches.size() == 1 ? "" : "; and " + (breaches.size() - 1) + " more";
      return Verdict.failUnlessLoaded(
          "limits", PROMISE, breaches.get(0).text + more, breaches.get(0).evidence);
    }
    return run.isComplete()
        ? Verdict.pass("limits", PROMISE, kept == 1 ? "one bound kept" : kept + " bounds kept")
        : Verdict.unknown("limits", PROMISE, "the run ended early");
  }

  private static void collect(List<Step> steps, Map<String, Step> bounded) {
    for (Step step : steps) {
      if (!step.limits().isNone()) {
        bounded.put(step.number(), step);
      }
      if (step instanceof Step.Block block) {
        collect(block.steps(), bounded);
      }
    }
  }

  private void check(JudgedRun run, Limits limits, int from, int to, String when) {
    if (limits.isNone()) {
      return;
    }
    EventCounts counted = EventCounts.of(run.trace(), from, to);
    List<Event> events = run.trace().events();
    List<Event> evidence = List.of(events.get(from), events.get(to - 1));
    double slack = run.statistics().load().slack();
    limits
        .atMost()
        .forEach(
            (measure, bound) ->
                check(
                    counted.of(measure)
                        <= (measure == CountedMetric.MEAN_LATENCY ? slack : 1) * bound,
                    measure,
                    counted,
                    "at most",
                    bound,
                    when,
                    evidence));
    limits
        .atLeast()
        .forEach(
            (measure, bound) ->
                check(
                    counted.of(measure) >= bound / (measure == CountedMetric.OKS ? slack : 1),
                    measure,
                    counted,
                    "at least",
                    bound,
                    when,
                    evidence));
  }

  private void check(
      boolean holds,
      CountedMetric measure,
      EventCounts counted,
      String side,
      double bound,
      String when,
      List<Event> evidence) {
    if (holds) {
      kept++;
    } else {
      breaches.add(
          new Breach(
              number(counted.of(measure))
                  + " "
                  + measure.description()
                  + " "
                  + when
                  + ", "
                  + side
                  + " "
                  + number(bound)
                  + " expected",
              evidence));
    }
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.4f", value);
  }
}
