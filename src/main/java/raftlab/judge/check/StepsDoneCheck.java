package raftlab.judge.check;

import java.util.ArrayList;
import java.util.List;
import raftlab.judge.invariant.CheckName;
import raftlab.trace.Event;
import raftlab.trace.Event.StepPhase;
import raftlab.trace.Trace;

/** Checks that each condition that the scenario's steps wait for holds in time. */
public final class StepsDoneCheck implements RunCheck {
  private static final String REQUIREMENT =
      "each condition that the scenario waits for holds in time";

  @Override
  public Verdict judge(JudgedRun run) {
    int done = 0;
    List<Event> events = run.rareEvents().events();
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i) instanceof Event.Step step) {
        if (step.phase() == StepPhase.FAILED) {
          String outcomes = requestOutcomes(run.trace());
          return Verdict.failUnlessLoaded(
                  CheckName.STEPS,
                  REQUIREMENT,
                  "step " + step.number() + ": " + step.description() + outcomes,
                  before(events, i))
              .withSummary(step.failureText() + outcomes);
        }
        if (step.phase() == StepPhase.BLOCKED) {
          return Verdict.blocked(
                  CheckName.STEPS, REQUIREMENT, step.description(), before(events, i))
              .withSummary(step.failureText());
        }
        done += step.phase() == StepPhase.DONE ? 1 : 0;
      }
    }
    return run.isComplete()
        ? Verdict.pass(
            CheckName.STEPS,
            REQUIREMENT,
            done == 1 ? "the one step is done" : "all " + done + " done")
        : Verdict.unknown(
            CheckName.STEPS, REQUIREMENT, "the run ended early, after " + done + " steps");
  }

  /** Returns how the requests of a step were answered; empty for a step without requests. */
  private static String requestOutcomes(Trace trace) {
    return FailedStepRequests.of(trace)
        .filter(each -> each.ok() == 0)
        .map(
            each ->
                "; sent "
                    + each.requests()
                    + (each.requests() == 1 ? " time: " : " times: ")
                    + each.counts())
        .orElse("");
  }

  /** Returns the failed step, with the faults and changes of leader before it. */
  private static List<Event> before(List<Event> events, int failed) {
    List<Event> evidence = new ArrayList<>();
    for (int i = failed; i >= 0 && evidence.size() < 8; i--) {
      Event event = events.get(i);
      if (i == failed || event instanceof Event.Fault || event instanceof Event.LeaderKnown) {
        evidence.add(0, event);
      }
    }
    return evidence;
  }
}
