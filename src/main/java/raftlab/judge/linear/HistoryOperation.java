package raftlab.judge.linear;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
 * @param callTime when it was first sent, on one clock for the whole history; a call comes before a
 *     return at the same time
 * @param returnTime when its answer came; {@link #NEVER} if it is open
 */
public record HistoryOperation(
    int number,
    String process,
    OperationKind kind,
    String key,
    @Nullable String value,
    @Nullable String expect,
    @Nullable String result,
    long callTime,
    long returnTime,
    Outcome outcome) {

  /** The return time of an open operation. */
  public static final long NEVER = Long.MAX_VALUE;

  /** The kind of an operation. */
  public enum OperationKind {
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
        number, process, OperationKind.GET, key, null, null, result, call, ret, Outcome.DONE);
  }

  /** Creates a put; open if it returns {@link #NEVER}. */
  public static HistoryOperation put(
      int number, String process, String key, String value, long call, long ret) {
    return new HistoryOperation(
        number, process, OperationKind.PUT, key, value, null, null, call, ret, outcome(ret));
  }

  /** Creates an append; open if it returns {@link #NEVER}. */
  public static HistoryOperation append(
      int number, String process, String key, String value, long call, long ret) {
    return new HistoryOperation(
        number, process, OperationKind.APPEND, key, value, null, null, call, ret, outcome(ret));
  }

  /** Creates a cas that found what it expected; open if it returns {@link #NEVER}. */
  public static HistoryOperation cas(
      int number, String process, String key, String expect, String value, long call, long ret) {
    return new HistoryOperation(
        number, process, OperationKind.CAS, key, value, expect, null, call, ret, outcome(ret));
  }

  private static Outcome outcome(long ret) {
    return ret == NEVER ? Outcome.OPEN : Outcome.DONE;
  }

  /** Returns the same cas, which found this value instead of the expected one. */
  public HistoryOperation asMismatch(String found) {
    return new HistoryOperation(
        number, process, kind, key, value, expect, found, callTime, returnTime, Outcome.MISMATCH);
  }

  /** Returns the same operation with an unknown result. */
  public HistoryOperation asOpen() {
    return new HistoryOperation(
        number, process, kind, key, value, expect, null, callTime, NEVER, Outcome.OPEN);
  }

  /** Returns the same operation, called before all others. */
  public HistoryOperation withEarliestCall() {
    return new HistoryOperation(
        number, process, kind, key, value, expect, result, Long.MIN_VALUE, returnTime, outcome);
  }

  /** Whether its result is unknown. */
  public boolean isOpen() {
    return outcome == Outcome.OPEN;
  }

  /** Whether its answer shows the value: a get, or a cas that was answered. */
  public boolean observesValue() {
    return !isOpen() && (kind == OperationKind.GET || kind == OperationKind.CAS);
  }

  /** Returns the value that its answer shows; only if it {@link #observesValue}. */
  public @Nullable String observedValue() {
    return kind == OperationKind.CAS && outcome == Outcome.DONE ? expect : result;
  }

  /** Returns the text that it appends; only for an append. */
  String appendedText() {
    return Objects.requireNonNull(value, "an append has a text");
  }

  /** Whether it may have changed the value. */
  public boolean mayWrite() {
    return kind != OperationKind.GET && outcome != Outcome.MISMATCH;
  }
}
