package raftlab.judge.history;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import raftlab.judge.linear.Diagnosis;
import raftlab.judge.linear.Diagnosis.ContradictionKind;
import raftlab.judge.linear.HistoryOperation;
import raftlab.judge.linear.HistoryOperation.Outcome;
import raftlab.wire.PrintableText;

/** Describes a contradiction in a history in words. */
public final class ContradictionText {
  private static final int MAX_CHARS = 16;
  private static final int MAX_LISTED = 6;

  private final Diagnosis diagnosis;
  private final OperationDescriber describer;
  private final boolean isSummary;

  private ContradictionText(Diagnosis diagnosis, OperationDescriber describer, boolean isSummary) {
    this.diagnosis = diagnosis;
    this.describer = describer;
    this.isSummary = isSummary;
  }

  /**
   * Returns one sentence: which replica answered what, why that is impossible, and the name of the
   * contradiction.
   */
  public static String of(Diagnosis diagnosis, OperationDescriber teller) {
    return new ContradictionText(diagnosis, teller, false).text();
  }

  /** Returns the same sentence without keys, values, writers and listed operations. */
  public static String summary(Diagnosis diagnosis, OperationDescriber describer) {
    return new ContradictionText(diagnosis, describer, true).text();
  }

  private String text() {
    return sentence() + ": " + diagnosis.kind().title();
  }

  private String sentence() {
    HistoryOperation wrong = diagnosis.faulty();
    return switch (diagnosis.kind()) {
      case LOST_WRITE, UNSEEN_WRITE, STALE_READ, TWICE ->
          answerText(wrong) + authorText() + ", but " + newerAnswerText() + again();
      case UNWRITTEN -> answerText(wrong) + ", but no client wrote that";
      case OTHER_KEY ->
          answerText(wrong)
              + ", but that was written to the key "
              + shown(writer().key())
              + " (by "
              + describer.author(writer())
              + "), and never to this one";
      case FUTURE ->
          answerText(wrong)
              + ", but that was written only later"
              + (diagnosis.writer() == null
                  ? ""
                  : " (by " + describer.author(diagnosis.writer()) + ")");
      case TWO_WINNERS ->
          answerText(wrong)
              + ", but "
              + answerText(contradicted())
              + " too, though "
              + value(wrong.expect())
              + " was written only once";
      case ABSURD -> answerText(wrong) + ", but that is what it expected";
      case CONTRADICTION -> contradiction();
    };
  }

  /** Returns the writer; only of a kind of contradiction that has one. */
  private HistoryOperation writer() {
    return Objects.requireNonNull(diagnosis.writer(), "this kind of contradiction has a writer");
  }

  /** Returns the contradicting operation; only of a kind of contradiction that has one. */
  private HistoryOperation contradicted() {
    return Objects.requireNonNull(
        diagnosis.contradicted(), "this kind of contradiction is one of two answers");
  }

  private String answerText(HistoryOperation operation) {
    String key = shown(operation.key());
    if (operation.kind() == HistoryOperation.OperationKind.GET) {
      return describer.answered(operation, "a get of " + key) + " " + value(operation.result());
    }
    if (operation.kind() != HistoryOperation.OperationKind.CAS) {
      return describer.answered(operation, write(operation, key)) + " ok";
    }
    String cas = "a cas of " + key;
    if (!isSummary) {
      cas += " from " + value(operation.expect()) + " to " + value(operation.value());
    }
    return operation.outcome() == Outcome.MISMATCH
        ? describer.answered(operation, cas)
            + " mismatch, since it found "
            + value(operation.result())
        : describer.answered(operation, cas) + " ok";
  }

  private String write(HistoryOperation operation, String key) {
    boolean isPut = operation.kind() == HistoryOperation.OperationKind.PUT;
    if (isSummary) {
      return (isPut ? "a put of " : "an append of ") + key;
    }
    return (isPut ? "a put of " + key + " = " : "an append to " + key + " of ")
        + value(operation.value());
  }

  private String authorText() {
    HistoryOperation writer = diagnosis.writer();
    return isSummary || writer == null || writer.equals(diagnosis.contradicted())
        ? ""
        : " (written by " + describer.author(writer) + ")";
  }

  private String newerAnswerText() {
    HistoryOperation newer = contradicted();
    String before =
        " before the "
            + (diagnosis.faulty().kind() == HistoryOperation.OperationKind.CAS ? "cas" : "get")
            + " was sent";
    if (newer.equals(diagnosis.writer())) {
      return value(newer.value()) + " was appended only once (by " + describer.author(newer) + ")";
    }
    if (!newer.mayWrite() || Objects.equals(newer.value(), diagnosis.faulty().observedValue())) {
      return answerText(newer) + before;
    }
    return value(newer.value())
        + (newer.kind() == HistoryOperation.OperationKind.APPEND
            ? " had been appended"
            : " had been written")
        + " and acknowledged"
        + before;
  }

  private String again() {
    if (diagnosis.kind() != ContradictionKind.TWICE) {
      return "";
    }
    HistoryOperation writer = writer();
    int times = describer.timesSent(writer);
    return times > 1
        ? "; the write of "
            + value(writer.value())
            + " was sent "
            + times
            + " times, and must take effect once"
        : "";
  }

  private String contradiction() {
    List<HistoryOperation> core = diagnosis.witnesses();
    String claim = "no order of these " + core.size() + " operations explains all answers";
    if (isSummary) {
      return claim;
    }
    String list =
        core.stream()
            .limit(MAX_LISTED)
            .map(o -> o.isOpen() ? open(o) : answerText(o))
            .collect(Collectors.joining("; "));
    return claim
        + ": "
        + list
        + (core.size() > MAX_LISTED ? "; and " + (core.size() - MAX_LISTED) + " more" : "");
  }

  private String open(HistoryOperation operation) {
    return "the result is unknown of the "
        + operation.kind().name().toLowerCase(java.util.Locale.ROOT)
        + " of "
        + value(operation.value())
        + " by "
        + describer.author(operation);
  }

  private String value(@Nullable String value) {
    return value == null ? "nothing" : "\"" + shown(value) + "\"";
  }

  private String shown(String text) {
    return isSummary ? "…" : PrintableText.of(text, MAX_CHARS);
  }
}
