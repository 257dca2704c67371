package raftlab.judge.check;

import java.util.List;
import java.util.Locale;
import raftlab.judge.invariant.CheckName;
import raftlab.scenario.Scenario;
import raftlab.trace.Event;

/**
 * Checks that the replicas sent each other enough messages to have replicated the puts.
 *
 * <p>The course fails every run with fewer messages, and so fails a correct replica that sends many
 * entries in one message. Here such a run passes if the messages show that each acknowledged value
 * was sent to a majority.
 */
public final class EnoughMessagesCheck implements RunCheck {
  @Override
  public Verdict judge(JudgedRun run) {
    double bound =
        run.scenario().requests()
            * (double) fewestReplicas(run.scenario())
            * (1 - run.scenario().mix())
            * (1 - run.thresholds().maximumAppendsBatchedFraction());
    String requirement =
        String.format(Locale.ROOT, "at least %.0f messages between replicas", bound);
    if (!run.isComplete()) {
      return Verdict.unknown(CheckName.TOTAL_MSGS, requirement, "the run ended early");
    }
    String text = run.statistics().messages() + " were sent";
    if (run.statistics().messages() >= bound) {
      return Verdict.pass(CheckName.TOTAL_MSGS, requirement, text);
    }
    Event.Answered hasty = ValuePropagation.firstPrematureAck(run);
    if (hasty == null && run.statistics().okPuts() > 0) {
      return Verdict.pass(
          CheckName.TOTAL_MSGS,
          requirement,
          text
              + "; fewer than the course requires, but each acknowledged value was sent to a majority");
    }
    return Verdict.failUnlessLoaded(
        CheckName.TOTAL_MSGS,
        requirement,
        text
            + (hasty == null
                ? ""
                : "; replica "
                    + hasty.replica()
                    + " acknowledged a put before its value"
                    + " was sent to a majority"),
        hasty == null ? List.of() : List.of(run.requests().request(hasty.mid()), hasty));
  }

  /** Returns the least number of members during the run, if some are to be removed. */
  private static long fewestReplicas(Scenario scenario) {
    return scenario.replicas()
        - scenario.actions().stream().filter(action -> action.type().removesMember()).count();
  }
}
