package raftlab.judge.check;

import java.util.List;
import raftlab.trace.Event;

/**
 * The result of one check.
 *
 * @param check the name of the check, as in the course where the course has the check
 * @param promise the requirement, in words
 * @param status the result
 * @param text the reason, in words, with figures
 * @param evidence the events that prove it; may be empty for a pass
 * @param loadCanCause whether an overloaded machine could have caused a failure
 * @param section the section of the (extended) Raft paper with the requirement; "" for none
 */
public record Verdict(
    String check,
    String promise,
    Status status,
    String text,
    List<Event> evidence,
    boolean loadCanCause,
    String section) {

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
    return new Verdict(check, promise, Status.PASS, text, List.of(), false, "");
  }

  public static Verdict unknown(String check, String promise, String text) {
    return new Verdict(check, promise, Status.UNKNOWN, text, List.of(), false, "");
  }

  /**
   * Returns a verdict of a run with a failed precondition, which says nothing about what the
   * scenario tests.
   */
  public static Verdict blocked(
      String check, String promise, String text, List<? extends Event> evidence) {
    return new Verdict(check, promise, Status.BLOCKED, text, List.copyOf(evidence), true, "");
  }

  /** Returns a failure that no load excuses: the replica sent or did something wrong. */
  static Verdict fail(String check, String promise, String text, List<? extends Event> evidence) {
    return new Verdict(check, promise, Status.FAIL, text, List.copyOf(evidence), false, "");
  }

  /** Returns a failure by omission or lateness, which an overloaded machine could have caused. */
  static Verdict failUnlessLoaded(
      String check, String promise, String text, List<? extends Event> evidence) {
    return new Verdict(check, promise, Status.FAIL, text, List.copyOf(evidence), true, "");
  }

  /** Returns the same verdict with the section of the paper. */
  Verdict of(String itsSection) {
    return new Verdict(check, promise, status, text, evidence, loadCanCause, itsSection);
  }
}
