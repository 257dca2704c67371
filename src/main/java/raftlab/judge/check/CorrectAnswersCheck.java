package raftlab.judge.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.PrintableText;

/**
 * No malformed message, and no answer that a correct store could not give: {@link
 * LinearizabilityCheck} proves that.
 */
public final class CorrectAnswersCheck implements RunCheck {
  private static final String PROMISE =
      "every message keeps to the contract, and every get returns what was put last";

  /** Of a complaint, and of a quote. */
  private static final int MOST_CHARS = 200;

  @Override
  public Verdict judge(JudgedRun run) {
    List<Event> evidence = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    malformed(run.statistics().malformed(), evidence, texts);
    List<Contradiction> wrong = run.histories().wrong();
    if (!wrong.isEmpty()) {
      texts.add(LinearizabilityCheck.text(wrong));
      evidence.add(wrong.get(0).blamed());
    }
    List<String> undecided = run.histories().undecided();
    if (texts.isEmpty() && !undecided.isEmpty()) {
      return Verdict.unknown("incorrect", PROMISE, LinearizabilityCheck.undecidedText(undecided));
    }
    return texts.isEmpty()
        ? Verdict.pass("incorrect", PROMISE, "none were wrong")
        : Verdict.fail("incorrect", PROMISE, String.join("; ", texts), evidence);
  }

  /** Each offender is quoted once, with how often it offended. */
  private static void malformed(
      List<Event.Malformed> malformed, List<Event> evidence, List<String> texts) {
    Map<Id, Integer> counts = new TreeMap<>();
    Map<Id, Event.Malformed> firsts = new TreeMap<>();
    for (Event.Malformed bad : malformed) {
      counts.merge(bad.replica(), 1, Integer::sum);
      firsts.putIfAbsent(bad.replica(), bad);
    }
    firsts.forEach(
        (replica, first) -> {
          int count = counts.get(replica);
          evidence.add(first);
          texts.add(
              count
                  + " malformed message"
                  + (count == 1 ? "" : "s")
                  + " from replica "
                  + replica
                  + (count == 1 ? ": " : ", the first: ")
                  + PrintableText.of(first.complaint(), MOST_CHARS)
                  + ": "
                  + PrintableText.of(first.quote(), MOST_CHARS));
        });
  }
}
