package raftlab.judge.linear;

/**
 * One operation of a client on one key.
 *
 * @param number names it within its history
 * @param process who asked
 * @param value what is put, appended, or written by a cas; null for a get
 * @param expect what a cas expects to find; null for any other kind, or for a value that isn't set
 * @param result what a get read, or a cas found that didn't match; null for any other, or for a
 *     value that isn't set
 * @param call when it was first sent, on any clock that is the same for the whole history; of a
 *     call and a return at the same time the call counts as earlier
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

  /** The return time of what never returned. */
  public static final long NEVER = Long.MAX_VALUE;

  /** What an operation does. */
  public enum Kind {
    /** Reads the value. */
    GET,
    /** Sets the value. */
    PUT,
    /** Adds to the end of the value. */
    APPEND,
    /** Sets the value if it is the expected one. */
    CAS
  }

  /** What is known of its end. */
  public enum Outcome {
    /** It took effect, once, between call and return. */
    DONE,
    /** A cas that found another value, named in the result, and so did nothing. */
    MISMATCH,
    /** Nobody knows: it takes effect once at any time from its call on, or never. */
    OPEN
  }

  /** A get that was answered. */
  public static HistoryOperation get(
      int number, String process, String key, String result, long call, long ret) {
    return new HistoryOperation(
        number, process, Kind.GET, key, null, null, result, call, ret, Outcome.DONE);
  }

  /** A put; open if it returns {@link #NEVER}. */
  public static HistoryOperation put(
      int number, String process, String key, String value, long call, long ret) {
    return new HistoryOperation(
        number, process, Kind.PUT, key, value, null, null, call, ret, outcome(ret));
  }

  /** An append; open if it returns {@link #NEVER}. */
  public static HistoryOperation append(
      int number, String process, String key, String value, long call, long ret) {
    return new HistoryOperation(
        number, process, Kind.APPEND, key, value, null, null, call, ret, outcome(ret));
  }

  /** A cas that found what it expected; open if it returns {@link #NEVER}. */
  public static HistoryOperation cas(
      int number, String process, String key, String expect, String value, long call, long ret) {
    return new HistoryOperation(
        number, process, Kind.CAS, key, value, expect, null, call, ret, outcome(ret));
  }

  private static Outcome outcome(long ret) {
    return ret == NEVER ? Outcome.OPEN : Outcome.DONE;
  }

  /** The same cas, which found this value instead of the expected one. */
  public HistoryOperation mismatched(String found) {
    return new HistoryOperation(
        number, process, kind, key, value, expect, found, call, ret, Outcome.MISMATCH);
  }

  /** The same, but nobody knows what became of it. */
  public HistoryOperation opened() {
    return new HistoryOperation(
        number, process, kind, key, value, expect, null, call, NEVER, Outcome.OPEN);
  }

  /** The same, called before everything else. */
  public HistoryOperation calledFirst() {
    return new HistoryOperation(
        number, process, kind, key, value, expect, result, Long.MIN_VALUE, ret, outcome);
  }

  /** Whether nobody knows what became of it. */
  public boolean isOpen() {
    return outcome == Outcome.OPEN;
  }

  /** Whether its answer tells what the value was: a get, or a cas that was answered. */
  public boolean observes() {
    return !isOpen() && (kind == Kind.GET || kind == Kind.CAS);
  }

  /** The value that its answer tells; only for what {@link #observes}. */
  public String observed() {
    return kind == Kind.CAS && outcome == Outcome.DONE ? expect : result;
  }

  /** Whether it can have changed the value. */
  public boolean writes() {
    return kind != Kind.GET && outcome != Outcome.MISMATCH;
  }
}
