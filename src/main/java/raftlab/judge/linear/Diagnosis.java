package raftlab.judge.linear;

import java.util.List;

/**
 * What kind of contradiction makes a history wrong, and who shows it.
 *
 * @param wrong the operation whose answer is to blame
 * @param writer who wrote the value that it tells of; null if nobody did, or many may have
 * @param against whose answer it contradicts; null if it is wrong by itself
 * @param witnesses all operations that show it, in order of their calls
 */
public record Diagnosis(
    Kind kind,
    HistoryOperation wrong,
    HistoryOperation writer,
    HistoryOperation against,
    List<HistoryOperation> witnesses) {

  /** The kinds of contradictions. */
  public enum Kind {
    /** A write was acknowledged before, and neither that answer nor later ones show it. */
    LOST_WRITE("a lost acknowledged write"),
    /** A write was acknowledged before and isn't seen, and no other answer tells which it is. */
    UNSEEN_WRITE("a lost acknowledged write, or a stale read"),
    /** The value had been replaced before, and other answers tell of the newer one. */
    STALE_READ("a stale read"),
    /** The value was replaced, and came back although it was written once. */
    TWICE("a write that took effect twice"),
    /** No operation on any key wrote this. */
    UNWRITTEN("a value that nobody wrote"),
    /** It was written to another key only. */
    OTHER_KEY("another key's value"),
    /** It was written only after it had been read. */
    FUTURE("a value of the future"),
    /** Two operations replaced a value that was there once. */
    TWO_WINNERS("two writes that replaced the same value"),
    /** A cas found what it expected, and did not match. */
    ABSURD("an answer that contradicts itself"),
    /** Several answers that only together are impossible. */
    CONTRADICTION("answers that contradict each other");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** Its name in words. */
    public String title() {
      return title;
    }
  }

  /** Takes a copy of the list. */
  public Diagnosis {
    witnesses = List.copyOf(witnesses);
  }

  /** The same of another kind, which other evidence than the history shows. */
  public Diagnosis as(Kind other) {
    return new Diagnosis(other, wrong, writer, against, witnesses);
  }
}
