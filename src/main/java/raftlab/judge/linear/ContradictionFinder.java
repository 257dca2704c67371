package raftlab.judge.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import raftlab.judge.linear.Diagnosis.ContradictionKind;
import raftlab.judge.linear.HistoryOperation.Outcome;

/**
 * Finds the simplest reason why a history isn't linearizable. Each reason is valid by itself; if
 * there is none, the core of the contradiction is the result.
 */
public final class ContradictionFinder {
  /** A core has more observers only if the budget ran out before it was minimal. */
  private static final int MAX_SUSPECTS = 20;

  private final LinearizabilityResult.NotLinearizable finding;
  private final @Nullable String initial;
  private final Collection<HistoryOperation> allOperations;
  private final OperationSource sources;
  private final List<HistoryOperation> history;

  /**
   * Creates a finder.
   *
   * @param initial the value of a key before its first write
   * @param allOperations the operations on all keys
   * @param sources the answering replicas, and how often operations were sent
   */
  public ContradictionFinder(
      LinearizabilityResult.NotLinearizable finding,
      @Nullable String initial,
      Collection<HistoryOperation> allOperations,
      OperationSource sources) {
    this.finding = finding;
    this.initial = initial;
    this.allOperations = allOperations;
    this.sources = sources;
    this.history = finding.history();
  }

  /** Returns the simplest reason. */
  public Diagnosis diagnosis() {
    List<HistoryOperation> observers = new ArrayList<>(finding.core());
    observers.removeIf(o -> !o.observesValue());
    observers.sort(Comparator.comparingLong(HistoryOperation::returnTime).reversed());
    for (HistoryOperation observer :
        observers.subList(0, Math.min(MAX_SUSPECTS, observers.size()))) {
      Diagnosis diagnosis = reason(observer);
      if (diagnosis != null) {
        return diagnosis;
      }
    }
    return new Diagnosis(
        ContradictionKind.CONTRADICTION, finding.last(), null, null, finding.core());
  }

  private @Nullable Diagnosis reason(HistoryOperation wrong) {
    if (wrong.outcome() == Outcome.MISMATCH && Objects.equals(wrong.result(), wrong.expect())) {
      return of(ContradictionKind.ABSURD, wrong, null, null);
    }
    String value = wrong.observedValue();
    boolean isInitial = Objects.equals(value, initial);
    PossibleValues values = new PossibleValues(history, initial);
    if (!isInitial && !values.canBeMade(value, wrong.returnTime())) {
      return neverMade(wrong, values);
    }
    Diagnosis twice = values.hasAppends() ? appendedTwice(wrong, values) : null;
    if (twice != null) {
      return twice;
    }
    List<HistoryOperation> makers = values.makers(value, wrong.returnTime());
    Diagnosis overwritten = overwritten(wrong, makers);
    if (overwritten != null) {
      return overwritten;
    }
    Diagnosis readBefore = readBefore(wrong, makers, isInitial);
    return readBefore != null ? readBefore : twoWinners(wrong, makers, isInitial);
  }

  private static Diagnosis of(
      ContradictionKind kind,
      HistoryOperation wrong,
      @Nullable HistoryOperation writer,
      @Nullable HistoryOperation against) {
    List<HistoryOperation> witnesses = new ArrayList<>();
    for (HistoryOperation operation : Arrays.asList(writer, against, wrong)) {
      if (operation != null && !witnesses.contains(operation)) {
        witnesses.add(operation);
      }
    }
    witnesses.sort(Comparator.comparingLong(HistoryOperation::callTime));
    return new Diagnosis(kind, wrong, writer, against, witnesses);
  }

  private Diagnosis neverMade(HistoryOperation wrong, PossibleValues values) {
    String value = wrong.observedValue();
    if (values.canBeMade(value, HistoryOperation.NEVER)) {
      HistoryOperation later =
          values.makers(value, HistoryOperation.NEVER).stream()
              .filter(o -> o.callTime() > wrong.returnTime())
              .min(Comparator.comparingLong(HistoryOperation::callTime))
              .orElse(null);
      return of(ContradictionKind.FUTURE, wrong, later, null);
    }
    for (HistoryOperation other : allOperations) {
      if (!other.key().equals(wrong.key())
          && other.mayWrite()
          && Objects.equals(other.value(), value)) {
        return of(ContradictionKind.OTHER_KEY, wrong, other, null);
      }
    }
    return of(ContradictionKind.UNWRITTEN, wrong, null, null);
  }

  /** The value is possible only if a text that was appended once is used more than once. */
  private @Nullable Diagnosis appendedTwice(HistoryOperation wrong, PossibleValues values) {
    for (HistoryOperation append : history) {
      if (append.kind() == HistoryOperation.OperationKind.APPEND
          && PossibleValues.occurrences(append.appendedText(), wrong.observedValue()) > 1
          && values.writersOf(append.value()) == 1
          && !values.canBeMade(wrong.observedValue(), wrong.returnTime(), append.value())) {
        return of(ContradictionKind.TWICE, wrong, append, append);
      }
    }
    return null;
  }

  /** A write replaced all values from which the result could come, and was done before the read. */
  private @Nullable Diagnosis overwritten(HistoryOperation wrong, List<HistoryOperation> makers) {
    long made =
        makers.stream().mapToLong(HistoryOperation::returnTime).max().orElse(Long.MIN_VALUE);
    // A value that only grows contains each text that was appended.
    boolean appendsOnly =
        history.stream()
            .noneMatch(o -> o.mayWrite() && o.kind() != HistoryOperation.OperationKind.APPEND);
    HistoryOperation newer =
        latest(
            o ->
                o.mayWrite()
                    && !o.isOpen()
                    && o.returnTime() < wrong.callTime()
                    && (o.callTime() > made
                        || appendsOnly && o.kind() == HistoryOperation.OperationKind.APPEND)
                    && changes(o, wrong.observedValue()));
    if (newer == null) {
      return null;
    }
    HistoryOperation writer = makers.isEmpty() ? null : makers.get(makers.size() - 1);
    boolean seenLater = isSeen(newer, o -> o.callTime() > wrong.returnTime());
    boolean seenBefore = isSeen(newer, o -> o.returnTime() < wrong.callTime());
    // A text that was appended later is in the value, so it is no older state.
    boolean isNotOld = writer != null && writer.callTime() > newer.returnTime();
    ContradictionKind lost =
        isNotOld || isObservedLater(wrong)
            ? ContradictionKind.LOST_WRITE
            : ContradictionKind.UNSEEN_WRITE;
    ContradictionKind kind = seenLater ? ContradictionKind.STALE_READ : lost;
    if (seenBefore && !seenLater) {
      boolean sentAgain = writer != null && sources.timesSent(writer) > 1;
      // A reader that returned the newer value before has lost it since.
      boolean sameReplicaReturnedNewer =
          isSeen(newer, o -> o.returnTime() < wrong.callTime() && isOfTheSame(o, wrong));
      boolean isLost = isObservedLater(wrong) || sameReplicaReturnedNewer;
      kind =
          sentAgain
              ? ContradictionKind.TWICE
              : isLost ? ContradictionKind.LOST_WRITE : ContradictionKind.STALE_READ;
    }
    return of(kind, wrong, writer, newer);
  }

  /** Whether this write must leave another value than the one that was read. */
  private static boolean changes(HistoryOperation write, @Nullable String observed) {
    return write.kind() == HistoryOperation.OperationKind.APPEND
        ? !write.appendedText().isEmpty()
            && (observed == null || !observed.contains(write.appendedText()))
        : !Objects.equals(write.value(), observed);
  }

  private @Nullable HistoryOperation latest(Predicate<HistoryOperation> condition) {
    return history.stream()
        .filter(condition)
        .max(Comparator.comparingLong(HistoryOperation::returnTime))
        .orElse(null);
  }

  /**
   * Whether later reads by other replicas return the same value; a replica that reads only its own
   * old state returns it again and again.
   */
  private boolean isObservedLater(HistoryOperation wrong) {
    return history.stream()
        .anyMatch(
            o ->
                o.observesValue()
                    && o.callTime() > wrong.returnTime()
                    && Objects.equals(o.observedValue(), wrong.observedValue())
                    && !isOfTheSame(o, wrong));
  }

  private boolean isOfTheSame(HistoryOperation a, HistoryOperation b) {
    Optional<String> answerer = sources.answerer(a);
    return answerer.isPresent() && answerer.equals(sources.answerer(b));
  }

  private boolean isSeen(HistoryOperation write, Predicate<HistoryOperation> when) {
    return history.stream()
        .anyMatch(o -> o.observesValue() && !o.equals(write) && when.test(o) && shows(o, write));
  }

  private static boolean shows(HistoryOperation observer, HistoryOperation write) {
    String observed = observer.observedValue();
    return write.kind() == HistoryOperation.OperationKind.APPEND
        ? observed != null && observed.contains(write.appendedText())
        : Objects.equals(observed, write.value());
  }

  /** A read returned a newer value before this read began. */
  private @Nullable Diagnosis readBefore(
      HistoryOperation wrong, List<HistoryOperation> makers, boolean isInitial) {
    String value = wrong.observedValue();
    PossibleValues values = new PossibleValues(history, initial);
    HistoryOperation writer = makers.isEmpty() ? null : makers.get(makers.size() - 1);
    long made =
        makers.stream().mapToLong(HistoryOperation::returnTime).max().orElse(Long.MIN_VALUE);
    boolean once = makers.size() + (isInitial ? 1 : 0) == 1;
    long firstObserved =
        isInitial
            ? Long.MIN_VALUE
            : history.stream()
                .filter(o -> o.observesValue() && Objects.equals(o.observedValue(), value))
                .mapToLong(HistoryOperation::returnTime)
                .min()
                .orElse(Long.MAX_VALUE);
    HistoryOperation newer =
        latest(
            o ->
                o.observesValue()
                    && o.returnTime() < wrong.callTime()
                    && !Objects.equals(o.observedValue(), value)
                    && (once && o.callTime() > firstObserved
                        || !Objects.equals(o.observedValue(), initial)
                            && values.makers(o.observedValue(), o.returnTime()).stream()
                                .allMatch(w -> w.callTime() > made)));
    if (newer == null) {
      return null;
    }
    boolean back =
        history.stream()
            .noneMatch(
                o ->
                    o.observesValue()
                        && o.callTime() > wrong.returnTime()
                        && Objects.equals(o.observedValue(), newer.observedValue()));
    ContradictionKind kind =
        back && writer != null && sources.timesSent(writer) > 1
            ? ContradictionKind.TWICE
            : ContradictionKind.STALE_READ;
    return of(kind, wrong, writer, newer);
  }

  /** Another cas replaced the same value, which was written once. */
  private @Nullable Diagnosis twoWinners(
      HistoryOperation wrong, List<HistoryOperation> makers, boolean isInitial) {
    if (!isReplacing(wrong) || makers.size() + (isInitial ? 1 : 0) != 1) {
      return null;
    }
    for (HistoryOperation other : finding.core()) {
      if (isReplacing(other)
          && !other.equals(wrong)
          && Objects.equals(other.expect(), wrong.expect())) {
        return of(
            ContradictionKind.TWO_WINNERS, wrong, makers.isEmpty() ? null : makers.get(0), other);
      }
    }
    return null;
  }

  private static boolean isReplacing(HistoryOperation operation) {
    return operation.kind() == HistoryOperation.OperationKind.CAS
        && operation.outcome() == Outcome.DONE
        && !Objects.equals(operation.expect(), operation.value());
  }
}
