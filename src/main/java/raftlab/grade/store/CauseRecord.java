package raftlab.grade.store;

import java.util.List;
import raftlab.explain.LikelyCause.Certainty;

/**
 * The likely cause of a failure.
 *
 * @param name its short name, the same for the same mistake
 * @param text what happened, in a few sentences
 * @param section the section of the Raft paper with the rule; "" if none has it
 * @param certainty how certain it is
 * @param evidence the events that show it, one line each
 */
public record CauseRecord(
    String name, String text, String section, Certainty certainty, List<String> evidence) {
  /** Copies the list. */
  public CauseRecord {
    evidence = List.copyOf(evidence);
  }

  /** Whether a mistake was detected, not only a symptom. */
  public boolean isDetected() {
    return certainty == Certainty.CERTAIN || certainty == Certainty.LIKELY;
  }
}
