package raftlab.judge.check;

import java.util.List;
import raftlab.judge.invariant.CheckName;

/** Checks that the answers to clients are linearizable. */
public final class LinearizabilityCheck implements RunCheck {
  private static final String REQUIREMENT =
      "the answers are those of a single store that executes one request at a time";

  @Override
  public Verdict judge(JudgedRun run) {
    KeyHistories histories = run.histories();
    List<Contradiction> wrong = histories.contradictions();
    if (!wrong.isEmpty()) {
      return Verdict.fail(CheckName.LINEARIZABLE, REQUIREMENT, text(wrong), wrong.get(0).evidence())
          .withSummary(wrong.get(0).summary());
    }
    List<String> undecided = histories.undecided();
    return undecided.isEmpty()
        ? Verdict.pass(
            CheckName.LINEARIZABLE,
            REQUIREMENT,
            "an order explains all answers to " + histories.operations() + " requests")
        : Verdict.unknown(CheckName.LINEARIZABLE, REQUIREMENT, undecidedText(undecided));
  }

  /** Describes the first contradiction, and the number of further keys with one. */
  static String text(List<Contradiction> wrong) {
    int more = wrong.size() - 1;
    return wrong.get(0).text()
        + (more == 0 ? "" : "; wrong answers about " + more + " more key" + (more > 1 ? "s" : ""));
  }

  /** Describes the keys for which the search was given up. */
  static String undecidedText(List<String> undecided) {
    return "the search for an order of the requests was given up for "
        + undecided.size()
        + (undecided.size() == 1 ? " key, " : " keys, the first ")
        + undecided.get(0)
        + ": too many of them were concurrent";
  }
}
