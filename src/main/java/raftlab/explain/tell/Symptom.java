package raftlab.explain.tell;

import java.util.List;

/**
 * What is known about a failure if no mistake was detected.
 *
 * @param observed what was seen, in sentences; may be empty
 * @param usualCauses frequent reasons for it, each a clause; empty if none is known
 */
public record Symptom(String observed, List<String> usualCauses) {
  /** Nothing is known beyond the failed check. */
  static final Symptom UNKNOWN = observed("No cause was found.");

  /** Copies the list. */
  public Symptom {
    observed = observed.strip();
    usualCauses = List.copyOf(usualCauses);
  }

  /** Creates a symptom without usual causes. */
  static Symptom observed(String observed) {
    return new Symptom(observed, List.of());
  }

  /** Creates a symptom with usual causes only. */
  static Symptom usual(String... causes) {
    return new Symptom("", List.of(causes));
  }

  /** Returns this symptom with usual causes. */
  Symptom withUsualCauses(String... causes) {
    return new Symptom(observed, List.of(causes));
  }

  /** Returns this symptom with a further observation. */
  Symptom withObservation(String further) {
    return new Symptom(observed + " " + further, usualCauses);
  }

  /** Whether there are usual causes. */
  public boolean hasUsualCauses() {
    return !usualCauses.isEmpty();
  }

  /** Describes the symptom, then its usual causes, in words. */
  public String text() {
    return (observed + " " + causesText()).strip();
  }

  private String causesText() {
    int last = usualCauses.size() - 1;
    return switch (usualCauses.size()) {
      case 0 -> "";
      case 1 -> "Usual cause: " + usualCauses.get(0) + ".";
      default ->
          "Usual causes: "
              + String.join("; ", usualCauses.subList(0, last))
              + "; or "
              + usualCauses.get(last)
              + ".";
    };
  }
}
