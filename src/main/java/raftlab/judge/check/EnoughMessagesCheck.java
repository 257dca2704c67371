package raftlab.judge.check;

import java.util.List;
import java.util.Locale;
import raftlab.scenario.Scenario;
import raftlab.trace.Event;

/**
 * Replicas do talk to each other: below a number of messages, the puts can hardly have been
 * replicated.
 *
 * <p>The course fails every run below the bound, and so fails a correct replica that puts many
 * entries into one message. Here such a run passes if the messages themselves show each
 * acknowledged value on its way to a majority.
 */
public final class EnoughMessagesCheck implements RunCheck {
  @Override
  public Verdict judge(JudgedRun run) {
    double bound =
        run.scenario().requests()
            * (double) fewestReplicas(run.scenario())
            * (1 - run.scenario().mix())
            * (1 - run.thresholds().maximumAppendsBatchedFraction());
    String promise = String.format(Locale.ROOT, "at least %.0f messages between replicas", bound);
    if (!run.isComplete()) {
      return Verdict.unknown("total_msgs", promise, "the run ended early");
    }
    String text = run.statistics().messages() + " were sent";
    if (run.statistics().messages() >= bound) {
      return Verdict.pass("total_msgs", promise, text);
    }
    Event.Answered hasty = ValuePropagation.firstHasty(run);
    if (hasty == null && run.statistics().okPuts() > 0) {
      return Verdict.pass(
          "total_msgs",
          promise,
          text
              + "; fewer than the course wants, but each acknowledged value was seen on its way to a majority");
    }
    return Verdict.failUnlessLoaded(
        "total_msgs",
        promise,
        text
            + (hasty == null
                ? ""
                : "; replica "
                    + hasty.replica()
                    + " acknowledged a put whose value"
                    + " no majority had been sent"),
        hasty == null ? List.of() : List.of(run.requests().request(hasty.mid()), hasty));
  }

  /** How many members there are at least, if some of them are to leave. */
  private static long fewestReplicas(Scenario scenario) {
    return scenario.replicas()
        - scenario.actions().stream().filter(action -> action.type().removes()).count();
  }
}
