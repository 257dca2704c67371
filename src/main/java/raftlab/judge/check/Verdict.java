package raftlab.judge.check;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import raftlab.judge.invariant.CheckName;
import raftlab.judge.invariant.FirstViolations;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.Violation;
import raftlab.scenario.CountedMetric;
import raftlab.trace.Event;

/**
 * The result of one check.
 *
 * @param check the check; its name is that of the course where the course has the check
 * @param requirement the requirement, in words
 * @param status the result
 * @param text the reason, in words, with figures
 * @param summary the same without keys, values, the texts of steps, and the number of further
 *     failures, so that equal failures have equal summaries but for figures
 * @param metric the figure that is out of its limit; null if the check is not about a figure
 * @param evidence the events that prove it; may be empty for a pass
 * @param loadCanCause whether an overloaded machine could have caused a failure
 * @param section the section of the (extended) Raft paper with the requirement; "" if it doesn't
 * @param more how many more failures of this kind there are; {@code text} states their number too
 */
public record Verdict(
    CheckName check,
    String requirement,
    Status status,
    String text,
    String summary,
    @Nullable CountedMetric metric,
    List<Event> evidence,
    boolean loadCanCause,
    String section,
    int more) {

  /** The possible results; only {@link #PASS} is a pass. */
  public enum Status {
    /** The requirement is met. */
    PASS,
    /** It is not met; the evidence proves it. */
    FAIL,
    /** The run never reached what the scenario tests, since a precondition failed. */
    BLOCKED,
    /** The run is not conclusive. */
    UNKNOWN
  }

  /** Copies the list. */
  public Verdict {
    evidence = List.copyOf(evidence);
  }

  private static Verdict of(
      CheckName check,
      String requirement,
      Status status,
      String text,
      List<? extends Event> evidence,
      boolean loadCanCause) {
    return new Verdict(
        check, requirement, status, text, text, null, List.copyOf(evidence), loadCanCause, "", 0);
  }

  static Verdict pass(CheckName check, String requirement, String text) {
    return of(check, requirement, Status.PASS, text, List.of(), false);
  }

  /** Whether an invariant holds by what a check found. */
  static Verdict of(Invariant invariant, FirstViolations found, String passText) {
    Violation first = found.first(invariant);
    if (first == null) {
      return pass(invariant.check(), invariant.requirement(), passText).of(invariant.section());
    }
    return of(
            invariant.check(),
            invariant.requirement(),
            Status.FAIL,
            first.text(),
            first.evidence(),
            invariant.loadCanCause())
        .of(invariant.section())
        .about(first.metric().orElse(null))
        .and(found.count(invariant) - 1);
  }

  public static Verdict unknown(CheckName check, String requirement, String text) {
    return of(check, requirement, Status.UNKNOWN, text, List.of(), false);
  }

  /**
   * Returns a verdict of a run with a failed precondition, which says nothing about what the
   * scenario tests.
   */
  public static Verdict blocked(
      CheckName check, String requirement, String text, List<? extends Event> evidence) {
    return of(check, requirement, Status.BLOCKED, text, evidence, true);
  }

  /** Returns a failure that no load excuses: the replica sent or did something wrong. */
  static Verdict fail(
      CheckName check, String requirement, String text, List<? extends Event> evidence) {
    return of(check, requirement, Status.FAIL, text, evidence, false);
  }

  /** Returns a failure by omission or lateness, which an overloaded machine could have caused. */
  static Verdict failUnlessLoaded(
      CheckName check, String requirement, String text, List<? extends Event> evidence) {
    return of(check, requirement, Status.FAIL, text, evidence, true);
  }

  /** Returns the same verdict with the section of the paper. */
  Verdict of(String itsSection) {
    return new Verdict(
        check,
        requirement,
        status,
        text,
        summary,
        metric,
        evidence,
        loadCanCause,
        itsSection,
        more);
  }

  /** Returns the same verdict with the figure that is out of its limit. */
  Verdict about(@Nullable CountedMetric figure) {
    return new Verdict(
        check, requirement, status, text, summary, figure, evidence, loadCanCause, section, more);
  }

  /** Returns the same verdict with this summary. */
  public Verdict withSummary(String its) {
    return new Verdict(
        check, requirement, status, text, its, metric, evidence, loadCanCause, section, more);
  }

  /** Returns the same verdict with the number of further failures of its kind. */
  Verdict and(int others) {
    return new Verdict(
        check,
        requirement,
        status,
        text + suffix(others),
        summary,
        metric,
        evidence,
        loadCanCause,
        section,
        others);
  }

  private static String suffix(int more) {
    return more > 0 ? "; " + more + " more such" : "";
  }

  /** Returns the text about the first failure, without the number of further ones. */
  public String firstText() {
    return text.substring(0, text.length() - suffix(more).length());
  }

  /** Returns the step that failed; empty if the verdict is not about a step. */
  public Optional<Event.Step> failedStep() {
    return evidence.stream()
        .filter(event -> event instanceof Event.Step step && step.hasFailed())
        .map(Event.Step.class::cast)
        .findFirst();
  }
}
