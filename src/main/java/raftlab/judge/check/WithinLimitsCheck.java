package raftlab.judge.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import raftlab.judge.figures.EventCounts;
import raftlab.judge.figures.PartCounter;
import raftlab.judge.invariant.CheckName;
import raftlab.scenario.CountedMetric;
import raftlab.scenario.Limits;
import raftlab.scenario.Step;
import raftlab.trace.Event;
import raftlab.trace.Event.StepPhase;

/** Checks that the figures of the whole run and of each step stay within the scenario's limits. */
public final class WithinLimitsCheck implements RunCheck {
  private static final String REQUIREMENT = "all figures stay within the scenario's limits";

  @Override
  public Verdict judge(JudgedRun run) {
    return new Measuring(run).verdict();
  }

  private record Breach(String text, CountedMetric metric, List<Event> evidence) {}

  /** A part of the run that has bounds. */
  private record Part(EventCounts counted, Event first) {}

  /** One reading of a trace, which counts in all bounded parts at once. */
  private static final class Measuring {
    private final JudgedRun run;
    private final PartCounter counter;
    private final Map<String, Step> bounded = new HashMap<>();
    private final Map<String, Part> steps = new HashMap<>();
    private final List<Breach> breaches = new ArrayList<>();
    private @Nullable Part whole;
    private int kept;

    /** The first thing whose beginning is missing in the trace; null if there is none. */
    private @Nullable String headless;

    Measuring(JudgedRun run) {
      this.run = run;
      counter = new PartCounter(run.trace().header().replicas());
      collect(run.scenario().steps());
    }

    private void collect(List<Step> scenarioSteps) {
      for (Step step : scenarioSteps) {
        if (!step.limits().isNone()) {
          bounded.put(step.number(), step);
        }
        if (step instanceof Step.Block block) {
          collect(block.steps());
        }
      }
    }

    private Verdict verdict() {
      Event last = null;
      for (Event event : run.trace().events()) {
        if (event instanceof Event.Began) {
          whole = begin(whole, event);
        } else if (event instanceof Event.Step step && bounded.containsKey(step.number())) {
          step(step, last);
        }
        counter.see(event);
        last = event;
      }
      if (run.isComplete() && !run.scenario().limits().isNone()) {
        check(run.scenario().limits(), whole, last, "in the whole run");
      }
      if (!breaches.isEmpty()) {
        String more = breaches.size() == 1 ? "" : "; and " + (breaches.size() - 1) + " more";
        return Verdict.failUnlessLoaded(
                CheckName.LIMITS,
                REQUIREMENT,
                breaches.get(0).text + more,
                breaches.get(0).evidence)
            .about(breaches.get(0).metric);
      } else if (!run.isComplete()) {
        return Verdict.unknown(CheckName.LIMITS, REQUIREMENT, "the run ended early");
      } else if (headless != null) {
        return Verdict.unknown(
            CheckName.LIMITS, REQUIREMENT, "the trace does not contain the start of " + headless);
      }
      return Verdict.pass(
          CheckName.LIMITS, REQUIREMENT, kept == 1 ? "one bound kept" : kept + " bounds kept");
    }

    /** A part begins; one of the same name that hasn't ended is given up. */
    private Part begin(@Nullable Part former, Event first) {
      if (former != null) {
        counter.end(former.counted);
      }
      return new Part(counter.begin(), first);
    }

    private void step(Event.Step step, @Nullable Event last) {
      if (step.phase() == StepPhase.BEGAN) {
        steps.put(step.number(), begin(steps.get(step.number()), step));
        return;
      }
      Part part = steps.remove(step.number());
      if (part != null) {
        counter.end(part.counted);
      }
      Step limited = Objects.requireNonNull(bounded.get(step.number()), "verdict() checks that");
      check(limited.limits(), part, last, "in step " + step.number());
    }

    private void check(Limits limits, @Nullable Part part, @Nullable Event last, String when) {
      if (part == null) {
        headless = headless == null ? when : headless;
        return;
      }
      List<Event> evidence =
          List.of(part.first, Objects.requireNonNull(last, "the part began with an event"));
      double slack = run.statistics().load().slack();
      limits
          .atMost()
          .forEach(
              (measure, bound) -> {
                double value = part.counted.of(measure);
                double most = (measure == CountedMetric.MEAN_LATENCY ? slack : 1) * bound;
                check(value <= most, value, measure, "at most", bound, when, evidence);
              });
      limits
          .atLeast()
          .forEach(
              (measure, bound) -> {
                double value = part.counted.of(measure);
                double least = bound / (measure == CountedMetric.OKS ? slack : 1);
                check(value >= least, value, measure, "at least", bound, when, evidence);
              });
    }

    private void check(
        boolean holds,
        double value,
        CountedMetric measure,
        String side,
        double bound,
        String when,
        List<Event> evidence) {
      if (holds) {
        kept++;
        return;
      }
      String text =
          String.join(
              " ",
              number(value),
              measure.description(),
              when + ",",
              side,
              number(bound),
              "expected");
      breaches.add(new Breach(text, measure, evidence));
    }
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.4f", value);
  }
}
