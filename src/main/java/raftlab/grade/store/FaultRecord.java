package raftlab.grade.store;

/**
 * What was responsible for a bad result, with what is known of it.
 *
 * @param fault what was responsible
 * @param text the reason in words; "" if there is nothing wrong
 * @param exitCode the exit code of the program that ended; -1 if none did
 * @param signal the signal that ended it; 0 for none
 * @param limit the limit at which it was killed: {@code memory}, {@code time}, {@code disk}, ...;
 *     "" for none
 */
public record FaultRecord(Fault fault, String text, int exitCode, int signal, String limit) {
  /** Nothing is wrong. */
  public static final FaultRecord NONE = of(Fault.NONE, "");

  /** A fault without an exit of a program. */
  public static FaultRecord of(Fault fault, String text) {
    return new FaultRecord(fault, text, -1, 0, "");
  }

  /** An exit of a program of the hand-in; codes above 128 are those of signals. */
  public static FaultRecord ofExit(String text, int exitCode) {
    boolean isSignal = exitCode > 128 && exitCode <= 128 + 64;
    return new FaultRecord(Fault.SUBMISSION, text, exitCode, isSignal ? exitCode - 128 : 0, "");
  }
}
