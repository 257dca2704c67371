package raftlab.judge.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import raftlab.judge.invariant.CheckName;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.PrintableText;

/**
 * Checks that no message is malformed and no answer is wrong, as {@link LinearizabilityCheck}
 * proves.
 */
public final class CorrectAnswersCheck implements RunCheck {
  private static final String REQUIREMENT =
      "every message follows the contract, and every get returns the latest value";

  /** The most characters of a complaint, and of a quote. */
  private static final int MAX_CHARS = 200;

  @Override
  public Verdict judge(JudgedRun run) {
    List<Event> evidence = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    malformed(run.statistics().malformed(), evidence, texts);
    List<String> summaries = new ArrayList<>(texts);
    List<Contradiction> wrong = run.histories().contradictions();
    if (!wrong.isEmpty()) {
      summaries.add(wrong.get(0).summary());
      texts.add(LinearizabilityCheck.text(wrong));
      evidence.add(wrong.get(0).blamed());
    }
    List<String> undecided = run.histories().undecided();
    if (texts.isEmpty() && !undecided.isEmpty()) {
      return Verdict.unknown(
          CheckName.INCORRECT, REQUIREMENT, LinearizabilityCheck.undecidedText(undecided));
    }
    return texts.isEmpty()
        ? Verdict.pass(CheckName.INCORRECT, REQUIREMENT, "none were wrong")
        : Verdict.fail(CheckName.INCORRECT, REQUIREMENT, String.join("; ", texts), evidence)
            .withSummary(String.join("; ", summaries));
  }

  /**
   * Adds one text for each replica that sent malformed messages, with their number and the first
   * one.
   */
  private static void malformed(
      List<Event.Malformed> malformed, List<Event> evidence, List<String> texts) {
    Map<Id, List<Event.Malformed>> byReplica = new TreeMap<>();
    for (Event.Malformed bad : malformed) {
      byReplica.computeIfAbsent(bad.replica(), replica -> new ArrayList<>()).add(bad);
    }
    byReplica.forEach(
        (replica, messages) -> {
          int count = messages.size();
          Event.Malformed first = messages.get(0);
          evidence.add(first);
          texts.add(
              count
                  + " malformed message"
                  + (count == 1 ? "" : "s")
                  + " from replica "
                  + replica
                  + (count == 1 ? ": " : ", the first: ")
                  + PrintableText.of(first.complaint(), MAX_CHARS)
                  + ": "
                  + PrintableText.of(first.quote(), MAX_CHARS));
        });
  }
}
