package raftlab.judge.linear;

/**
 * One operation of a client on one key.
 *
 * @param number identifies it within its history
 * @param process the client
 * @param value the value that is put, appended, or written by a cas; null for a get
 * @param expect the value that a cas expects; null for any other kind, or for a value that isn't
 *     set
 * @param result the value that a get read, or that a mismatched cas found; null for any other, or
 *     for a value that isn't set
 * @param call when it was first sent, on one clock for the whole history; a call comes before a
 *     return at the same time
 * @param ret when its answer came; {@link #NEVER} if it is open
 */
public record HistoryOperation(
    int number,
    String process,
    Kind kind,
    String key,
    String value,
    String expect,
    String result,
    long call,
    long ret,
    Outcome outcome) {

  /** The return time of an open operation. */
  public static final long NEVER = Long.MAX_VALUE;

  /** The kind of an operation. */
  public enum Kind {
    /** Reads the value. */
    GET,
    /** Sets the value. */
    PUT,
    /** Appends to the value. */
    APPEND,
    /** Sets the value if it is the expected one. */
    CAS
  }

  /** The result of an operation. */
  public enum Outcome {
    /** It took effect once, between call and return. */
    DONE,
    /** A cas that found another value, given in the result, and did nothing. */
    MISMATCH,
    /** Unknown: it takes effect once at any time after its call, or never. */
    OPEN
  }

  /** Creates a get that was answered. */
  public static HistoryOperation get(
      int number, String process, String key, String result, long call, long ret) {
    return new HistoryOperation(
        number, process, Kind.GET, key, null, null, result, call, ret, Outcome.DONE);
  }

  /** Creates a put; open if it returns {@link #NEVER}. */
  public static HistoryOperation put(
      int number, String process, String key, String value, long call, long ret) {
    return new HistoryOperation(
        number, process, Kind.PUT, key, value, null, null, call, ret, outcome(ret));
  }

  /** Creates an append; open if it returns {@link #NEVER}. */
  public static HistoryOperation append(
      int number, String process, String key, String value, long call, long ret) {
    return new HistoryOperation(
        number, process, Kind.APPEND, key, value, null, null, call, ret, outcome(ret));
  }

  /** Creates a cas that found what it expected; open if it returns {@link #NEVER}. */
  public static HistoryOperation cas(
      int number, String process, String key, String expect, String value, long call, long ret) {
    return new HistoryOperation(
        number, process, Kind.CAS, key, value, expect, null, call, ret, outcome(ret));
  }

  private static Outcome outcome(long ret) {
    return ret == NEVER ? Outcome.OPEN : Outcome.DONE;
  }

  /** Returns the same cas, which found this value instead of the expected one. */
  public HistoryOperation mismatched(String found) {
    return new HistoryOperation(
        number, process, kind, key, value, expect, found, call, ret, Outcome.MISMATCH);
  }

  /** Returns the same operation with an unknown result. */
  public HistoryOperation opened() {
    return new HistoryOperation(
        number, process, kind, key, value, expect, null, call, NEVER, Outcome.OPEN);
  }

  /** Returns the same operation, called before all others. */
  public HistoryOperation calledFirst() {
    return new HistoryOperation(
        number, process, kind, key, value, expect, result, Long.MIN_VALUE, ret, outcome);
  }

  /** Whether its result is unknown. */
  public boolean isOpen() {
    return outcome == Outcome.OPEN;
  }

  /** Whether its answer shows the value: a get, or a cas that was answered. */
  public boolean observes() {
    return !isOpen() && (kind == Kind.GET || kind == Kind.CAS);
  }

  /** Returns the value that its answer shows; only if it {@link #observes}. */
  public String observed() {
    return kind == Kind.CAS && outcome == Outcome.DONE ? expect : result;
  }

  /** Whether it may have changed the value. */
  public boolean writes() {
    return kind != Kind.GET && outcome != Outcome.MISMATCH;
  }
}
