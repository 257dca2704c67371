package raftlab.judge.check;

import java.util.Optional;
import raftlab.trace.Event;
import raftlab.trace.Event.StepPhase;
import raftlab.trace.StepTask;
import raftlab.trace.Trace;

/** The outcomes of the requests of the step that failed, if that step sends requests. */
public final class FailedStepRequests {
  private FailedStepRequests() {}

  /** Returns their outcomes; empty if the failed step sends no requests, or none failed. */
  public static Optional<RequestOutcomes> of(Trace trace) {
    int failed = failed(trace);
    if (failed < 0) {
      return Optional.empty();
    }
    Event.Step step = (Event.Step) trace.events().get(failed);
    if (!(step.task() instanceof StepTask.Request task)) {
      return Optional.empty();
    }
    Event.Requested first = null;
    for (int i = failed; i >= 0; i--) {
      Event event = trace.events().get(i);
      if (event instanceof Event.Requested request && isOf(task, request)) {
        first = request;
      } else if (event instanceof Event.Step began
          && began.phase() == StepPhase.BEGAN
          && began.number().equals(step.number())) {
        break;
      }
    }
    if (first == null) {
      return Optional.empty();
    }
    long operation = first.operation();
    return Optional.of(RequestOutcomes.of(trace, request -> request.operation() == operation));
  }

  private static boolean isOf(StepTask.Request task, Event.Requested request) {
    return !request.retry()
        && request.type().equals(task.type().key())
        && task.key().equals(request.key());
  }

  private static int failed(Trace trace) {
    for (int i = trace.events().size() - 1; i >= 0; i--) {
      if (trace.events().get(i) instanceof Event.Step step && step.hasFailed()) {
        return i;
      }
    }
    return -1;
  }
}
