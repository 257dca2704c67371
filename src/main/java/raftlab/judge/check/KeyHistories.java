package raftlab.judge.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import raftlab.judge.check.Contradiction.Circumstance;
import raftlab.judge.history.ContradictionText;
import raftlab.judge.history.TraceHistory;
import raftlab.judge.linear.ContradictionFinder;
import raftlab.judge.linear.Diagnosis;
import raftlab.judge.linear.HistoryOperation;
import raftlab.judge.linear.LinearizabilityChecker;
import raftlab.judge.linear.LinearizabilityResult;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Message;

/**
 * The linearizability results of a run's keys, computed once for all checks.
 *
 * @param contradictions the keys with a contradiction, in the order in which the contradictions
 *     appeared
 * @param undecided the keys for which the search was given up
 * @param operations the number of checked operations
 * @param redirectedButApplied the writes that were only redirected and still took effect
 */
public record KeyHistories(
    List<Contradiction> contradictions,
    List<String> undecided,
    int operations,
    List<HistoryOperation> redirectedButApplied) {
  private static final int MAX_EVENTS = 12;

  /** Checks the histories of all keys of a run. */
  static KeyHistories of(Trace trace, long steps) {
    TraceHistory history = new TraceHistory(trace);
    List<HistoryOperation> operations = history.operations();
    Map<Long, Contradiction> wrong = new TreeMap<>();
    List<String> undecided = new ArrayList<>();
    for (LinearizabilityResult finding :
        new LinearizabilityChecker("", steps).check(operations).values()) {
      if (finding instanceof LinearizabilityResult.NotLinearizable not) {
        wrong.put(not.last().returnTime(), contradictions(not, history, trace));
      } else if (finding instanceof LinearizabilityResult.Unknown unknown) {
        undecided.add(unknown.key());
      }
    }
    return new KeyHistories(
        List.copyOf(wrong.values()), undecided, operations.size(), redirectedButApplied(history));
  }

  private static Contradiction contradictions(
      LinearizabilityResult.NotLinearizable finding, TraceHistory history, Trace trace) {
    Diagnosis diagnosis =
        new ContradictionFinder(finding, "", history.operations(), history).diagnosis();
    StaleReadAnalysis.Found reader = reader(diagnosis, history, trace);
    if (reader.circumstance() != Circumstance.UNKNOWN) {
      diagnosis = diagnosis.withKind(Diagnosis.ContradictionKind.STALE_READ);
    }
    Set<Event> events = new LinkedHashSet<>();
    diagnosis.witnesses().forEach(operation -> events.addAll(history.events(operation)));
    List<Event> evidence =
        events.stream()
            .sorted(Comparator.comparingLong(Event::atMicros))
            .limit(MAX_EVENTS)
            .toList();
    List<Event> blamed = history.events(diagnosis.faulty());
    String reason = reader.circumstance() == Circumstance.UNKNOWN ? "" : ", since " + reader.text();
    return new Contradiction(
        diagnosis.kind(),
        finding.key(),
        ContradictionText.of(diagnosis, history) + reason,
        ContradictionText.summary(diagnosis, history) + reason,
        reader.circumstance(),
        evidence,
        blamed.get(blamed.size() - 1));
  }

  /** Returns why the replica that answered could not have the newer write. */
  private static StaleReadAnalysis.Found reader(
      Diagnosis diagnosis, TraceHistory history, Trace trace) {
    boolean isOld =
        diagnosis.kind() == Diagnosis.ContradictionKind.UNSEEN_WRITE
            || diagnosis.kind() == Diagnosis.ContradictionKind.STALE_READ;
    if (!isOld || diagnosis.contradicted() == null || diagnosis.contradicted().isOpen()) {
      return StaleReadAnalysis.Found.NOTHING;
    }
    List<Event> read = history.events(diagnosis.faulty());
    List<Event> newer = history.events(diagnosis.contradicted());
    return read.get(0) instanceof Event.Requested request
            && read.get(read.size() - 1) instanceof Event.Answered answer
            && newer.get(newer.size() - 1) instanceof Event.Answered acknowledged
            && request.type().equals(Message.GET)
        ? StaleReadAnalysis.find(trace, request, answer, acknowledged)
        : StaleReadAnalysis.Found.NOTHING;
  }

  /**
   * Returns the writes that were redirected, with values that were read although no other request
   * wrote them.
   */
  private static List<HistoryOperation> redirectedButApplied(TraceHistory history) {
    Set<String> candidates = new HashSet<>();
    for (HistoryOperation operation : history.operations()) {
      if (operation.kind() == HistoryOperation.OperationKind.PUT
          && history.wasOnlyRedirected(operation)) {
        candidates.add(operation.value());
      }
    }
    Map<String, List<HistoryOperation>> writers = new HashMap<>();
    Map<String, Long> firstRead = new HashMap<>();
    for (HistoryOperation operation : history.operations()) {
      if (operation.kind() == HistoryOperation.OperationKind.PUT
          && candidates.contains(operation.value())) {
        writers
            .computeIfAbsent(place(operation.key(), operation.value()), p -> new ArrayList<>())
            .add(operation);
      } else if (operation.observesValue() && candidates.contains(operation.observedValue())) {
        firstRead.merge(
            place(operation.key(), operation.observedValue()), operation.returnTime(), Math::min);
      }
    }
    List<HistoryOperation> surprising = new ArrayList<>();
    writers.forEach(
        (place, same) -> {
          long read = firstRead.getOrDefault(place, Long.MIN_VALUE);
          List<HistoryOperation> before = same.stream().filter(o -> o.callTime() < read).toList();
          if (!before.isEmpty() && before.stream().allMatch(history::wasOnlyRedirected)) {
            surprising.add(before.get(0));
          }
        });
    surprising.sort(Comparator.comparingInt(HistoryOperation::number));
    return surprising;
  }

  private static String place(String key, @Nullable String value) {
    return key.length() + ":" + key + value;
  }
}
