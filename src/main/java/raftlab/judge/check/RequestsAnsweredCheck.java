package raftlab.judge.check;

import java.util.List;
import java.util.Locale;
import raftlab.judge.figures.ClientRequests;
import raftlab.judge.invariant.CheckName;
import raftlab.trace.Event;

/** Checks that most gets, or most puts, are answered. */
public final class RequestsAnsweredCheck implements RunCheck {
  private final boolean gets;

  public RequestsAnsweredCheck(boolean gets) {
    this.gets = gets;
  }

  @Override
  public Verdict judge(JudgedRun run) {
    CheckName check = gets ? CheckName.GET_ANSWERED : CheckName.PUT_ANSWERED;
    String what = gets ? "gets" : "puts";
    double fraction =
        gets
            ? run.thresholds().maximumGetFailFraction()
            : run.thresholds().maximumPutFailFraction();
    String requirement =
        String.format(
            Locale.ROOT, "at most %.0f %% of the %s stay unanswered", fraction * 100, what);
    if (!run.isComplete()) {
      return Verdict.unknown(check, requirement, "the run ended early");
    }
    int generated = gets ? run.statistics().gets() : run.statistics().puts();
    List<Event.Requested> unanswered = run.requests().unanswered(gets);
    String text = unanswered.size() + " unanswered, against " + generated + " " + what;
    int ok = gets ? run.statistics().okGets() : run.statistics().okPuts();
    if (ok == 0 && generated > 0 && unanswered.size() > generated * fraction) {
      RequestOutcomes refusals =
          RequestOutcomes.of(run.trace(), request -> ClientRequests.isGet(request) == gets);
      text = "none of " + generated + " " + what + " was answered ok: " + refusals.counts();
    }
    return unanswered.size() > generated * fraction
        ? Verdict.failUnlessLoaded(
            check, requirement, text, unanswered.subList(0, Math.min(5, unanswered.size())))
        : Verdict.pass(check, requirement, text);
  }
}
