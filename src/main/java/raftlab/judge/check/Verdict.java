package raftlab.judge.check;

import java.util.List;
import raftlab.judge.invariant.FirstViolations;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.Violation;
import raftlab.trace.Event;

/**
 * What a judge found.
 *
 * @param check the judge's name, as in the course where the course has the check
 * @param promise what must hold, in words
 * @param status whether it does
 * @param text why, in words, with the figures
 * @param evidence the events that prove it; may be empty for a pass
 * @param loadCanCause whether a machine too busy to let replicas run in time could have caused a
 *     failure
 * @param section where the (extended) Raft paper has the promise; "" if it doesn't
 * @param more how many more failures of this kind there are; {@code text} tells their number too
 */
public record Verdict(
    String check,
    String promise,
    Status status,
    String text,
    List<Event> evidence,
    boolean loadCanCause,
    String section,
    int more) {

  /** The answers. Only a pass is one. */
  public enum Status {
    /** What must hold, holds. */
    PASS,
    /** It doesn't; the evidence proves it. */
    FAIL,
    /** The run never came to what the scenario is about: what it needs first did not work. */
    BLOCKED,
    /** The run doesn't tell. */
    UNKNOWN
  }

  /** Takes a copy of the list. */
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
      return pass(invariant.check(), invariant.promise(), passText).of(invariant.section());
    }
    return new Verdict(
            invariant.check(),
            invariant.promise(),
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

  /** What the scenario needs first did not work, so that it tells nothing of what it is about. */
  public static Verdict blocked(
      String check, String promise, String text, List<? extends Event> evidence) {
    return new Verdict(check, promise, Status.BLOCKED, text, List.copyOf(evidence), true, "", 0);
  }

  /** A failure that no load excuses: the replica said or did something wrong. */
  static Verdict fail(String check, String promise, String text, List<? extends Event> evidence) {
    return new Verdict(check, promise, Status.FAIL, text, List.copyOf(evidence), false, "", 0);
  }

  /** A failure by omission or lateness, which a machine too busy could have caused. */
  static Verdict failUnlessLoaded(
      String check, String promise, String text, List<? extends Event> evidence) {
    return new Verdict(check, promise, Status.FAIL, text, List.copyOf(evidence), true, "", 0);
  }

  /** The same, with the section of the paper that has the promise. */
  Verdict of(String itsSection) {
    return new Verdict(check, promise, status, text, evidence, loadCanCause, itsSection, more);
  }

  /** The same; its text is about the first failure of its kind, and there are so many more. */
  Verdict and(int others) {
    return new Verdict(
        check, promise, status, text + suffix(others), evidence, loadCanCause, section, others);
  }

  private static String suffix(int more) {
    return more > 0 ? "; " + more + " more such" : "";
  }

  /** Why, in words, without the number of other failures of this kind. */
  public String firstText() {
    return text.substring(0, text.length() - suffix(more).length());
  }
}
