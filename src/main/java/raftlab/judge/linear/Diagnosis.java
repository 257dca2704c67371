package raftlab.judge.linear;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The contradiction that makes a history wrong, with the operations that show it.
 *
 * @param faulty the operation with the wrong answer
 * @param writer the operation that wrote the value in that answer; null if there is none, or there
 *     may be several
 * @param contradicted the operation with the contradicting answer; null if the answer is wrong by
 *     itself
 * @param witnesses all operations that show it, in order of their calls
 */
public record Diagnosis(
    ContradictionKind kind,
    HistoryOperation faulty,
    @Nullable HistoryOperation writer,
    @Nullable HistoryOperation contradicted,
    List<HistoryOperation> witnesses) {

  /** The kinds of contradictions. */
  public enum ContradictionKind {
    /** A write was acknowledged before the read, and neither the read nor later ones return it. */
    LOST_WRITE("a lost acknowledged write"),
    /**
     * A write was acknowledged before the read and isn't visible; no other answer shows whether it
     * was lost or the read was stale.
     */
    UNSEEN_WRITE("a lost acknowledged write, or a stale read"),
    /** The value had been replaced before the read, and other answers show the newer one. */
    STALE_READ("a stale read"),
    /** The value was replaced, and came back although it was written once. */
    TWICE("a write that took effect twice"),
    /** No operation on any key wrote this value. */
    UNWRITTEN("a value that no client wrote"),
    /** It was written to another key only. */
    OTHER_KEY("another key's value"),
    /** It was written only after it had been read. */
    FUTURE("a value of the future"),
    /** Two operations replaced a value that was written once. */
    TWO_WINNERS("two writes that replaced the same value"),
    /** A cas found what it expected, and was answered with mismatch. */
    ABSURD("an answer that contradicts itself"),
    /** Several answers that are impossible only together. */
    CONTRADICTION("answers that contradict each other");

    private final String title;

    ContradictionKind(String title) {
      this.title = title;
    }

    /** Returns its name in words. */
    public String title() {
      return title;
    }
  }

  /** Copies the list. */
  public Diagnosis {
    witnesses = List.copyOf(witnesses);
  }

  /** Returns the same diagnosis with another kind, shown by evidence outside the history. */
  public Diagnosis withKind(ContradictionKind other) {
    return new Diagnosis(other, faulty, writer, contradicted, witnesses);
  }
}
