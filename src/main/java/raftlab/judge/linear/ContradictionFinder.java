package raftlab.judge.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import raftlab.judge.linear.Diagnosis.Kind;
import raftlab.judge.linear.HistoryOperation.Outcome;

/**
 * Finds the simplest reason why a history isn't linearizable. Each reason is valid by itself; if
 * there is none, the core of the contradiction is the result.
 */
public final class ContradictionFinder {
  /** A core has more observers only if the budget ran out before it was minimal. */
  private static final int MOST_SUSPECTS = 20;

  private final LinearizabilityResult.NotLinearizable finding;
  private final String initial;
  private final Collection<HistoryOperation> everything;
  private final OperationSource sources;
  private final List<HistoryOperation> history;

  /**
   * Creates a finder.
   *
   * @param initial the value of a key before its first write
   * @param everything the operations on all keys
   * @param sources the answering replicas, and how often operations were sent
   */
  public ContradictionFinder(
      LinearizabilityResult.NotLinearizable finding,
      String initial,
      Collection<HistoryOperation> everything,
      OperationSource sources) {
    this.finding = finding;
    this.initial = initial;
    this.everything = everything;
    this.sources = sources;
    this.history = finding.history();
  }

  /** Returns the simplest reason. */
  public Diagnosis diagnosis() {
    List<HistoryOperation> observers = new ArrayList<>(finding.core());
    observers.removeIf(o -> !o.observes());
    observers.sort(Comparator.comparingLong(HistoryOperation::ret).reversed());
    for (HistoryOperation observer :
        observers.subList(0, Math.min(MOST_SUSPECTS, observers.size()))) {
      Diagnosis diagnosis = reason(observer);
      if (diagnosis != null) {
        return diagnosis;
      }
    }
    return new Diagnosis(Kind.CONTRADICTION, finding.last(), null, null, finding.core());
  }

  private Diagnosis reason(HistoryOperation wrong) {
    if (wrong.outcome() == Outcome.MISMATCH && Objects.equals(wrong.result(), wrong.expect())) {
      return of(Kind.ABSURD, wrong, null, null);
    }
    String value = wrong.observed();
    boolean isInitial = Objects.equals(value, initial);
    PossibleValues values = new PossibleValues(history, initial);
    if (!isInitial && !values.canBeMade(value, wrong.ret())) {
      return unmade(wrong, values);
    }
    Diagnosis twice = values.hasAppends() ? appendedTwice(wrong, values) : null;
    if (twice != null) {
      return twice;
    }
    List<HistoryOperation> makers = values.makers(value, wrong.ret());
    Diagnosis overwritten = overwritten(wrong, makers);
    if (overwritten != null) {
      return overwritten;
    }
    Diagnosis readBefore = readBefore(wrong, makers, isInitial);
    return readBefore != null ? readBefore : twoWinners(wrong, makers, isInitial);
  }

  private static Diagnosis of(
      Kind kind, HistoryOperation wrong, HistoryOperation writer, HistoryOperation against) {
    List<HistoryOperation> witnesses = new ArrayList<>();
    for (HistoryOperation operation : Arrays.asList(writer, against, wrong)) {
      if (operation != null && !witnesses.contains(operation)) {
        witnesses.add(operation);
      }
    }
    witnesses.sort(Comparator.comparingLong(HistoryOperation::call));
    return new Diagnosis(kind, wrong, writer, against, witnesses);
  }

  private Diagnosis unmade(HistoryOperation wrong, PossibleValues values) {
    String value = wrong.observed();
    if (values.canBeMade(value, HistoryOperation.NEVER)) {
      HistoryOperation later =
          values.makers(value, HistoryOperation.NEVER).stream()
              .filter(o -> o.call() > wrong.ret())
              .min(Comparator.comparingLong(HistoryOperation::call))
              .orElse(null);
      return of(Kind.FUTURE, wrong, later, null);
    }
    for (HistoryOperation other : everything) {
      if (!other.key().equals(wrong.key())
          && other.writes()
          && Objects.equals(other.value(), value)) {
        return of(Kind.OTHER_KEY, wrong, other, null);
      }
    }
    return of(Kind.UNWRITTEN, wrong, null, null);
  }

  /** The value is possible only if a text that was appended once is used more than once. */
  private Diagnosis appendedTwice(HistoryOperation wrong, PossibleValues values) {
    for (HistoryOperation append : history) {
      if (append.kind() == HistoryOperation.Kind.APPEND
          && PossibleValues.occurrences(append.value(), wrong.observed()) > 1
          && values.writersOf(append.value()) == 1
          && !values.canBeMade(wrong.observed(), wrong.ret(), append.value())) {
        return of(Kind.TWICE, wrong, append, append);
      }
    }
    return null;
  }

  /** A write replaced all values from which the result could come, and was done before the read. */
  private Diagnosis overwritten(HistoryOperation wrong, List<HistoryOperation> makers) {
    long made = makers.stream().mapToLong(HistoryOperation::ret).max().orElse(Long.MIN_VALUE);
    // A value that only grows contains each text that was appended.
    boolean appendsOnly =
        history.stream().noneMatch(o -> o.writes() && o.kind() != HistoryOperation.Kind.APPEND);
    HistoryOperation newer =
        latest(
            o ->
                o.writes()
                    && !o.isOpen()
                    && o.ret() < wrong.call()
                    && (o.call() > made || appendsOnly && o.kind() == HistoryOperation.Kind.APPEND)
                    && changes(o, wrong.observed()));
    if (newer == null) {
      return null;
    }
    HistoryOperation writer = makers.isEmpty() ? null : makers.get(makers.size() - 1);
    boolean seenLater = isSeen(newer, o -> o.call() > wrong.ret());
    boolean seenBefore = isSeen(newer, o -> o.ret() < wrong.call());
    // A text that was appended later is in the value, so it is no older state.
    boolean isNotOld = writer != null && writer.call() > newer.ret();
    Kind lost = isNotOld || isToldLater(wrong) ? Kind.LOST_WRITE : Kind.UNSEEN_WRITE;
    Kind kind = seenLater ? Kind.STALE_READ : lost;
    if (seenBefore && !seenLater) {
      boolean sentAgain = writer != null && sources.timesSent(writer) > 1;
      // A reader that returned the newer value before has lost it since.
      boolean toldItself = isSeen(newer, o -> o.ret() < wrong.call() && isOfTheSame(o, wrong));
      boolean isLost = isToldLater(wrong) || toldItself;
      kind = sentAgain ? Kind.TWICE : isLost ? Kind.LOST_WRITE : Kind.STALE_READ;
    }
    return of(kind, wrong, writer, newer);
  }

  /** Whether this write must leave another value than the one that was read. */
  private static boolean changes(HistoryOperation write, String told) {
    return write.kind() == HistoryOperation.Kind.APPEND
        ? !write.value().isEmpty() && (told == null || !told.contains(write.value()))
        : !Objects.equals(write.value(), told);
  }

  private HistoryOperation latest(Predicate<HistoryOperation> condition) {
    return history.stream()
        .filter(condition)
        .max(Comparator.comparingLong(HistoryOperation::ret))
        .orElse(null);
  }

  /**
   * Whether later reads by other replicas return the same value; a replica that reads only its own
   * old state returns it again and again.
   */
  private boolean isToldLater(HistoryOperation wrong) {
    return history.stream()
        .anyMatch(
            o ->
                o.observes()
                    && o.call() > wrong.ret()
                    && Objects.equals(o.observed(), wrong.observed())
                    && !isOfTheSame(o, wrong));
  }

  private boolean isOfTheSame(HistoryOperation a, HistoryOperation b) {
    Optional<String> answerer = sources.answerer(a);
    return answerer.isPresent() && answerer.equals(sources.answerer(b));
  }

  private boolean isSeen(HistoryOperation write, Predicate<HistoryOperation> when) {
    return history.stream()
        .anyMatch(o -> o.observes() && !o.equals(write) && when.test(o) && shows(o, write));
  }

  private static boolean shows(HistoryOperation observer, HistoryOperation write) {
    String told = observer.observed();
    return write.kind() == HistoryOperation.Kind.APPEND
        ? told != null && told.contains(write.value())
        : Objects.equals(told, write.value());
  }

  /** A read returned a newer value before this read began. */
  private Diagnosis readBefore(
      HistoryOperation wrong, List<HistoryOperation> makers, boolean isInitial) {
    String value = wrong.observed();
    PossibleValues values = new PossibleValues(history, initial);
    HistoryOperation writer = makers.isEmpty() ? null : makers.get(makers.size() - 1);
    long made = makers.stream().mapToLong(HistoryOperation::ret).max().orElse(Long.MIN_VALUE);
    boolean once = makers.size() + (isInitial ? 1 : 0) == 1;
    long firstTold =
        isInitial
            ? Long.MIN_VALUE
            : history.stream()
                .filter(o -> o.observes() && Objects.equals(o.observed(), value))
                .mapToLong(HistoryOperation::ret)
                .min()
                .orElse(Long.MAX_VALUE);
    HistoryOperation newer =
        latest(
            o ->
                o.observes()
                    && o.ret() < wrong.call()
                    && !Objects.equals(o.observed(), value)
                    && (once && o.call() > firstTold
                        || !Objects.equals(o.observed(), initial)
                            && values.makers(o.observed(), o.ret()).stream()
                                .allMatch(w -> w.call() > made)));
    if (newer == null) {
      return null;
    }
    boolean back =
        history.stream()
            .noneMatch(
                o ->
                    o.observes()
                        && o.call() > wrong.ret()
                        && Objects.equals(o.observed(), newer.observed()));
    Kind kind =
        back && writer != null && sources.timesSent(writer) > 1 ? Kind.TWICE : Kind.STALE_READ;
    return of(kind, wrong, writer, newer);
  }

  /** Another cas replaced the same value, which was written once. */
  private Diagnosis twoWinners(
      HistoryOperation wrong, List<HistoryOperation> makers, boolean isInitial) {
    if (!isReplacing(wrong) || makers.size() + (isInitial ? 1 : 0) != 1) {
      return null;
    }
    for (HistoryOperation other : finding.core()) {
      if (isReplacing(other)
          && !other.equals(wrong)
          && Objects.equals(other.expect(), wrong.expect())) {
        return of(Kind.TWO_WINNERS, wrong, makers.isEmpty() ? null : makers.get(0), other);
      }
    }
    return null;
  }

  private static boolean isReplacing(HistoryOperation operation) {
    return operation.kind() == HistoryOperation.Kind.CAS
        && operation.outcome() == Outcome.DONE
        && !Objects.equals(operation.expect(), operation.value());
  }
}
