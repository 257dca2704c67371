package raftlab.report.html;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.function.ToIntFunction;
import raftlab.judge.check.Contradiction;
import raftlab.judge.history.TraceHistory;
import raftlab.judge.linear.HistoryOperation;
import raftlab.judge.linear.LinearizabilityChecker;
import raftlab.judge.linear.LinearizabilityResult;
import raftlab.trace.Event;
import raftlab.trace.Trace;

/** The answers that are not linearizable, with the longest order that explains the others. */
final class ContradictionFields {
  private final Trace trace;
  private final List<Contradiction> contradictions;
  private final ToIntFunction<Event> position;

  /**
   * Creates the fields.
   *
   * @param position the number of an event in the trace; -1 if it isn't there
   */
  ContradictionFields(
      Trace trace, List<Contradiction> contradictions, ToIntFunction<Event> position) {
    this.trace = trace;
    this.contradictions = contradictions;
    this.position = position;
  }

  /** Writes them as a field of an object. */
  void write(JsonWriter json) throws IOException {
    json.name("contradictions").beginArray();
    if (!contradictions.isEmpty()) {
      List<HistoryOperation> operations = new TraceHistory(trace).operations();
      for (Contradiction wrong : contradictions) {
        write(json, wrong, operations);
      }
    }
    json.endArray();
  }

  private void write(JsonWriter json, Contradiction wrong, List<HistoryOperation> operations)
      throws IOException {
    json.beginObject();
    json.name("kind").value(wrong.kind().title());
    json.name("key").value(wrong.key());
    json.name("text").value(wrong.text());
    json.name("events").beginArray();
    for (Event event : wrong.evidence()) {
      json.value(position.applyAsInt(event));
    }
    json.endArray();
    json.name("blamed").value(position.applyAsInt(wrong.blamed()));
    json.name("order").beginArray();
    for (HistoryOperation operation : longestOrder(wrong.key(), operations)) {
      json.value(requestPosition(operation));
    }
    json.endArray();
    json.endObject();
  }

  /** A history of a trace counts events from 1. */
  private static long requestPosition(HistoryOperation operation) {
    return operation.callTime() - 1;
  }

  private static List<HistoryOperation> longestOrder(
      String key, List<HistoryOperation> operations) {
    List<HistoryOperation> ofKey =
        operations.stream().filter(operation -> operation.key().equals(key)).toList();
    LinearizabilityResult result =
        new LinearizabilityChecker("", LinearizabilityChecker.DEFAULT_STEP_LIMIT)
            .checkKey(key, ofKey);
    if (result instanceof LinearizabilityResult.NotLinearizable not && !not.partial().isEmpty()) {
      return not.partial().stream()
          .reduce((longer, other) -> other.size() > longer.size() ? other : longer)
          .orElseThrow();
    }
    return List.of();
  }
}
