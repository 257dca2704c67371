package raftlab.judge.check;

import java.util.List;
import raftlab.judge.invariant.FirstViolations;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.Violation;
import raftlab.trace.Event;

/**
 * The result of one check.
 *
 * @param check the name of the check, as in the course where the course has the check
 * @param requirement the requirement, in words
 * @param status the result
 * @param text the reason, in words, with figures
 * @param evidence the events that prove it; may be empty for a pass
 * @param loadCanCause whether an overloaded machine could have caused a failure
 * @param section the section of the (extended) Raft paper with the requirement; "" if it doesn't
 * @param more how many more failures of this kind there are; {@code text} tells their number too
 */
public record Verdict(
    String check,
    String requirement,
    Status status,
    String text,
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

  static Verdict pass(String check, String promise, String text) {
    return new Verdict(check, promise, Status.PASS, text, List.of(), false, "", 0);
  }

  /** Whether an invariant holds by what a check found. */
  static Verdict of(Invariant invariant, FirstViolations found, String passText) {
    Violation first = found.first(invariant);
    if (first == null) {
      return pass(invariant.check(), invariant.requirement(), passText).of(invariant.section());
    }
    return new Verdict(
            invariant.check(),
            invariant.requirement(),
            Status.FAIL,
            first.text(),
            first.evidence(),
            invariant.loadCanCause(),
            invariant.section(),
            0)
        .and(found.count(invariant) - 1);
  }

  public static Verdict unknown(String check, String promise, String text) {
    return new Verdict(check, promise, Status.UNKNOWN, text, List.of(), false, "", 0);
  }

  /**
   * Returns a verdict of a run with a failed precondition, which says nothing about what the
   * scenario tests.
   */
  public static Verdict blocked(
      String check, String promise, String text, List<? extends Event> evidence) {
    return new Verdict(check, promise, Status.BLOCKED, text, List.copyOf(evidence), true, "", 0);
  }

  /** Returns a failure that no load excuses: the replica sent or did something wrong. */
  static Verdict fail(String check, String promise, String text, List<? extends Event> evidence) {
    return new Verdict(check, promise, Status.FAIL, text, List.copyOf(evidence), false, "", 0);
  }

  /** Returns a failure by omission or lateness, which an overloaded machine could have caused. */
  static Verdict failUnlessLoaded(
      String check, String promise, String text, List<? extends Event> evidence) {
    return new Verdict(check, promise, Status.FAIL, text, List.copyOf(evidence), true, "", 0);
  }

  /** Returns the same verdict with the section of the paper. */
  Verdict of(String itsSection) {
    return new Verdict(check, requirement, status, text, evidence, loadCanCause, itsSection, more);
  }

  /** Returns the same verdict with the number of further failures of its kind. */
  Verdict and(int others) {
    return new Verdict(
        check, requirement, status, text + suffix(others), evidence, loadCanCause, section, others);
  }

  private static String suffix(int more) {
    return more > 0 ? "; " + more + " more such" : "";
  }

  /** Returns the text about the first failure, without the number of further ones. */
  public String firstText() {
    return text.substring(0, text.length() - suffix(more).length());
  }
}
