package raftlab.judge.history;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import raftlab.judge.linear.Diagnosis;
import raftlab.judge.linear.Diagnosis.Kind;
import raftlab.judge.linear.HistoryOperation;
import raftlab.judge.linear.HistoryOperation.Outcome;
import raftlab.wire.PrintableText;

/** Describes a contradiction in a history in words. */
public final class ContradictionText {
  private static final int MOST_CHARS = 16;
  private static final int MOST_LISTED = 6;

  private final Diagnosis diagnosis;
  private final OperationDescriber teller;

  private ContradictionText(Diagnosis diagnosis, OperationDescriber teller) {
    this.diagnosis = diagnosis;
    this.teller = teller;
  }

  /**
   * Returns one sentence: which replica answered what, why that is impossible, and the name of the
   * contradiction.
   */
  public static String of(Diagnosis diagnosis, OperationDescriber teller) {
    ContradictionText wording = new ContradictionText(diagnosis, teller);
    return wording.sentence() + ": " + diagnosis.kind().title();
  }

  private String sentence() {
    HistoryOperation wrong = diagnosis.wrong();
    return switch (diagnosis.kind()) {
      case LOST_WRITE, UNSEEN_WRITE, STALE_READ, TWICE ->
          told(wrong) + author() + ", but " + newer() + again();
      case UNWRITTEN -> told(wrong) + ", but no client wrote that";
      case OTHER_KEY ->
          told(wrong)
              + ", but that was written to the key "
              + quoted(diagnosis.writer().key(), "")
              + " (by "
              + teller.author(diagnosis.writer())
              + "), and never to this one";
      case FUTURE ->
          told(wrong)
              + ", but that was written only later"
              + (diagnosis.writer() == null
                  ? ""
                  : " (by " + teller.author(diagnosis.writer()) + ")");
      case TWO_WINNERS ->
          told(wrong)
              + ", but "
              + told(diagnosis.against())
              + " too, though "
              + value(wrong.expect())
              + " was written only once";
      case ABSURD -> told(wrong) + ", but that is what it expected";
      case CONTRADICTION -> contradiction();
    };
  }

  private String told(HistoryOperation operation) {
    String key = quoted(operation.key(), "");
    if (operation.kind() == HistoryOperation.Kind.GET) {
      return teller.answered(operation, "a get of " + key) + " " + value(operation.result());
    }
    if (operation.kind() != HistoryOperation.Kind.CAS) {
      String what =
          operation.kind() == HistoryOperation.Kind.PUT
              ? "a put of " + key + " = "
              : "an append to " + key + " of ";
      return teller.answered(operation, what + value(operation.value())) + " ok";
    }
    String cas =
        "a cas of "
            + key
            + " from "
            + value(operation.expect())
            + " to "
            + value(operation.value());
    return operation.outcome() == Outcome.MISMATCH
        ? teller.answered(operation, cas) + " mismatch, since it found " + value(operation.result())
        : teller.answered(operation, cas) + " ok";
  }

  private String author() {
    HistoryOperation writer = diagnosis.writer();
    return writer == null || writer.equals(diagnosis.against())
        ? ""
        : " (written by " + teller.author(writer) + ")";
  }

  private String newer() {
    HistoryOperation newer = diagnosis.against();
    String before =
        " before the "
            + (diagnosis.wrong().kind() == HistoryOperation.Kind.CAS ? "cas" : "get")
            + " was sent";
    if (newer.equals(diagnosis.writer())) {
      return value(newer.value()) + " was appended only once (by " + teller.author(newer) + ")";
    }
    if (!newer.writes() || Objects.equals(newer.value(), diagnosis.wrong().observed())) {
      return told(newer) + before;
    }
    return value(newer.value())
        + (newer.kind() == HistoryOperation.Kind.APPEND
            ? " had been appended"
            : " had been written")
        + " and acknowledged"
        + before;
  }

  private String again() {
    HistoryOperation writer = diagnosis.writer();
    int times = diagnosis.kind() == Kind.TWICE ? teller.timesSent(writer) : 1;
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
    String list =
        core.stream()
            .limit(MOST_LISTED)
            .map(o -> o.isOpen() ? open(o) : told(o))
            .collect(Collectors.joining("; "));
    return "no order of these "
        + core.size()
        + " operations explains all answers: "
        + list
        + (core.size() > MOST_LISTED ? "; and " + (core.size() - MOST_LISTED) + " more" : "");
  }

  private String open(HistoryOperation operation) {
    return "the result is unknown of the "
        + operation.kind().name().toLowerCase(java.util.Locale.ROOT)
        + " of "
        + value(operation.value())
        + " by "
        + teller.author(operation);
  }

  private static String value(String value) {
    return value == null ? "nothing" : quoted(value, "\"");
  }

  private static String quoted(String text, String quote) {
    return quote + PrintableText.of(text, MOST_CHARS) + quote;
  }
}
